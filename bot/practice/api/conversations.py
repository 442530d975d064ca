"""``conversations.*``: the channels, and what was said in them."""

from __future__ import annotations

from bot.practice.api.calls import Method, Refused, channel_of, flag, needed, number
from bot.practice.people import BOT_USER, JSON, Channel
from bot.practice.stage import Stage

KINDS = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
PAGE = 100
MOST = 999


def listing(stage: Stage, args: JSON) -> JSON:
    """``conversations.list``: page by page; private channels and direct messages only where the bot is in."""
    kinds = {KINDS.get(kind.strip(), "") for kind in str(args.get("types") or "public_channel").split(",")}
    seen = [
        channel
        for channel in stage.workspace.channels.values()
        if channel.kind in kinds and (channel.kind == "channel" or BOT_USER in channel.members)
    ]
    size, start = number(args, "limit", PAGE, 1000), _cursor(args)
    more = str(start + size) if start + size < len(seen) else ""
    page = [channel.as_slack() for channel in seen[start : start + size]]
    return {"channels": page, "response_metadata": {"next_cursor": f"next:{more}" if more else ""}}


def memberships(stage: Stage, args: JSON) -> JSON:
    """``users.conversations``: the channels that the bot is in, or a ``user``, as far as the bot may see them."""
    who = str(args.get("user") or BOT_USER)
    if who not in stage.workspace.users:
        raise Refused("user_not_found")
    listed = listing(stage, args)
    mine = [one for one in listed["channels"] if who in stage.workspace.channels[one["id"]].members]
    return listed | {"channels": mine}


def leave(stage: Stage, args: JSON) -> JSON:
    """``conversations.leave``: the bot goes."""
    channel = channel_of(stage, args)
    if channel.kind == "im":
        raise Refused("method_not_supported_for_channel_type")
    channel.members.discard(BOT_USER)
    stage.workspace.publish({"type": "channel", "channel": channel.id, "bot": False})
    return {}


def info(stage: Stage, args: JSON) -> JSON:
    """``conversations.info``: a channel, also one that the bot is not in."""
    return {"channel": channel_of(stage, args, member=False).as_slack()}


def history(stage: Stage, args: JSON) -> JSON:
    """``conversations.history``: newest first, without replies in threads (broadcast ones are there)."""
    channel = channel_of(stage, args)
    with stage.workspace.changed:
        top = [m for m in channel.messages.values() if _top(m) and _between(m, args)]
    size, start = number(args, "limit", PAGE, MOST), _cursor(args)
    page = [shown(message, args) for message in top[::-1][start : start + size]]
    more = start + size < len(top)
    cursor = {"response_metadata": {"next_cursor": f"next:{start + size}"}} if more else {}
    return {"messages": page, "has_more": more, "pin_count": 0, **cursor}


def replies(stage: Stage, args: JSON) -> JSON:
    """``conversations.replies``: a thread, oldest first; the message it hangs on comes with every page."""
    needed(args, "ts")
    channel = channel_of(stage, args)
    ts = str(args["ts"])
    asked = channel.messages.get(ts)
    if asked is None:
        raise Refused("thread_not_found")
    thread = stage.workspace.thread(channel, ts) if _root(asked) else [asked]
    chosen = [m for m in thread[1:] if _between(m, args)]
    size, start = number(args, "limit", PAGE, MOST), _cursor(args)
    page = [shown(message, args) for message in [thread[0], *chosen[start : start + size]]]
    more = start + size < len(chosen)
    cursor = {"response_metadata": {"next_cursor": f"next:{start + size}"}} if more else {}
    return {"messages": page, "has_more": more, **cursor}


def open_direct(stage: Stage, args: JSON) -> JSON:
    """``conversations.open``: the direct message with one person."""
    users = str(args.get("users") or "")
    if args.get("channel"):
        return {"channel": {"id": channel_of(stage, args).id}}
    if users not in stage.workspace.users or users == BOT_USER:
        raise Refused("user_not_found" if users else "users_list_not_supplied")
    return {"no_op": True, "already_open": True, "channel": {"id": stage.workspace.open_direct(users).id}}


def join(stage: Stage, args: JSON) -> JSON:
    """``conversations.join``: refused, as to any app without the scope; people invite the bot."""
    channel_of(stage, args, member=False)
    raise Refused("missing_scope", needed="channels:join", provided="chat:write,channels:history")


def shown(message: JSON, args: JSON) -> JSON:
    """A message as reading methods show it: metadata only to those who ask for it."""
    kept = dict(message)
    if not flag(args, "include_all_metadata"):
        kept.pop("metadata", None)
    return kept


def _root(message: JSON) -> bool:
    return bool(message.get("thread_ts", message["ts"]) == message["ts"])


def _top(message: JSON) -> bool:
    return _root(message) or message.get("subtype") == "thread_broadcast"


def _between(message: JSON, args: JSON) -> bool:
    ts, oldest, latest = message["ts"], str(args.get("oldest") or "0"), str(args.get("latest") or "9999999999")
    if flag(args, "inclusive"):
        return float(oldest) <= float(ts) <= float(latest)
    return float(oldest) < float(ts) < float(latest)


def _cursor(args: JSON) -> int:
    cursor = str(args.get("cursor") or "")
    if not cursor:
        return 0
    if not cursor.startswith("next:") or not cursor[5:].isdigit():
        raise Refused("invalid_cursor")
    return int(cursor[5:])


def members(stage: Stage, args: JSON) -> JSON:
    """``conversations.members``: who is in a channel."""
    channel: Channel = channel_of(stage, args, member=False)
    return {"members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


CONVERSATIONS: dict[str, Method] = {
    "conversations.list": listing,
    "conversations.info": info,
    "conversations.history": history,
    "conversations.replies": replies,
    "conversations.open": open_direct,
    "conversations.join": join,
    "conversations.members": members,
    "conversations.leave": leave,
    "users.conversations": memberships,
}
