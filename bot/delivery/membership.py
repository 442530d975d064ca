"""Which channels a person and the bot are both in, asked of Slack: what stands on somebody's Home is theirs to see."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import islice

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.channels import Room, room_of
from bot.delivery.errors import code_of
from bot.delivery.paging import paged
from bot.delivery.posting import FAILURES
from bot.delivery.recent import Recent

# Somebody who was taken out of a channel sees its cases this much longer at most.
KEPT = 60.0
PAGE, PAGES = 200, 25
# Without groups:read Slack refuses to list both kinds at once.
KINDS = ("public_channel,private_channel", "public_channel")

log = structlog.get_logger("bot.delivery")


class Membership:
    """Channels in common, by users.conversations (channels:read, and groups:read for private ones)."""

    def __init__(self, client: WebClient, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._known: Recent[str, dict[str, Room]] = Recent(2_000, KEPT, clock)

    def common(self, user: str) -> tuple[Room, ...] | None:
        """The channels that a person and the bot are in, by name; None where Slack does not tell.

        Slack lists somebody's private channels only where the bot is in them too.
        """
        try:
            ours, theirs = self._rooms(""), self._rooms(user)
        except FAILURES as wrong:
            log.warning("membership_unknown", code=code_of(wrong))
            return None
        return tuple(sorted((room for room in ours.values() if room.id in theirs), key=lambda room: room.name))

    def moved(self, user: str, *, ourselves: bool) -> None:
        """Somebody came into a channel, perhaps the bot itself: what is known of them is out of date."""
        self._known.forget("" if ourselves else user)

    def _rooms(self, user: str) -> dict[str, Room]:
        """Somebody's channels by their ids; "" for the bot's own. Raises what the Web API raises."""
        known = self._known.get(user)
        if known is None:
            try:
                known = self._asked(user, KINDS[0])
            except SlackApiError as wrong:
                if code_of(wrong) != "missing_scope":
                    raise
                known = self._asked(user, KINDS[1])
            self._known.put(user, known)
        return known

    def _asked(self, user: str, kinds: str) -> dict[str, Room]:
        found: dict[str, Room] = {}
        every = paged(self._client.users_conversations, user=user, types=kinds, exclude_archived=True, limit=PAGE)
        for page in islice(every, PAGES):
            found |= {str(one["id"]): room_of(one) for one in page.get("channels") or []}
        return found
