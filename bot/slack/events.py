"""Slack's payloads as values: the place where their keys are known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from bot.delivery import Posted, Press
from bot.delivery.attached import files_of
from bot.delivery.changes import Change
from bot.delivery.reacting import Reaction
from bot.slack.commands import Typed
from bot.slack.text import plain, undo


class Me(msgspec.Struct, frozen=True):
    """The bot itself, as auth.test names it."""

    team: str = ""
    user: str = ""
    bot: str = ""


def posted(body: Mapping[str, Any], me: Me) -> Posted:
    """The message of an event (``message`` or ``app_mention``: both tell of the same one, and give the same value)."""
    event: Mapping[str, Any] = body["event"]
    text = undo(event)
    named = f"@{me.user}"
    return Posted(
        team=me.team or str(body.get("team_id") or ""),
        channel=str(event.get("channel") or ""),
        ts=str(event.get("ts") or ""),
        text=text.replace(named, " ").strip() if me.user else text,
        thread_ts=str(event.get("thread_ts") or ""),
        channel_type=str(event.get("channel_type") or ""),
        user=str(event.get("user") or ""),
        bot_id=str(event.get("bot_id") or ""),
        app_id=str(event.get("app_id") or ""),
        subtype=str(event.get("subtype") or ""),
        mention=event.get("type") == "app_mention" or bool(me.user and named in text),
        own=own(body, event, me),
        files=files_of(event),
        shared=body.get("is_ext_shared_channel") is True,
        foreign=foreign(body, event, me),
    )


CHANGES = frozenset(("message_changed", "message_deleted"))


def changed(body: Mapping[str, Any], me: Me) -> Change | None:
    """An edit or a deletion of somebody's message; None where its text is the same (unfurls), and for our own.

    The first message of a thread with replies is not deleted but becomes a "tombstone" (seen in message_changed).
    """
    event: Mapping[str, Any] = body["event"]
    before: Mapping[str, Any] = event.get("previous_message") or {}
    after: Mapping[str, Any] = event.get("message") or {}
    place = {key: event.get(key) for key in ("channel", "channel_type")}
    gone = event.get("subtype") == "message_deleted" or after.get("subtype") == "tombstone"
    if gone:
        ts = str(event.get("deleted_ts") or before.get("ts") or after.get("ts") or "")
        was = posted({**body, "event": {**before, **place, "ts": ts}}, me)
        return None if was.own or not ts else Change(was, ts, deleted=True)
    if undo(after) == undo(before):
        return None
    now = posted({**body, "event": {**after, **place}}, me)
    edited: Mapping[str, Any] = after.get("edited") or {}
    return None if now.own else Change(now, str(edited.get("ts") or event.get("ts") or ""))


def pointed(shortcut: Mapping[str, Any], me: Me) -> Posted:
    """The message that a shortcut was used on."""
    message: Mapping[str, Any] = shortcut.get("message") or {}
    channel = (shortcut.get("channel") or {}).get("id")
    found = posted({"event": {"ts": shortcut.get("message_ts"), **message, "channel": channel}}, me)
    return msgspec.structs.replace(found, user=str((shortcut.get("user") or {}).get("id") or ""))


def reacted(body: Mapping[str, Any], me: Me) -> Reaction | None:
    """An emoji that was put on a message; None where it was put on something else (a file)."""
    event: Mapping[str, Any] = body["event"]
    item: Mapping[str, Any] = event.get("item") or {}
    if item.get("type") != "message" or not item.get("channel") or not item.get("ts"):
        return None
    team = me.team or str(body.get("team_id") or "")
    place = (team, str(item["channel"]), str(item["ts"]))
    shared = body.get("is_ext_shared_channel") is True
    return Reaction(*place, str(event.get("user") or ""), str(event.get("reaction") or ""), shared)


def foreign(body: Mapping[str, Any], event: Mapping[str, Any], me: Me) -> bool:
    """Whether somebody of another company wrote a message of a shared channel (Slack Connect)."""
    team = event.get("user_team") or event.get("source_team") or event.get("team")
    return body.get("is_ext_shared_channel") is True and bool(team and me.team) and team != me.team


def found(channel: str, message: Mapping[str, Any], me: Me) -> Posted:
    """A message as the history of its channel has it, which leaves out where it is."""
    kind = {"channel_type": "im"} if channel.startswith("D") else {}
    return posted({"event": {**kind, **message, "channel": channel}}, me)


def own(body: Mapping[str, Any], event: Mapping[str, Any], me: Me) -> bool:
    """Whether the bot wrote a message: by its user, its bot id or its app."""
    pairs = ((event.get("user"), me.user), (event.get("bot_id"), me.bot), (event.get("app_id"), body.get("api_app_id")))
    return any(known and given == known for given, known in pairs)


def typed(command: Mapping[str, Any], team: str) -> Typed:
    """A slash command as it was typed; ``rest`` is all of its text."""
    text = plain(str(command.get("text") or ""))
    return Typed(team, str(command.get("channel_id") or ""), str(command.get("user_id") or ""), text)


def press(body: Mapping[str, Any], team: str) -> Press:
    """A button pressed on a message; pressing it again gives the same ``key``."""
    container: Mapping[str, Any] = body.get("container") or {}
    action: Mapping[str, Any] = (body.get("actions") or [{}])[0]
    ts = str(container.get("message_ts") or (body.get("message") or {}).get("ts") or "")
    thread = container.get("thread_ts") or (body.get("message") or {}).get("thread_ts") or ""
    return Press(
        team=team,
        channel=str((body.get("channel") or {}).get("id") or container.get("channel_id") or ""),
        thread=str(thread),
        user=str((body.get("user") or {}).get("id") or ""),
        key=f"{action.get('action_id')}:{ts or action.get('action_ts')}"[:80],
    )


def ephemeral(body: Mapping[str, Any]) -> bool:
    """Whether the message whose button was pressed is seen by one person only."""
    return bool((body.get("container") or {}).get("is_ephemeral"))


def chosen(body: Mapping[str, Any]) -> tuple[str, str]:
    """The action's id and its value: a button's, or that of the option chosen in a menu."""
    action: Mapping[str, Any] = (body.get("actions") or [{}])[0]
    option: Mapping[str, Any] = action.get("selected_option") or {}
    return str(action.get("action_id") or ""), str(option.get("value") or action.get("value") or "")
