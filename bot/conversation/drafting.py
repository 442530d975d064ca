"""Drafts to copy, from the texts of the catalogue, and a ticket's summary. No blame, nothing invented."""

from __future__ import annotations

import re

import msgspec

from bot.advice import filled
from bot.conversation.matter import Matter, capital
from bot.terms import Case, Say

QUEUE_ID = re.compile(
    r"(?:queued as|queue id[:=]?|message id[:=]?|<?id=)\s*<?([A-Za-z0-9][\w.-]{5,40})|\bpostfix/\w+\[\d+\]: ([0-9A-Za-z]{9,20}):",
    re.IGNORECASE,
)
TIME = re.compile(
    r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s?(?:Z|UTC|[+-]\d\d:?\d\d)?|\b[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d"
)
BLANK = "____"
PLACE = re.compile(r"\{[a-z]+\}")
# A meaning that begins so leans on the title before it.
LEANING = ("It ", "They ", "This ", "These ", "That ", "Then ", "So ", "Not ", "Their ")
MASKED = re.compile(r"…@")


# What became of the mail, for who wrote it.
OPENINGS = {
    "queued": "your message has not arrived yet. It waits in the sending server's queue and is tried again by itself.",
    "given-up": "your message was not delivered, and it will not be tried again by itself.",
    "delivered": "your message was accepted by the recipient's server. It may be in the spam folder there.",
}
BY_CLASS = {
    "4": "your message has not arrived yet: it did not get through at this attempt.",
    "5": "your message was not delivered: the other server refused it.",
}
NOT_YET = "your message has not arrived yet."
# A log names the server that was spoken to as "connect to mx.example.net[192.0.2.7]:25", "relay=…[…]" or "host …[…] said".
THEIRS = r"(?:connect to|relay=|host)\s*\S*\[{ip}\]"


class Draft(msgspec.Struct, frozen=True):
    """A text to copy: ``to`` is the addressee's kind, ``label`` says to whom."""

    to: str
    label: str
    text: str


def drafts(m: Matter, now: str) -> tuple[Draft, ...]:
    """The drafts for a case, one for each who can do something; ``now`` is the time in UTC, "2026-11-24 10:20 UTC"."""
    known = {
        "{opening}": OPENINGS.get(m.case.state) or BY_CLASS.get(m.case.reply[:1], NOT_YET),
        "{what}": what(m),
        "{codes}": m.codes or m.case.entry,
        "{facts}": facts(m, now),
        "{name}": m.named,
        "{ip}": sending_ip(m.case) or BLANK,
        "{domain}": m.case.values.domain or BLANK,
    }
    return tuple(Draft(text.to, put(text.label, known), put(text.text, known)) for text in m.texts)


def put(text: str, known: dict[str, str]) -> str:
    """A text with all that is known filled in, each place once: what is filled in holds no places of its own."""
    return PLACE.sub(lambda place: known.get(place[0], place[0]), text)


def what(m: Matter) -> str:
    """What happened, in a sentence that can stand alone."""
    said = first_sentence(filled(m.entry.meaning, m.case.values))
    return f"{m.entry.title}. {said}" if said.startswith(LEANING) else capital(said)


def first_sentence(text: str) -> str:
    """A text up to the end of its first sentence."""
    found = re.match(r".+?[.!?](?=\s+[A-Z]|$)", text, re.DOTALL)
    return found[0] if found else text


def sending_ip(case: Case) -> str:
    """The IP that the mail came from; "" where the only one named is that of the server it was for."""
    ip = case.values.ip
    return "" if ip and re.search(THEIRS.format(ip=re.escape(ip)), case.quote, re.IGNORECASE) else ip


def facts(m: Matter, now: str) -> str:
    """The facts of a case, a line each; what the reply does not say is left to be filled in."""
    quote = m.case.quote or BLANK
    found = QUEUE_ID.search(quote)
    at = TIME.search(quote)
    lines = (
        f"Reply: {quote}",
        f"Code: {m.codes}" if m.codes else "",
        f"Time: {at[0]}" if at else f"Time (UTC): {BLANK} (reported to us {now})",
        "" if not MASKED.search(quote) else f"Recipient: {BLANK}",
        f"Sending IP: {sending_ip(m.case) or BLANK}",
        f"Domain: {m.case.values.domain}" if m.case.values.domain else "",
        f"Queue or message id: {next(g for g in found.groups() if g) if found else BLANK}",
    )
    return "\n".join(line for line in lines if line)


def ticket(m: Matter, now: str, status: str = "open", link: str = "") -> str:
    """The case as a short plain summary, to paste into a ticket."""
    actor = m.label("actor", m.case.actor)
    lines = (
        f"{m.entry.title} ({m.codes})" if m.codes else m.entry.title,
        f"State: {status}; mail: {m.case.state}",
        f"Acts first: {actor}",
        f"Will it clear: {m.label('outlook', m.case.outlook)}; retry: {m.label('retry', m.case.retry)}",
        f"Address: {m.label('suppress', m.case.suppress)}",
        f"Recipients: {m.case.recipients}" if m.case.recipients else "",
        facts(m, now),
        f"Entry: {m.case.entry}, source {m.entry.sources[0].url}",
        f"Thread: {link}" if link else "",
    )
    return "\n".join(line for line in lines if line)


def draft(m: Matter) -> Say:
    """To whom something can be written, and the text for the sender; all open in a window of the one who presses."""
    made = drafts(m, "")
    labels = [one.label.partition(" (")[0] for one in made]
    lead = (
        f"There is a draft {', one '.join(label[:1].lower() + label[1:] for label in labels)}: press Draft a message."
    )
    short = " ".join(made[0].text.removeprefix("Hello,").split())
    return Say(lead, (f"To the sender, in short: {short[:500]}",), intent="draft", next=("draft",))
