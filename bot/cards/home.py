"""The App Home: a search of the catalogue, one's channels and cases, help, and how the bot is."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.cards.blocks import Block, context, escaped, header, plain, section
from bot.cards.overview import Overview, overview
from bot.terms import Message

SEARCH = "home.search"
VIEW = 100
DIVIDER: Block = {"type": "divider"}


class About(msgspec.Struct, frozen=True):
    """How the bot is: who runs it, what it knows, the emoji that asks it ("": none), and what it lacks, in sentences."""

    contact: str = ""
    entries: int = 0
    version: str = ""
    emoji: str = ""
    lacks: tuple[str, ...] = ()


def home(
    shown: Overview, usage: Message, about: About, found: Message | None = None, *, query: str = "", note: str = ""
) -> dict[str, Any]:
    """The Home of one person: the search with what it ``found``, a ``note`` on what was pressed, then all the rest."""
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
    top = [search, *(found.blocks if found else ()), *([section(note)] if note else []), DIVIDER]
    rest = [*overview(shown), DIVIDER, header("Help"), *usage.blocks, header("About smtp-bot"), *told(about)]
    return {"type": "home", "blocks": [*top, *rest][:VIEW]}


def told(about: About) -> list[Block]:
    """How the bot is, and what it lacks."""
    who = f"Run by {person_or_words(about.contact)}. " if about.contact else ""
    emoji = f" Put :{about.emoji}: on a message to have it explained." if about.emoji else ""
    state = f"{who}Version {about.version}, {about.entries:,} entries in the catalogue, connected.{emoji}"
    kept = (
        "Kept: which messages I answered, for whom, and which entry they led to; never a bounce's text or an address."
    )
    lacks = [context("\n".join(f":warning: {escaped(one)}" for one in about.lacks[:12]))] if about.lacks else []
    return [section(state), *lacks, context(kept)]


def person_or_words(contact: str) -> str:
    """A user id as a person, anything else as it was written."""
    return (
        f"<@{contact}>" if contact[:1] in ("U", "W") and contact.isalnum() and contact.isupper() else escaped(contact)
    )
