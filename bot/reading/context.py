"""What surrounds a reply: the phase of the dialogue, the host that said it, the recipient, the state of the mail."""

from __future__ import annotations

import re

from bot.terms import State
from catalogue.entries import Phase

ADDRESS = re.compile(r"[^\s<>\"'(),;:\\\[\]{}|]{1,64}@[A-Za-z0-9](?:[\w-]*\.)*[\w-]+", re.ASCII)
HOST = re.compile(
    r"(?:\bhost|\bserver|talking to|Remote-MTA: dns;|relay=|Connected to|MTA|RCPT host|from|by)\s+(?:\[)?"
    r"(?P<host>[A-Za-z0-9](?:[\w-]*\.)+[A-Za-z][\w-]+)\.?(?=[\s\[(:,;]|$)",
    re.IGNORECASE,
)
SPEAKER = re.compile(
    r"(?P<host>(?:[\w-]+\.)+[a-z][\w-]+)\.?\s*[\[(][0-9a-f.:]+[\])](?:[: ]\d+)?\s*"
    r"(?:said|refused|did not like|failed|responded|:)",
    re.IGNORECASE,
)
PHASES: tuple[tuple[str, Phase], ...] = (
    ("end of data", "end-of-data"),
    ("final data", "end-of-data"),
    ("end-of-data", "end-of-data"),
    ("after end of", "end-of-data"),
    ("rcpt", "rcpt"),
    ("mail from", "mail"),
    ("initial connection", "connect"),
    ("refused to talk to me", "connect"),
    ("starttls", "starttls"),
    ("ehlo", "helo"),
    ("helo", "helo"),
    ("data command", "data"),
    ("our data", "data"),
    (">>> data", "data"),
    ("command\ndata", "data"),
)
GIVEN_UP = re.compile(
    r"given up|giving up|not going to try again|no further|permanent(?:ly)? (?:error|fail|fatal)|failed permanently"
    r"|permanent failure|could not be delivered|couldn't be delivered|undeliver(?:ed|able)|retry time(?:out)? exceeded"
    r"|has been in the queue too long|delivery (?:has )?failed|status=bounced|expired|returned to sender"
    r"|was(?:n't| not) delivered|unable to deliver|not able to deliver|konnte nicht zugestellt|n'a pas pu être",
    re.IGNORECASE,
)
QUEUED = re.compile(
    r"will be retried|will (?:keep|continue) (?:on )?(?:re)?try|delivery attempts will|still being (?:re)?tried"
    r"|has been delayed|is delayed|delayed delivery|do not need to resend|will retry|status=deferred|yet been delivered"
    r"|warning message only|action: delayed|will be (?:re)?tried again|wird (?:weiter|erneut) versucht",
    re.IGNORECASE,
)


def phase_of(text: str) -> Phase | None:
    """The command that a reply answered, from the words around it."""
    low = text.lower()
    return next((phase for words, phase in PHASES if words in low), None)


def host_of(text: str) -> str:
    """The server that said it, "" where nothing names one."""
    spoken = SPEAKER.search(text) or HOST.search(text)
    return spoken["host"].rstrip(".").lower() if spoken else ""


def state_of(text: str) -> State:
    """What the words say of the mail: queued wins, since delay warnings also speak of failing later."""
    if QUEUED.search(text):
        return "queued"
    return "given-up" if GIVEN_UP.search(text) else "unknown"


def addresses(text: str) -> list[str]:
    """The mail addresses in a text, each once, in order."""
    if "@" not in text:
        return []
    return list(dict.fromkeys(m.strip(".-=*") for m in ADDRESS.findall(text)))
