"""Reactions: one of each name a person, told to the app as ``reaction_added`` and ``reaction_removed``."""

from __future__ import annotations

from bot.practice import events
from bot.practice.people import BOT_USER, JSON, Channel
from bot.practice.stage import Stage


class ReactionError(ValueError):
    """A reaction that cannot be added or taken back; the message is Slack's name of the error."""


def add(stage: Stage, channel: Channel, ts: str, name: str, user: str) -> None:
    """Adds somebody's reaction; raises ReactionError where it is there already."""
    message, plain = _found(channel, ts, name)
    reactions = [dict(one) for one in message.get("reactions", ())]
    same = next((one for one in reactions if one["name"] == plain), None)
    if same is not None and user in same["users"]:
        raise ReactionError("already_reacted")
    if same is None:
        reactions.append({"name": plain, "users": [user], "count": 1})
    else:
        same.update(users=[*same["users"], user], count=same["count"] + 1)
    stage.workspace.alter(channel, ts, {"reactions": reactions})
    _tell(stage, "reaction_added", channel, message, name=plain, user=user)


def remove(stage: Stage, channel: Channel, ts: str, name: str, user: str) -> None:
    """Takes somebody's reaction back; raises ReactionError where there is none of theirs."""
    message, plain = _found(channel, ts, name)
    reactions = message.get("reactions", ())
    if not any(one["name"] == plain and user in one["users"] for one in reactions):
        raise ReactionError("no_reaction")
    left = [one | {"users": [u for u in one["users"] if u != user or one["name"] != plain]} for one in reactions]
    kept = [one | {"count": len(one["users"])} for one in left if one["users"]]
    stage.workspace.alter(channel, ts, {"reactions": kept or None})
    _tell(stage, "reaction_removed", channel, message, name=plain, user=user)


def _found(channel: Channel, ts: str, name: str) -> tuple[JSON, str]:
    message = channel.messages.get(ts)
    if message is None:
        raise ReactionError("message_not_found")
    plain = name.strip(":")
    if not plain.replace("_", "").replace("-", "").replace("+", "").isalnum():
        raise ReactionError("invalid_name")
    return message, plain


def _tell(stage: Stage, kind: str, channel: Channel, message: JSON, *, name: str, user: str) -> None:
    if BOT_USER in channel.members:
        ts = stage.workspace.next_ts()
        stage.tell(events.reacted(kind, message, channel, name=name, user=user, ts=ts))
