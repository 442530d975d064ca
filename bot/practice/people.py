"""Who and what is in the practice workspace: people, channels, the bot; the ids that Slack would have given them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

JSON = dict[str, Any]

TEAM_ID = "T0PRACTICE"
TEAM_NAME = "Example Mail"
APP_ID = "A0SMTPBOT"
BOT_ID = "B0SMTPBOT"
BOT_USER = "U0SMTPBOT"
YOU = "U0ALEX"
MESSAGES_KEPT = 5_000


@dataclass(frozen=True)
class User:
    """Somebody in the workspace; ``colour`` is the avatar's, ``team`` another company's for its people.

    ``enterprise`` is the organisation of that company (Enterprise Grid), ``gone`` whether the account is deactivated.
    """

    id: str
    name: str
    real_name: str
    colour: str
    is_bot: bool = False
    guest: bool = False
    team: str = TEAM_ID
    enterprise: str = ""
    tz: str = "Etc/UTC"
    gone: bool = False

    def as_slack(self) -> JSON:
        """The user object of ``users.info``."""
        profile = {"real_name": self.real_name, "display_name": self.name}
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.name,
            "real_name": self.real_name,
            "deleted": self.gone,
            "tz": self.tz,
            "tz_offset": 0,
            "is_bot": self.is_bot,
            "is_restricted": self.guest,
            "is_ultra_restricted": False,
            "is_stranger": self.team != TEAM_ID,
            "profile": profile,
            **({"enterprise_user": {"enterprise_id": self.enterprise}} if self.enterprise else {}),
        }


@dataclass
class Channel:
    """A conversation: its members and its messages by ``ts``, oldest first; the oldest go when it holds too many."""

    id: str
    name: str
    kind: str = "channel"
    members: set[str] = field(default_factory=set)
    messages: dict[str, JSON] = field(default_factory=dict)
    replies: dict[str, list[str]] = field(default_factory=dict)
    created: int = 0
    archived: bool = False
    shared: bool = False

    def as_slack(self, viewer: str = BOT_USER) -> JSON:
        """The channel object of ``conversations.info``, as ``viewer`` sees it."""
        shared: JSON = {
            "id": self.id,
            "created": self.created,
            "is_archived": self.archived,
            "is_im": self.kind == "im",
        }
        if self.kind == "im":
            other = next(iter(self.members - {viewer}), viewer)
            return shared | {"user": other, "is_channel": False, "is_group": False, "is_open": True}
        private = self.kind == "group"
        return shared | {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": not private,
            "is_group": private,
            "is_mpim": False,
            "is_private": private,
            "is_shared": self.shared,
            "is_ext_shared": self.shared,
            "is_general": self.name == "general",
            "is_member": viewer in self.members,
            "num_members": len(self.members),
            "context_team_id": TEAM_ID,
        }


def first_users() -> dict[str, User]:
    """The people of a fresh workspace; ``YOU`` is who sits before the page."""
    users = (
        User(YOU, "alex", "Alex Rivera", "#2b6cb0"),
        User("U0PRIYA", "priya", "Priya Nair", "#9f4f96"),
        User("U0TOM", "tom", "Tom Berger", "#b45f06"),
        User(BOT_USER, "smtp-bot", "smtp-bot", "#4a154b", is_bot=True),
        User("USLACKBOT", "slackbot", "Slackbot", "#36a64f", is_bot=True),
    )
    return {user.id: user for user in users}


def first_channels(now: int) -> dict[str, Channel]:
    """The channels of a fresh workspace: the bot is in #email-ops, #ops and its direct message, not in #general."""
    team = {YOU, "U0PRIYA", "U0TOM"}
    channels = (
        Channel("C0EMAILOPS", "email-ops", members=team | {BOT_USER}, created=now),
        Channel("C0GENERAL", "general", members=set(team), created=now),
        Channel("C0OPS", "ops", members=team | {BOT_USER}, created=now),
        Channel("D0ALEX", "alex", kind="im", members={YOU, BOT_USER}, created=now),
    )
    return {channel.id: channel for channel in channels}
