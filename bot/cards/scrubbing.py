"""Our messages without what a deleted message said: no quotes, no recipients, no values; the advice stays."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.cards import actions
from bot.cards.blocks import Block
from bot.cards.card import case_card
from bot.cards.repeats import added
from bot.terms import Case, Message, Values
from catalogue import Catalogue

TEXT = "The message that this was about has been deleted."
GONE = "The message was deleted: what it said is taken out here too."


def bare(case: Case) -> Case:
    """A case without anything that was written in the message."""
    return msgspec.structs.replace(case, values=Values(), quote="", recipients=0, suppress_why="", asker="")


def gone(case: Case, catalogue: Catalogue) -> Message:
    """The card of a case whose message is gone."""
    return added(case_card(bare(case), catalogue), GONE)


def scrubbed(blocks: list[Block]) -> list[Block]:
    """The blocks of another of our messages, with its texts gone and its buttons' cases bare."""
    kept = [element for block in blocks if block.get("type") == "actions" for element in block.get("elements", ())]
    note: Block = {"type": "context", "elements": [{"type": "plain_text", "text": TEXT, "emoji": False}]}
    buttons = [without(element) for element in kept if element.get("type") == "button"]
    return [note, {"type": "actions", "elements": buttons}] if buttons else [note]


def without(element: dict[str, Any]) -> dict[str, Any]:
    """A button whose case holds nothing of the message any more."""
    value = str(element.get("value") or "")
    intent, bar, packed = value.rpartition("|")
    try:
        return element | {"value": f"{intent}{bar}{actions.pack(bare(actions.unpack(packed)))}"}
    except actions.CaseError:
        return element
