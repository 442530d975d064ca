"""``chat.*`` and ``reactions.*``: what the bot says and does to messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from bot.practice import outgoing, reactions
from bot.practice.api.calls import Method, Refused, channel_of, needed, open_channel
from bot.practice.people import BOT_ID, BOT_USER, JSON, Channel
from bot.practice.schedule import ScheduleError
from bot.practice.stage import Stage

T = TypeVar("T")


def post_message(stage: Stage, args: JSON) -> JSON:
    """``chat.postMessage``: into a channel where the bot is a member, or a thread of it."""
    channel = open_channel(stage, args)
    accepted(args)
    in_thread(channel, args)
    message = stage.workspace.add(channel, outgoing.composed(args))
    stage.announce(channel, message)
    return {"channel": channel.id, "ts": message["ts"], "message": dict(message)}


def post_ephemeral(stage: Stage, args: JSON) -> JSON:
    """``chat.postEphemeral``: seen by one person only, who must be in the channel."""
    needed(args, "user")
    channel = open_channel(stage, args)
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


def schedule(stage: Stage, args: JSON) -> JSON:
    """``chat.scheduleMessage``: posted at ``post_at``, unless it is taken back before."""
    needed(args, "post_at")
    channel = open_channel(stage, args)
    accepted(args)
    in_thread(channel, args)
    message = outgoing.composed(args)
    if not str(args["post_at"]).isdigit():
        raise Refused("invalid_time")
    entry = _refusing(lambda: stage.schedule.add(channel.id, message, int(args["post_at"])))
    answer = {"channel": channel.id, "scheduled_message_id": entry["id"], "post_at": str(entry["post_at"])}
    return answer | {"message": dict(message)}


def unschedule(stage: Stage, args: JSON) -> JSON:
    """``chat.deleteScheduledMessage``: until a minute before it is due."""
    needed(args, "scheduled_message_id")
    channel = channel_of(stage, args)
    _refusing(lambda: stage.schedule.remove(str(args["scheduled_message_id"]), channel.id))
    return {}


def scheduled(stage: Stage, args: JSON) -> JSON:
    """``chat.scheduledMessages.list``: what waits, in one channel or in all."""
    wanted = str(args.get("channel") or "")
    found = [
        {key: entry[key] for key in ("id", "channel_id", "post_at")} | {"text": entry["message"]["text"]}
        for entry in stage.schedule.listed()
        if wanted in ("", entry["channel_id"])
    ]
    return {"scheduled_messages": found, "response_metadata": {"next_cursor": ""}}


def add_reaction(stage: Stage, args: JSON) -> JSON:
    """``reactions.add``: one of each name per person."""
    needed(args, "name", "timestamp")
    channel = channel_of(stage, args)
    _refusing(lambda: reactions.add(stage, channel, str(args["timestamp"]), str(args["name"]), BOT_USER))
    return {}


def remove_reaction(stage: Stage, args: JSON) -> JSON:
    """``reactions.remove``: takes back the bot's own."""
    needed(args, "name", "timestamp")
    channel = channel_of(stage, args)
    _refusing(lambda: reactions.remove(stage, channel, str(args["timestamp"]), str(args["name"]), BOT_USER))
    return {}


def get_reactions(stage: Stage, args: JSON) -> JSON:
    """``reactions.get``: a message with its reactions."""
    needed(args, "timestamp")
    channel = channel_of(stage, args, member=False)
    message = channel.messages.get(str(args["timestamp"]))
    if message is None:
        raise Refused("message_not_found")
    return {"type": "message", "channel": channel.id, "message": dict(message)}


def _refusing(done: Callable[[], T]) -> T:
    try:
        return done()
    except (reactions.ReactionError, ScheduleError) as wrong:
        raise Refused(str(wrong)) from None


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
    "chat.scheduleMessage": schedule,
    "chat.deleteScheduledMessage": unschedule,
    "chat.scheduledMessages.list": scheduled,
    "reactions.add": add_reaction,
    "reactions.remove": remove_reaction,
    "reactions.get": get_reactions,
}
