"""What a token may do: the scopes that each method needs (docs.slack.dev/reference/methods, on the method's page)."""

from __future__ import annotations

from bot.practice.people import JSON, Channel

WRITES = (
    "chat.postMessage",
    "chat.postEphemeral",
    "chat.update",
    "chat.delete",
    "chat.scheduleMessage",
    "chat.deleteScheduledMessage",
)
NEEDS = dict.fromkeys(WRITES, "chat:write") | {
    "users.info": "users:read",
    "users.list": "users:read",
    "bots.info": "users:read",
    "reactions.add": "reactions:write",
    "reactions.remove": "reactions:write",
    "reactions.get": "reactions:read",
    "files.info": "files:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
}
# These need one scope for each kind of conversation.
READS = frozenset(("conversations.info", "conversations.members"))
HISTORIES = frozenset(("conversations.history", "conversations.replies"))
LISTS = frozenset(("conversations.list", "users.conversations"))
FAMILIES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


def lacking(method: str, args: JSON, channel: Channel | None, granted: frozenset[str]) -> str:
    """The first scope that a call needs and the token has not, "" where it has all."""
    return next((scope for scope in needed(method, args, channel) if scope not in granted), "")


def needed(method: str, args: JSON, channel: Channel | None) -> tuple[str, ...]:
    """The scopes that a call needs; none where its channel is not known, which is another error."""
    if method in LISTS:
        asked = str(args.get("types") or "public_channel").split(",")
        return tuple(f"{TYPES[kind.strip()]}:read" for kind in asked if kind.strip() in TYPES)
    if method in READS | HISTORIES:
        what = "history" if method in HISTORIES else "read"
        return (f"{FAMILIES[channel.kind]}:{what}",) if channel is not None else ()
    return (NEEDS[method],) if method in NEEDS else ()
