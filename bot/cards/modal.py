"""The window in which somebody pastes a bounce privately, and the answer in it."""

from __future__ import annotations

from typing import Any

from bot.cards.blocks import Block, context, plain
from bot.terms import Message

PASTE, FIELD = "paste.explain", "paste"
# docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
LONGEST = 3000
VIEW = 100
AFTER = "Only you see this, and it is kept nowhere. For follow-up questions, paste it to me in a direct message."


def pasting() -> dict[str, Any]:
    """The window with a field for the paste."""
    element = {
        "type": "plain_text_input",
        "action_id": FIELD,
        "multiline": True,
        "max_length": LONGEST,
        "placeholder": plain("550 5.1.1 <bob@example.com>: user unknown", 150),
    }
    field: Block = {"type": "input", "block_id": FIELD, "label": plain("The bounce", 75), "element": element}
    hint = {
        "hint": plain("The server's whole reply, the log's line, or the part for administrators. A code will do.", 150)
    }
    return window("Explain a bounce", [field | hint]) | {
        "callback_id": PASTE,
        "submit": plain("Explain", 24),
    }


def explained(message: Message) -> dict[str, Any]:
    """The window with the answer."""
    return window("What it says", [*message.blocks[: VIEW - 1], context(AFTER)])


def window(title: str, blocks: list[Block]) -> dict[str, Any]:
    """A modal that can be closed."""
    return {"type": "modal", "title": plain(title, 24), "close": plain("Close", 24), "blocks": blocks}


def read_only(*messages: Message) -> Message:
    """Messages one under the other, without their buttons, where these would have no channel to act in."""
    kept = tuple(block for message in messages for block in message.blocks if block["type"] != "actions")
    return Message(messages[0].text, kept)
