"""``chat.*`` and ``reactions.*``: what the bot says and does to messages."""

from __future__ import annotations

from typing import Any

from bot.practice import outgoing
from bot.practice.api.calls import Method, Refused, channel_of, needed
from bot.practice.people import BOT_ID, BOT_USER, JSON, Channel
from bot.practice.stage import Stage

_ADDED_BY_SLACK = frozenset(("metadata",))


def post_message(stage: Stage, args: JSON) -> JSON:
    """``chat.postMessage``: into a channel where the bot is a member, or a thread of it."""
    channel = channel_of(stage, args)
    accepted(args)
    in_thread(channel, args)
    message = stage.workspace.add(channel, outgoing.composed(args))
    stage.announce(channel, message)
    return {"channel": channel.id, "ts": message["ts"], "message": dict(message)}


def post_ephemeral(stage: Stage, args: JSON) -> JSON:
    """``chat.postEphemeral``: seen by one person only, who must be in the channel."""
    needed(args, "user")
    channel = channel_of(stage, args)
    accepted(args)
    user = str(args["user"])
    if user not in stage.workspace.users or user not in channel.members:
        raise Refused("user_not_in_channel")
    in_thread(channel, args)
    return {"message_ts": stage.workspace.whisper(channel, user, outgoing.composed(args))["ts"]}


def update(stage: Stage, args: JSON) -> JSON:
    """``chat.update``: only the bot's own messages; blocks left out go when a text is given."""
    needed(args, "ts")
    channel = channel_of(stage, args)
    accepted(args, longest=outgoing.EDITED_TEXT)
    message = own(channel, args, "cant_update_message")
    before = dict(message)
    fresh = outgoing.composed(args)
    changes: dict[str, Any] = {"text": fresh["text"], "blocks": fresh.get("blocks")}
    if "metadata" in fresh:
        changes["metadata"] = fresh["metadata"]
    if "blocks" not in message and changes["blocks"] is None:
        del changes["blocks"]
    changes["edited"] = {"user": BOT_USER, "ts": stage.workspace.next_ts()}
    message = stage.workspace.alter(channel, str(args["ts"]), changes)
    stage.announce_change(channel, message, before)
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": dict(message)}


def delete(stage: Stage, args: JSON) -> JSON:
    """``chat.delete``: only the bot's own messages."""
    needed(args, "ts")
    channel = channel_of(stage, args)
    before = own(channel, args, "cant_delete_message")
    stage.workspace.remove(channel, before["ts"])
    stage.announce_removal(channel, before)
    return {"channel": channel.id, "ts": before["ts"]}


def permalink(stage: Stage, args: JSON) -> JSON:
    """``chat.getPermalink``: the page's address of a message."""
    needed(args, "message_ts")
    channel = channel_of(stage, args, member=False)
    ts = str(args["message_ts"])
    if ts not in channel.messages:
        raise Refused("message_not_found")
    return {"channel": channel.id, "permalink": f"{stage.base}archives/{channel.id}/p{ts.replace('.', '')}"}


def add_reaction(stage: Stage, args: JSON) -> JSON:
    """``reactions.add``: one of each name per person."""
    needed(args, "name", "timestamp")
    channel, message, name = _reacted(stage, args)
    reactions = [dict(one) for one in message.get("reactions", ())]
    mine = next((one for one in reactions if one["name"] == name), None)
    if mine is not None and BOT_USER in mine["users"]:
        raise Refused("already_reacted")
    if mine is None:
        reactions.append({"name": name, "users": [BOT_USER], "count": 1})
    else:
        mine.update(users=[*mine["users"], BOT_USER], count=mine["count"] + 1)
    stage.workspace.alter(channel, message["ts"], {"reactions": reactions})
    return {}


def remove_reaction(stage: Stage, args: JSON) -> JSON:
    """``reactions.remove``: takes back the bot's own."""
    needed(args, "name", "timestamp")
    channel, message, name = _reacted(stage, args)
    reactions = [dict(one) for one in message.get("reactions", ())]
    if not any(one["name"] == name and BOT_USER in one["users"] for one in reactions):
        raise Refused("no_reaction")
    left = [one | {"users": [u for u in one["users"] if u != BOT_USER or one["name"] != name]} for one in reactions]
    kept = [one | {"count": len(one["users"])} for one in left if one["users"]]
    stage.workspace.alter(channel, message["ts"], {"reactions": kept or None})
    return {}


def _reacted(stage: Stage, args: JSON) -> tuple[Channel, JSON, str]:
    channel = channel_of(stage, args)
    message = channel.messages.get(str(args["timestamp"]))
    if message is None:
        raise Refused("message_not_found")
    name = str(args["name"]).strip(":")
    if not name.replace("_", "").replace("-", "").replace("+", "").isalnum():
        raise Refused("invalid_name")
    return channel, message, name


def accepted(args: JSON, *, longest: int = outgoing.TEXT) -> None:
    """Refuses a message that Slack would refuse, and says what is wrong with its blocks."""
    wrong = outgoing.refusal(args, longest=longest)
    if wrong == "invalid_blocks":
        messages = outgoing.details(args)
        plain = [message.removeprefix("[ERROR] ") for message in messages]
        raise Refused(wrong, errors=plain, response_metadata={"messages": messages})
    if wrong:
        raise Refused(wrong)


def in_thread(channel: Channel, args: JSON) -> None:
    """Refuses a ``thread_ts`` that is no message of the channel, or that is itself a reply."""
    ts = str(args.get("thread_ts") or "")
    if not ts:
        return
    root = channel.messages.get(ts)
    if root is None:
        raise Refused("thread_not_found")
    if root.get("thread_ts", ts) != ts:
        raise Refused("cannot_reply_to_message")


def own(channel: Channel, args: JSON, otherwise: str) -> JSON:
    """The bot's own message of this ``ts``."""
    message = channel.messages.get(str(args["ts"]))
    if message is None:
        raise Refused("message_not_found")
    if message.get("bot_id") != BOT_ID:
        raise Refused(otherwise)
    return message


CHAT: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": permalink,
    "reactions.add": add_reaction,
    "reactions.remove": remove_reaction,
}
