"""What the bot may do in a workspace: why it wants each scope, and what is missing without it."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.delivery.posting import FAILURES

# docs.slack.dev/reference/scopes: the scope, what it is for, and what does not work without it.
SCOPES: dict[str, tuple[str, str]] = {
    "commands": ("/smtp and the shortcuts", "nobody can type /smtp or use a shortcut"),
    "chat:write": ("answering", "I cannot answer at all"),
    "app_mentions:read": ("being asked by name", "I do not hear who mentions me"),
    "files:read": ("opening shared files", "I read no .eml, log or long snippet"),
    "files:write": (
        "sharing files",
        "/smtp week csv comes as text, and the week has no picture where charts are missing",
    ),
    "channels:history": ("reading bounces in public channels", "I read no public channel, and no questions in threads"),
    "groups:history": ("reading bounces in private channels", "I read no private channel"),
    "im:history": ("direct messages", "I do not hear direct messages"),
    "im:read": ("looking through direct messages", "what is written to me directly while I am away stays unread"),
    "channels:read": (
        "knowing channels by their names",
        "SMTP_BOT_CHANNELS needs ids, or /smtp watch on in each public channel",
    ),
    "groups:read": (
        "knowing private channels by their names",
        "SMTP_BOT_CHANNELS needs ids, or /smtp watch on in each private channel",
    ),
    "users:read": (
        "knowing people's time zones, and who is a guest",
        "times are meant in UTC, and guests may press what members may",
    ),
    "reactions:write": ("marking a card", "I put no reactions on messages"),
    "reactions:read": ("explaining a message by an emoji", "SMTP_BOT_REACTION does nothing"),
}
# Wanted only where a setting asks for them.
CHOSEN = frozenset(("reactions:read",))


def granted(client: WebClient) -> frozenset[str]:
    """The scopes that the token has, from the header that Slack sends with each answer; empty where it is not told."""
    return workspace(client)[1]


def workspace(client: WebClient) -> tuple[str, frozenset[str]]:
    """The workspace's address, ending in a slash, and the scopes of the token; empty where it is not told."""
    try:
        said = client.auth_test()
    except FAILURES:
        return "", frozenset()
    header = next((value for name, value in said.headers.items() if name.lower() == "x-oauth-scopes"), "")
    return str(said.get("url") or ""), frozenset(one.strip() for one in str(header).split(",") if one.strip())


def missing(scopes: frozenset[str], wanted: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """A sentence for each scope that was not granted; none where it is not known what was.

    ``wanted`` are those of ``CHOSEN`` that the settings ask for.
    """
    lacking = [scope for scope in SCOPES if scope not in scopes | (CHOSEN - wanted)] if scopes else []
    return tuple(f"Without {scope} ({SCOPES[scope][0]}): {SCOPES[scope][1]}." for scope in lacking)
