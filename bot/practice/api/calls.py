"""What the methods of the Web API share: their signature, their errors, how they find channels and messages."""

from __future__ import annotations

from collections.abc import Callable

from bot.practice.people import BOT_USER, JSON, Channel
from bot.practice.stage import Stage

Method = Callable[[Stage, JSON], JSON]


class Refused(Exception):
    """A call that Slack answers with ``ok: false``: the error's name, and the fields that come with it."""

    def __init__(self, error: str, **fields: object) -> None:
        super().__init__(error)
        self.answer: JSON = {"ok": False, "error": error, **fields}


def channel_of(stage: Stage, args: JSON, *, member: bool = True) -> Channel:
    """The channel that a call names; refused where the bot cannot see it or (``member``) is not in it."""
    found = stage.workspace.find(str(args.get("channel") or ""))
    if found is None or (found.kind != "channel" and BOT_USER not in found.members):
        raise Refused("channel_not_found")
    if member and BOT_USER not in found.members:
        raise Refused("not_in_channel")
    return found


def open_channel(stage: Stage, args: JSON) -> Channel:
    """As ``channel_of``, for what changes a channel: refused where it is archived."""
    found = channel_of(stage, args)
    if found.archived:
        raise Refused("is_archived")
    return found


def needed(args: JSON, *names: str) -> None:
    """Refuses a call that leaves out an argument."""
    for name in names:
        if args.get(name) in (None, ""):
            raise Refused(
                "invalid_arguments", response_metadata={"messages": [f"[ERROR] missing required field: {name}"]}
            )


def flag(args: JSON, name: str) -> bool:
    """A yes-or-no argument, which a form carries as ``true``, ``1`` or ``True``."""
    return str(args.get(name, "")).lower() in ("true", "1")


def number(args: JSON, name: str, default: int, most: int) -> int:
    """A number of 1 to ``most``."""
    given = args.get(name)
    if given in (None, ""):
        return default
    if not str(given).isdigit() or not 1 <= int(str(given)) <= most:
        raise Refused("invalid_limit")
    return int(str(given))
