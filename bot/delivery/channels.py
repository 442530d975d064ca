"""Which channels are read, by id or by name."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.errors import code_of, trouble
from bot.delivery.recent import Recent

# A renamed channel is noticed after this many seconds.
NAMES_KEPT = 600.0

log = structlog.get_logger("bot.delivery")


class Channels:
    """The channels a team wants read: ``wanted`` are ids or names in lower case."""

    def __init__(
        self, client: WebClient, wanted: tuple[str, ...], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._wanted = client, frozenset(wanted)
        self._names: Recent[str, str] = Recent(2_000, NAMES_KEPT, clock)

    def watched(self, channel: str) -> bool:
        """Whether a channel is read. Asks Slack for its name once in ten minutes; raises where Slack cannot answer.

        Raising means that the event is not acknowledged, and Slack delivers it again.
        """
        return channel in self._wanted or self.name(channel) in self._wanted

    def named(self, channel: str, name: str) -> bool:
        """Whether a channel whose name is known is read."""
        self._names.put(channel, name.lower())
        return channel in self._wanted or name.lower() in self._wanted

    def name(self, channel: str) -> str:
        """A channel's name in lower case, "" where Slack does not tell."""
        known = self._names.get(channel)
        if known is None:
            known = self._asked(channel)
            self._names.put(channel, known)
        return known

    def _asked(self, channel: str) -> str:
        try:
            found = self._client.conversations_info(channel=channel)
        except SlackApiError as wrong:
            if trouble(wrong) != "refused":
                raise
            mend = "Give the app channels:read and groups:read, or name the channel by its id in SMTP_BOT_CHANNELS."
            log.warning("channel_name_unknown", channel=channel, code=code_of(wrong), mend=mend)
            return ""
        return str((found.get("channel") or {}).get("name") or "").lower()
