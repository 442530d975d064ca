"""What surrounds a reply: the phase of the dialogue, the host that said it, the recipient, the state of the mail."""

from __future__ import annotations

import re

from bot.terms import State
from catalogue.entries import Phase

ADDRESS = re.compile(r"[^\s<>\"'(),;:\\\[\]{}|]{1,64}@[A-Za-z0-9](?:[\w-]*\.)*[\w-]+", re.ASCII)
BRACKETED = re.compile(r"[\[(](?:IPv6:)?[0-9a-f.:]{3,45}[\])]", re.IGNORECASE)
NAME = re.compile(r"(?P<host>[a-z0-9][\w-]*(?:\.[\w-]+)+)\.?\s*\Z", re.IGNORECASE)
INTRODUCED = re.compile(
    r"(?:\bhost|\bserver|talking to|connected to|\bmta|relay=|remote-mta: dns;)[ \t]*\[?(?P<host>[a-z0-9][\w-]*(?:\.[\w-]+)*\.[a-z][\w-]+)",
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
# Delay warnings also speak of failing later, so these are looked for first.
QUEUED = (
    "will be retried", "will retry", "will keep trying", "will continue to try", "will continue trying", "delivery attempts will",
    "still being tried", "still being retried", "has been delayed", "is delayed", "delayed delivery", "do not need to resend",
    "do not need to re-send", "status=deferred", "yet been delivered", "warning message only", "action: delayed",
    "will be tried again", "will try again", "tempfail", "deferring", "wird weiter versucht", "wird erneut versucht",
)  # fmt: skip
GIVEN_UP = (
    "given up", "giving up", "not going to try again", "no further", "permanent error", "permanent fail", "permanent fatal",
    "permanently", "could not be delivered", "couldn't be delivered", "undeliverable", "undelivered", "retry timeout exceeded",
    "retry time exceeded", "in the queue too long", "delivery failed", "delivery has failed", "status=bounced", "expired",
    "returned to sender", "was not delivered", "wasn't delivered", "unable to deliver", "not able to deliver", "did not reach",
    "permfail", "bounced rcpts", "will not continue trying", "cannot be delivered", "konnte nicht zugestellt", "n'a pas pu être", "no se ha podido entregar",
    "送信できませんでした", "配信できません", "may not exist, or you may not have permission", "delivery failure",
)  # fmt: skip
# A report's subject: "Warning: could not send message for past 4 hours" is Sendmail's while it still tries.
SUBJECT_QUEUED = ("delay", "warning", "verzögert", "retard", "still being", "will be retried")
SUBJECT_GIVEN_UP = (
    "fail", "undeliver", "returned", "non-deliver", "nondeliver", "not deliver", "rejected", "bounce", "could not", "couldn't",
    "unzustellbar", "nicht zugestellt", "non remis", "échec", "no se ha podido", "no se puede", "no entregado", "devuelto", "недостав",
    "не доставлен", "配信不能", "未达", "退信", "无法投递", "送信できません", "非配信",
)  # fmt: skip


def phase_of(text: str) -> Phase | None:
    """The command that a reply answered, from the words around it."""
    low = text.lower()
    return next((phase for words, phase in PHASES if words in low), None)


def host_of(text: str) -> str:
    """The server that said it, "" where nothing names one."""
    for bracket in BRACKETED.finditer(text):
        named = NAME.search(text[max(0, bracket.start() - 255) : bracket.start()])
        if named:
            return named["host"].lower()
    introduced = INTRODUCED.search(text)
    return introduced["host"].lower() if introduced else ""


def state_of(text: str) -> State:
    """What the words say of the mail, also where a line breaks between them."""
    low = " ".join(text.lower().split()) if "\n" in text else text.lower()
    if any(map(low.__contains__, QUEUED)):
        return "queued"
    return "given-up" if any(map(low.__contains__, GIVEN_UP)) else "unknown"


def state_of_subject(subject: str) -> State:
    """What a report's subject says of the mail."""
    low = subject.lower()
    if any(map(low.__contains__, SUBJECT_QUEUED)):
        return "queued"
    return "given-up" if any(map(low.__contains__, SUBJECT_GIVEN_UP)) else "unknown"


def addresses(text: str) -> list[str]:
    """The mail addresses in a text, each once, in order."""
    if "@" not in text:
        return []
    return list(dict.fromkeys(m.strip(".-=*") for m in ADDRESS.findall(text)))
