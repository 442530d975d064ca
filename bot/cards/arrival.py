"""The hello where the bot is invited."""

from __future__ import annotations

from bot.cards.blocks import section
from bot.cards.home import person_or_words
from bot.terms import Message


def arrival(*, reading: bool, contact: str) -> Message:
    """What the bot says once where it is invited: what it reads and stores, how to switch it, who runs it."""
    lead = (
        "Hello. *I read this channel for bounces*: a server's reply, a log line or a report that is posted here gets a card"
        " in its thread, all else gets silence."
        if reading
        else "Hello. *I do not read this channel* unless you switch it on: `/smtp watch on`. Until then I answer who"
        " mentions me, and `/smtp`."
    )
    lines = (
        lead,
        "*Quieter:* `/smtp pause 2h`, `/smtp watch off`, or “Quiet in this thread” in a card's menu. Anybody may.",
        "*Kept:* which message I answered and which entry it led to. Never a bounce's text or an address.",
        *((f"*Run by* {person_or_words(contact)}",) if contact else ()),
    )
    text = f"Hello, I explain bounces. {'I read' if reading else 'I do not read'} this channel. /smtp help says more."
    return Message(text, (section("\n".join(lines)),))
