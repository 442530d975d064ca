"""Drafts to copy: to the sender, the recipient's admin, the provider, and a ticket's summary. No blame, nothing invented."""

from __future__ import annotations

import re

import msgspec

from bot.conversation.matter import Matter
from bot.terms import Say
from catalogue.fixes import aside

QUEUE_ID = re.compile(
    r"(?:queued as|queue id[:=]?|message id[:=]?|<?id=)\s*<?([A-Za-z0-9][\w.-]{5,40})|\bpostfix/\w+\[\d+\]: ([0-9A-Za-z]{9,20}):",
    re.IGNORECASE,
)
TIME = re.compile(
    r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s?(?:Z|UTC|[+-]\d\d:?\d\d)?|\b[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d"
)
BLANK = "____"


class Draft(msgspec.Struct, frozen=True):
    """A text to copy: ``kind`` names it, ``label`` says to whom."""

    kind: str
    label: str
    text: str


def drafts(m: Matter, now: str) -> tuple[Draft, ...]:
    """All drafts for a case; ``now`` is the time in UTC, as "2026-11-24 10:20 UTC"."""
    return (
        Draft("sender", "To the sender or customer", to_sender(m)),
        Draft("admin", "To the recipient's mail admin", to_admin(m, now)),
        Draft("provider", "To the provider's postmaster or delisting form", to_provider(m, now)),
    )


def to_sender(m: Matter) -> str:
    """What to tell whoever wrote the mail: what happened, what they can do, in their words."""
    state = {
        "queued": "It has not been given up: our server keeps trying.",
        "given-up": "It was not delivered, and will not be tried again by itself.",
    }.get(m.case.state, "It was refused at this attempt.")
    own = (
        aside("draft-sender", m.case.reply)
        or aside("draft-sender", m.entry.reason)
        or aside("draft-sender", m.case.actor or "")
        or "We are looking into it; please do not send it again until we write."
    )
    return f"Hello,\n\nyour message did not reach its recipient yet.\n\nWhat happened: {m.entry.title}.\n{state}\n{own}\n\nReference: {m.codes or m.case.entry}\n"


def to_admin(m: Matter, now: str) -> str:
    """What to ask the other side's admin, with all they need to find it in their log."""
    wish = aside("draft-admin", m.case.actor or "") or "Could you look into your log and tell us what we should change?"
    return (
        f"Hello,\n\nyour mail server answers our mail with the reply below.\n\n{facts(m, now)}\n{wish}\n\nThank you.\n"
    )


def to_provider(m: Matter, now: str) -> str:
    """What a postmaster or a delisting form wants to know; what was mended is for the writer to fill in."""
    subject = m.case.values.list or m.provider or "your service"
    about = f" ({m.case.values.ip})" if m.case.values.ip else ""
    return (
        f"Hello,\n\nour mail{about} is refused with a reply that names {subject}.\n\n{facts(m, now)}"
        f"What we found and mended: {BLANK}\nSince when: {BLANK}\nWhat we send (kind, volume): {BLANK}\n\n"
        "Please review the listing or the block.\n\nThank you.\n"
    )


def facts(m: Matter, now: str) -> str:
    """The facts of a case, a line each; what the reply does not say is left to be filled in."""
    quote = m.case.quote or BLANK
    found = QUEUE_ID.search(quote)
    at = TIME.search(quote)
    lines = (
        f"Reply: {quote}",
        f"Code: {m.codes}" if m.codes else "",
        f"Time: {at[0]}" if at else f"Time (UTC): {BLANK} (reported to us {now})",
        f"Sending IP: {m.case.values.ip or BLANK}",
        f"Domain: {m.case.values.domain}" if m.case.values.domain else "",
        f"Queue or message id: {next(g for g in found.groups() if g) if found else BLANK}",
    )
    return "\n".join(line for line in lines if line) + "\n\n"


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
        facts(m, now).strip(),
        f"Entry: {m.case.entry}, source {m.entry.sources[0].url}",
        f"Thread: {link}" if link else "",
    )
    return "\n".join(line for line in lines if line)


def draft(m: Matter) -> Say:
    """What to say, in short; the texts themselves open in a window of the one who presses."""
    first = to_sender(m).split("\n\n", 2)[1:]
    lead = "Drafts for the sender, the recipient's admin and the provider: press Draft a message."
    return Say(
        lead, ("To the sender, in short: " + " ".join(" ".join(first).split())[:500],), intent="draft", next=("draft",)
    )
