"""Messages that the app sends: what Slack refuses in them, and how it keeps them."""

from __future__ import annotations

import json
from typing import Any

from bot.practice import limits
from bot.practice.people import APP_ID, BOT_ID, BOT_USER, JSON, TEAM_ID
from bot.practice.workspace import new_id

# Above 40,000 characters Slack cuts and warns; a bot that gets there is wrong, so it is refused here.
TEXT = 40_000
EDITED_TEXT = 4_000
METADATA_BYTES = 8_000
REFUSALS = ("no_text", "msg_too_long", "msg_blocks_too_long", "invalid_blocks_format", "invalid_metadata_format")


def listed(value: Any) -> Any:
    """A JSON argument, which a form carries as a string; text that is no JSON stays what it is."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def refusal(args: JSON, *, longest: int = TEXT) -> str:
    """The error that Slack gives for a message's text, blocks and metadata; "" where it takes them."""
    blocks, text = listed(args.get("blocks")), args.get("text")
    if not blocks and not args.get("attachments") and not (isinstance(text, str) and text.strip()):
        return "no_text"
    if isinstance(text, str) and len(text) > longest:
        return "msg_too_long"
    if blocks and not isinstance(blocks, list):
        return "invalid_blocks_format"
    if blocks and limits.problems(blocks):
        return "invalid_blocks"
    if blocks and limits.characters(blocks) > limits.TOTAL:
        return "msg_blocks_too_long"
    return _metadata(listed(args.get("metadata")))


def _metadata(metadata: Any) -> str:
    if metadata is None:
        return ""
    whole = isinstance(metadata, dict) and isinstance(metadata.get("event_type"), str)
    if not whole or not metadata["event_type"] or not isinstance(metadata.get("event_payload"), dict):
        return "invalid_metadata_format"
    return "metadata_too_large" if len(json.dumps(metadata)) > METADATA_BYTES else ""


def details(args: JSON) -> list[str]:
    """What exactly is wrong with a message's blocks."""
    return limits.problems(listed(args.get("blocks")))


def composed(args: JSON) -> JSON:
    """The app's message as Slack keeps it, with the ids that Slack adds to blocks and elements."""
    message: JSON = {
        "type": "message",
        "user": BOT_USER,
        "bot_id": BOT_ID,
        "app_id": APP_ID,
        "team": TEAM_ID,
        "text": args.get("text") or "",
        "bot_profile": {"id": BOT_ID, "app_id": APP_ID, "name": "smtp-bot", "team_id": TEAM_ID, "deleted": False},
    }
    if blocks := listed(args.get("blocks")):
        message["blocks"] = identified(blocks)
    if metadata := listed(args.get("metadata")):
        message["metadata"] = metadata
    if args.get("thread_ts"):
        message["thread_ts"] = str(args["thread_ts"])
    return message


def identified(blocks: list[JSON]) -> list[JSON]:
    """Blocks with a ``block_id`` each, and interactive elements with an ``action_id``."""
    return [{"block_id": new_id("b"), **block, **_elements(block)} for block in blocks]


def _elements(block: JSON) -> JSON:
    found: JSON = {}
    if block["type"] in ("actions", "context_actions"):
        found["elements"] = [{"action_id": new_id("a"), **element} for element in block["elements"]]
    for key in ("accessory", "element"):
        if isinstance(block.get(key), dict) and block[key]["type"] != "image":
            found[key] = {"action_id": new_id("a"), **block[key]}
    return found
