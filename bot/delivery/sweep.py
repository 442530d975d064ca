"""Looks through watched channels and the threads of known cases for what was written while nobody was listening."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import structlog
from slack_sdk import WebClient

from bot.delivery.desk import Desk
from bot.delivery.errors import code_of
from bot.delivery.patience import patiently
from bot.delivery.posting import FAILURES
from bot.delivery.resume import READER

# Slack delivers an event for the last time about six minutes after the first (docs.slack.dev/apis/events-api): what is
# that much older than the watermark was delivered, or is in the history that is read again.
OVERLAP = 400.0
PAGE, PAGES, CASES = 200, 25, 30
CASE_AGE = 2 * 86_400.0

log = structlog.get_logger("bot.delivery")
Message = Mapping[str, Any]


class Sweep:
    """Sweeps for one desk: nothing from before the bot came to a channel, nothing older than ``hours``."""

    def __init__(
        self,
        desk: Desk,
        client: WebClient,
        read: READER,
        *,
        team: str,
        me: str,
        hours: float = 2.0,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._desk, self._client, self._read = desk, client, read
        self._team, self._me, self._hours, self._clock, self._sleep = team, me, hours, clock, sleep

    def run(self) -> list[str]:
        """Sweeps all channels; gives those that were read to their end. Raises StoreError."""
        try:
            return [channel for channel in self._channels() if self._swept(channel)]
        except FAILURES as wrong:
            log.warning("sweep_failed", code=code_of(wrong))
            return []

    def _channels(self) -> list[str]:
        """The channels that the bot is in and reads, and its direct messages."""
        found: list[str] = []
        cursor = ""
        while True:
            page = self._ask(
                "users_conversations",
                types="public_channel,private_channel,im",
                exclude_archived=True,
                limit=PAGE,
                cursor=cursor,
            )
            for channel in page.get("channels") or []:
                ident, name = str(channel["id"]), str(channel.get("name") or "")
                shared = bool(channel.get("is_ext_shared"))
                read = channel.get("is_im") or self._desk.delivery.reads(self._team, ident, name, shared=shared)
                found += [ident] if read else []
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return found

    def _swept(self, channel: str) -> bool:
        now = self._clock()
        began, reached = self._desk.store.begin(self._team, channel, now)
        since = max(began, reached - OVERLAP)
        try:
            messages = list(self._history(channel, since))
            came = [
                float(m["ts"]) for m in messages if m.get("subtype") == "channel_join" and m.get("user") == self._me
            ]
            if came and max(came) > began:
                # Taken out and invited again meanwhile: what lies before was not for the bot.
                since, _ = self._desk.store.begin(self._team, channel, max(came), anew=True)
            floor = max(since, now - self._hours * 3_600)
            self._hear(channel, [m for m in messages if float(m["ts"]) > floor])
            for ts in self._threads(channel, messages, floor):
                self._hear(channel, self._replies(channel, ts, floor))
        except FAILURES as wrong:
            log.warning("sweep_failed", channel=channel, code=code_of(wrong))
            return False
        return True

    def _hear(self, channel: str, messages: list[Message]) -> None:
        for message in sorted(messages, key=lambda m: float(m["ts"])):
            self._desk.hear(self._read(channel, message))

    def _history(self, channel: str, since: float) -> Iterator[Message]:
        """A channel's messages back to ``since``, and the rest of that page: threads hang on older ones."""
        cursor = ""
        for _ in range(PAGES):
            page = self._ask("conversations_history", channel=channel, limit=PAGE, cursor=cursor)
            messages = page.get("messages") or []
            yield from messages
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor or not messages or float(messages[-1]["ts"]) < since:
                return

    def _threads(self, channel: str, messages: list[Message], since: float) -> list[str]:
        """The threads in which people wrote after ``since``, and those of the channel's latest cases."""
        roots = {str(m["ts"]): m for m in messages if m.get("reply_count")}
        moved = [ts for ts, root in roots.items() if float(root.get("latest_reply") or 0) > since]
        cases = self._desk.store.threads(self._team, self._clock() - CASE_AGE, 10 * CASES)
        older = [ts for of, ts in cases if of == channel and ts not in roots][:CASES]
        # A thread in which only the bot wrote has nothing to answer.
        return [ts for ts in moved if list(roots[ts].get("reply_users") or ()) != [self._me]] + older

    def _replies(self, channel: str, ts: str, since: float) -> list[Message]:
        """What was written in a thread after ``since``."""
        page = self._ask("conversations_replies", channel=channel, ts=ts, oldest=f"{since:.6f}", limit=PAGE)
        return [m for m in page.get("messages") or [] if float(m["ts"]) > since and m["ts"] != ts]

    def _ask(self, method: str, **given: Any) -> Any:
        given = {name: value for name, value in given.items() if value != ""}
        return patiently(lambda: getattr(self._client, method)(**given), self._sleep)
