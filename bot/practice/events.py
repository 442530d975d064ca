"""Events as Slack sends them: the messages people and apps post, and the wrapper round them."""

from __future__ import annotations

import uuid

from bot.practice.people import APP_ID, BOT_USER, JSON, TEAM_ID, Channel
from bot.practice.workspace import new_id

CHANNEL_TYPES = {"channel": "channel", "group": "group", "im": "im"}


def wrapped(event: JSON, now: float, token: str, *, shared: bool = False) -> JSON:
    """The ``event_callback`` round an event, with an ``event_id`` of its own; ``shared``: from Slack Connect."""
    return {
        "token": token,
        "team_id": TEAM_ID,
        "context_team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(now),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM_ID,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{uuid.uuid4().hex}",
    }


def user_message(user: str, text: str, blocks: list[JSON], thread_ts: str | None = None) -> JSON:
    """A person's message as Slack keeps it."""
    message: JSON = {
        "user": user,
        "type": "message",
        "client_msg_id": str(uuid.uuid4()),
        "text": text,
        "team": TEAM_ID,
    }
    return message | ({"blocks": blocks} if blocks else {}) | ({"thread_ts": thread_ts} if thread_ts else {})


def posted(message: JSON, channel: Channel) -> JSON:
    """The ``message`` event of a message that is new in a channel."""
    counted = ("reply_count", "reply_users", "reply_users_count", "latest_reply", "reactions")
    kept = {key: value for key, value in message.items() if key not in counted}
    if message.get("thread_ts") == message["ts"]:
        del kept["thread_ts"]
    parent = channel.messages.get(message.get("thread_ts", ""), {}).get("user")
    reply = {"parent_user_id": parent} if parent and message.get("thread_ts") != message["ts"] else {}
    return kept | reply | _where(message["ts"], channel)


def mentioned(message: JSON, channel: Channel) -> JSON:
    """The ``app_mention`` event that comes beside the ``message`` event; it has no ``channel_type``."""
    event = posted(message, channel) | {"type": "app_mention"}
    del event["channel_type"]
    return event


def changed(message: JSON, before: JSON, channel: Channel, ts: str) -> JSON:
    """The ``message_changed`` event: hidden, with a ``ts`` of its own and the message inside."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "ts": ts,
        "message": dict(message),
        "previous_message": before,
    } | _where(ts, channel)


def deleted(before: JSON, channel: Channel, ts: str) -> JSON:
    """The ``message_deleted`` event."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "ts": ts,
        "deleted_ts": before["ts"],
        "previous_message": before,
    } | _where(ts, channel)


def joined(user: str, inviter: str, channel: Channel, ts: str) -> JSON:
    """The ``member_joined_channel`` event."""
    return {
        "type": "member_joined_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.kind == "group" else "C",
        "team": TEAM_ID,
        "inviter": inviter,
        "event_ts": ts,
    }


def reacted(kind: str, message: JSON, channel: Channel, *, name: str, user: str, ts: str) -> JSON:
    """The ``reaction_added`` or ``reaction_removed`` event."""
    return {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": channel.id, "ts": message["ts"]},
        "item_user": message.get("user", ""),
        "event_ts": ts,
    }


def home_opened(user: str, channel: Channel, tab: str, view: JSON | None, ts: str) -> JSON:
    """The ``app_home_opened`` event; ``view`` is what was published before."""
    event = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab, "event_ts": ts}
    return event | ({"view": view} if view else {})


def _where(ts: str, channel: Channel) -> JSON:
    return {"channel": channel.id, "event_ts": ts, "channel_type": CHANNEL_TYPES[channel.kind]}
