"""What surrounds a reply: the phase of the dialogue, the host that said it, the recipient, the state of the mail."""

from __future__ import annotations

import re

import ahocorasick_rs

from bot.terms import State
from catalogue.entries import Phase

ADDRESS = re.compile(r"[^\s<>\"'(),;:\\\[\]{}|]{1,64}@[A-Za-z0-9](?:[\w-]*\.)*[\w-]+", re.ASCII)
# A log line's sender stands before its recipient: "from=<a@example.org> to=<b@example.net>".
TO_KEY = re.compile(r"(?<![\w-])to=<?(?=[^\s<>]{1,64}@)")
LONGEST_LOCAL = 64
KEY = re.compile(
    r"^(?:rcpt|rcpt_?to|to|orig_to|recipient|e?mail|addr|address|user|from|mailfrom|mailbox|account)=", re.IGNORECASE
)
BRACKETED = re.compile(r"[\[(](?:IPv6:)?[0-9a-f.:]{3,45}[\])]", re.IGNORECASE)
NAME = re.compile(r"(?P<host>[a-z0-9][\w-]*(?:\.[\w-]+)+)\.?\Z", re.IGNORECASE)
INTRODUCERS = ("host", "server", "talking to", "connected to", "mta", "relay=", "remote-mta: dns;")
HOST = re.compile(r"[ \t]*\[?(?P<host>[a-z0-9][\w-]*(?:\.[\w-]+)*\.[a-z][\w-]+)")
PHASES: tuple[tuple[str, Phase], ...] = (
    # qmail-remote's words for the step; Gmail's for the state of its own dialogue.
    ("but my name was rejected", "helo"),
    ("but sender was rejected", "mail"),
    ("does not like recipient", "rcpt"),
    ("failed after i sent the message", "end-of-data"),
    ("(state 13)", "mail"),
    ("(state 14)", "rcpt"),
    ("(state 18)", "end-of-data"),
    ("end of data", "end-of-data"),
    ("final data", "end-of-data"),
    ("end-of-data", "end-of-data"),
    ("after end of", "end-of-data"),
    ("rcpt", "rcpt"),
    ("mail from:", "mail"),
    ("mail from command", "mail"),
    ("after mail from", "mail"),
    ("after mail command", "mail"),
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
# What rules out a further try, whatever else is said; then what says that there will be one, since delay warnings also
# speak of failing later; then what says that it failed.
FINAL = (
    "no further delivery attempts", "no further attempts", "no more attempts", "will not be retried", "will not be tried again",
    "not try to redeliver", "will not retry", "will not be attempted", "not going to try again", "won't be retried",
)  # fmt: skip
QUEUED = (
    "will be retried", "will retry", "will keep trying", "will continue to try", "will continue trying", "delivery attempts will",
    "still being tried", "still being retried", "has been delayed", "is delayed", "delayed delivery", "do not need to resend",
    "do not need to re-send", "status=deferred", "yet been delivered", "warning message only", "action: delayed",
    "will be tried again", "will try again", "tempfail", "deferring", "wird weiter versucht", "wird erneut versucht",
    "delivery is delayed", "hasn't been delivered yet", "will continue to be attempted", "gmail will retry", "wurde verzögert",
    "remise est retardée", "remise a été retardée", "se ha retrasado", "entrega se retrasó", "consegna è stata ritardata", "é atrasada",
    "доставка задерж", "配信が遅延", "delivery incomplete", "not been delivered yet",
)  # fmt: skip
GIVEN_UP = (
    "given up", "giving up", "no further", "permanent error", "permanent fail", "permanent fatal",
    "permanently", "could not be delivered", "couldn't be delivered", "undeliverable", "undelivered", "retry timeout exceeded",
    "retry time exceeded", "in the queue too long", "delivery failed", "delivery has failed", "status=bounced", "expired",
    "returned to sender", "was not delivered", "wasn't delivered", "unable to deliver", "not able to deliver", "did not reach",
    "not been delivered", "permfail", "bounced rcpts", "will not continue trying", "cannot be delivered", "konnte nicht zugestellt", "n'a pas pu être", "no se ha podido entregar",
    "recipients failed", "recipient failed", "address failed", "送信できませんでした", "配信できません", "may not exist, or you may not have permission", "delivery failure",
    # Exchange's "Remote Server returned '550 …'" stands in its reports of failure only, in any language
    "remote server returned '5", "fehler bei der nachrichtenzustellung", "konnte nicht übermittelt", "échec de la remise", "n'a pu être",
    "n'ont pas pu", "no se pudo entregar", "no se han podido entregar", "no se pudieron entregar", "impossibile recapitare",
    "possibile recapitare", "mancato recapito", "falha na entrega", "não foi possível entregar", "kan niet worden bezorgd",
    "bezorging is mislukt", "nie można dostarczyć", "nie powiodło się", "kunde inte levereras", "kunne ikke leveres", "nepodařilo doručit",
    "teslim edilemedi", "toimitus epäonnistui", "не может быть отправлено", "не удалось доставить", "не было доставлено",
    "не может быть доставлено", "配信不能", "配信に失敗", "配信されませんでした", "届けられませんでした", "退信", "被退回", "无法投递", "无法送达",
    "未能送达", "無法傳遞", "전달되지 못", "배달하지 못",
)  # fmt: skip
# Every phrase above is looked for in one pass; a number below STATES tells of the mail's state, another of a phase.
RULES_OUT = len(FINAL)
STILL = RULES_OUT + len(QUEUED)
DFA = ahocorasick_rs.Implementation.DFA
STATES = STILL + len(GIVEN_UP)
SPOKEN = ahocorasick_rs.AhoCorasick([*FINAL, *QUEUED, *GIVEN_UP, *(words for words, _ in PHASES)], implementation=DFA)
# A report's subject: "Warning: could not send message for past 4 hours" is Sendmail's while it still tries.
SUBJECT_QUEUED = ("delay", "warning", "verzögert", "retard", "still being", "will be retried")
SUBJECT_GIVEN_UP = (
    "fail", "undeliver", "returned", "non-deliver", "nondeliver", "not deliver", "rejected", "bounce", "could not", "couldn't",
    "unzustellbar", "nicht zugestellt", "non remis", "échec", "no se ha podido", "no se puede", "no entregado", "devuelto", "недостав",
    "не доставлен", "配信不能", "未达", "退信", "无法投递", "送信できません", "非配信",
)  # fmt: skip


def told(text: str) -> tuple[State, Phase | None]:
    """What the words say of the mail, also where a line breaks between them, and the command that was answered."""
    low = text.lower()
    if "\n" in low:
        low = " ".join(low.split())
    seen = {found[0] for found in SPOKEN.find_matches_as_indexes(low, overlapping=True)}
    if not seen:
        return "unknown", None
    first = min(seen)
    state: State = "queued" if RULES_OUT <= first < STILL else "given-up" if first < STATES else "unknown"
    phase = min((number for number in seen if number >= STATES), default=None)
    return state, None if phase is None else PHASES[phase - STATES][1]


def phase_of(text: str) -> Phase | None:
    """The command that a reply answered, from the words around it."""
    return told(text)[1]


def state_of(text: str) -> State:
    """What the words say of the mail."""
    return told(text)[0]


def host_of(text: str) -> str:
    """The server that said it, "" where nothing names one: the name before an address in brackets, else an introduced one."""
    for bracket in BRACKETED.finditer(text):
        before = text[max(0, bracket.start() - 255) : bracket.start()].split()
        named = NAME.search(before[-1]) if before else None
        if named:
            return named["host"].lower()
    low = text.lower()
    best, name = len(low), ""
    for word in INTRODUCERS:
        at = low.find(word)
        while -1 < at < best:
            host = HOST.match(low, at + len(word))
            if host and not (at and low[at - 1].isalnum()):
                best, name = at, host["host"]
            at = low.find(word, at + 1)
    return name


def state_of_subject(subject: str) -> State:
    """What a report's subject says of the mail."""
    low = subject.lower()
    if any(map(low.__contains__, SUBJECT_QUEUED)):
        return "queued"
    return "given-up" if any(map(low.__contains__, SUBJECT_GIVEN_UP)) else "unknown"


def first_address(text: str) -> str | None:
    """The first mail address in a text, None where there is none."""
    at = text.find("@")
    if at < 0:
        return None
    keyed = TO_KEY.search(text) if "to=" in text else None
    found = ADDRESS.search(text, keyed.end() if keyed else max(0, at - LONGEST_LOCAL))
    return unkeyed(found[0]) if found else None


def unkeyed(address: str) -> str:
    """An address without the key of a log's field before it, and without what cannot end it."""
    return KEY.sub("", address).strip(".-=*") if "=" in address else address.strip(".-*")


def addresses(text: str) -> list[str]:
    """The mail addresses in a text, each once, in order."""
    if "@" not in text:
        return []
    return list(dict.fromkeys(unkeyed(m) for m in ADDRESS.findall(text)))
