"""The App Home: a search of the catalogue, and what the bot does, reads and keeps."""

from __future__ import annotations

from typing import Any

from bot.cards.blocks import Block, context, escaped, header, plain, section
from bot.terms import Message

SEARCH = "home.search"
VIEW = 100
DIVIDER: Block = {"type": "divider"}


def home(usage: Message, contact: str, found: Message | None = None, *, query: str = "") -> dict[str, Any]:
    """The Home of one person: the search with what it ``found``, then ``usage`` and who runs the bot."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": SEARCH,
        "placeholder": plain("451 4.7.1, greylisting, or a pasted line", 150),
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    if query:
        element["initial_value"] = query[:3000]
    search: Block = {
        "type": "input",
        "block_id": SEARCH,
        "dispatch_action": True,
        "label": plain("Look up a code, words or a bounce", 75),
        "element": element,
    }
    results = [*found.blocks, DIVIDER] if found else []
    blocks = [header("smtp-bot"), search, *results, *usage.blocks, context(run_by(contact))]
    return {"type": "home", "blocks": blocks[:VIEW]}


def run_by(contact: str) -> str:
    """Who runs the bot, and where to see what it reads; ``contact`` is a user id or words of theirs."""
    who = f"Run by {person_or_words(contact)}. " if contact else ""
    return f"{who}In a channel, `/smtp status` says whether I read there, and `/smtp open` lists what is unsolved."


def person_or_words(contact: str) -> str:
    """A user id as a person, anything else as it was written."""
    return (
        f"<@{contact}>" if contact[:1] in ("U", "W") and contact.isalnum() and contact.isupper() else escaped(contact)
    )


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
