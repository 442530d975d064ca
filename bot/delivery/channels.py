"""Which channels are read, by id or by name."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.errors import code_of, trouble
from bot.delivery.recent import Recent

# A renamed channel is noticed after this many seconds.
NAMES_KEPT = 600.0

log = structlog.get_logger("bot.delivery")


class Room(msgspec.Struct, frozen=True):
    """A channel: its id, its name in lower case ("" where Slack does not tell), whether other companies are in it."""

    id: str
    name: str = ""
    shared: bool = False


class Channels:
    """The channels a team wants read: ``wanted`` are ids or names in lower case."""

    def __init__(
        self, client: WebClient, wanted: tuple[str, ...], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._wanted = client, frozenset(wanted)
        self._rooms: Recent[str, Room] = Recent(2_000, NAMES_KEPT, clock)

    def watched(self, channel: str) -> bool:
        """Whether a channel is read. Asks Slack for its name once in ten minutes; raises where Slack cannot answer.

        Raising means that the event is not acknowledged, and Slack delivers it again.
        """
        return channel in self._wanted or self.name(channel) in self._wanted

    def named(self, room: Room) -> bool:
        """Whether the settings name a channel that somebody else asked Slack about; it is remembered."""
        self.remember(room)
        return room.id in self._wanted or room.name in self._wanted

    def remember(self, room: Room) -> None:
        """Takes what Slack told somebody else of a channel."""
        self._rooms.put(room.id, room)

    def name(self, channel: str) -> str:
        """A channel's name in lower case, "" where Slack does not tell."""
        return self._room(channel).name

    def shared(self, channel: str) -> bool:
        """Whether other companies are in a channel (Slack Connect), False where Slack does not say; raises as above."""
        return self._room(channel).shared

    def _room(self, channel: str) -> Room:
        known = self._rooms.get(channel)
        if known is None:
            known = self._asked(channel)
            self._rooms.put(channel, known)
        return known

    def _asked(self, channel: str) -> Room:
        try:
            found = self._client.conversations_info(channel=channel)
        except SlackApiError as wrong:
            if trouble(wrong) != "refused":
                raise
            mend = "Give the app channels:read and groups:read, or name the channel by its id in SMTP_BOT_CHANNELS."
            log.warning("channel_name_unknown", channel=channel, code=code_of(wrong), mend=mend)
            return Room(channel)
        return room_of(found.get("channel") or {})


def room_of(found: Mapping[str, Any]) -> Room:
    """A channel from Slack's conversation object."""
    return Room(str(found.get("id") or ""), str(found.get("name") or "").lower(), bool(found.get("is_ext_shared")))
