"""Looks through watched channels and the threads of known cases for what was written while nobody was listening."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Literal

import msgspec
import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.desk import Desk
from bot.delivery.errors import Undelivered, code_of, trouble
from bot.delivery.history import PAGE, History, Message
from bot.delivery.posting import FAILURES
from bot.delivery.resume import READER

# Slack delivers an event for the last time about six minutes after the first (docs.slack.dev/apis/events-api): what is
# that much older than the watermark was delivered, or is in the history that is read again.
OVERLAP = 400.0
CASES = 30
# Slack refuses the whole call where the scope of one kind is missing.
KINDS = ("public_channel", "private_channel", "im")
CASE_AGE = 2 * 86_400.0

log = structlog.get_logger("bot.delivery")
Outcome = Literal["read", "later", "refused"]


class Swept(msgspec.Struct, frozen=True):
    """The channels that were read to their end; ``again`` whether Slack was too busy for one of the others."""

    channels: tuple[str, ...]
    again: bool


class Sweep:
    """Sweeps for one desk: nothing from before the bot came to a channel, nothing older than ``hours``.

    ``older`` is told of the span (channel, since, until) that is older and was never read.
    """

    def __init__(
        self,
        desk: Desk,
        client: WebClient,
        read: READER,
        *,
        team: str,
        me: str,
        hours: float = 2.0,
        older: Callable[[str, float, float], None] = lambda channel, since, until: None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._desk, self._read, self._history = desk, read, History(client, sleep)
        self._team, self._me, self._hours, self._older, self._clock = team, me, hours, older, clock

    def run(self) -> Swept:
        """Sweeps all channels, and says which of them were read to their end. Raises StoreError."""
        try:
            found = {channel: self._swept(channel) for channel in self._channels()}
        except FAILURES as wrong:
            self._desk.delivery.report.meter.count("sweeps", "refused" if trouble(wrong) == "refused" else "later")
            log.warning("sweep_failed", code=code_of(wrong))
            return Swept((), again=trouble(wrong) != "refused")
        for outcome in found.values():
            self._desk.delivery.report.meter.count("sweeps", outcome)
        read = tuple(channel for channel, outcome in found.items() if outcome == "read")
        return Swept(read, again="later" in found.values())

    def _channels(self) -> list[str]:
        """The channels that the bot is in and reads, and its direct messages."""
        return [channel for kind in KINDS for channel in self._of(kind)]

    def _of(self, kind: str) -> list[str]:
        """The channels of one kind; none where the bot lacks the scope to list them. Raises what the Web API raises."""
        found: list[str] = []
        try:
            for page in self._history.each("users_conversations", types=kind, exclude_archived=True, limit=PAGE):
                for channel in page.get("channels") or []:
                    ident, name = str(channel["id"]), str(channel.get("name") or "")
                    shared = bool(channel.get("is_ext_shared"))
                    read = channel.get("is_im") or self._desk.delivery.reads(self._team, ident, name, shared=shared)
                    found += [ident] if read else []
        except SlackApiError as wrong:
            if code_of(wrong) != "missing_scope":
                raise
            log.warning("sweep_failed", kind=kind, code="missing_scope", mend=f"add {wrong.response.get('needed')}.")
        return found

    def _swept(self, channel: str) -> Outcome:
        """Hears what a channel's people wrote since it was read, the latest first: whatever ends this, that is done."""
        now = self._clock()
        began, reached = self._desk.store.begin(self._team, channel, now)
        since, oldest = max(began, reached - OVERLAP), now - self._hours * 3_600
        floor = max(since, oldest)
        threads: dict[str, bool] = {}
        try:
            for page in self._history.pages(channel, floor):
                came = self._came(page, began)
                if came:
                    # Taken out and invited again meanwhile: what lies before was not for the bot.
                    floor, _ = self._desk.store.begin(self._team, channel, came, anew=True)
                    since = floor
                threads |= {str(m["ts"]): self._moved(m, floor) for m in page if m.get("reply_count")}
                self._hear(channel, page, floor)
                if came:
                    break
            for ts in self._threads(channel, threads):
                self._hear(channel, self._history.replies(channel, ts, floor), floor)
            if since < oldest:
                self._older(channel, since, oldest)
        except FAILURES as wrong:
            log.warning("sweep_failed", channel=channel, code=code_of(wrong))
            return "refused" if trouble(wrong) == "refused" else "later"
        except Undelivered:
            return "later"
        return "read"

    def _came(self, page: list[Message], began: float) -> float:
        """When the bot was invited last, where that is on this page and was not known; else 0."""
        joins = (m for m in page if m.get("subtype") == "channel_join" and m.get("user") == self._me)
        return max((at for m in joins if (at := float(m["ts"])) > began), default=0.0)

    def _hear(self, channel: str, messages: list[Message], floor: float) -> None:
        for message in sorted(messages, key=lambda m: float(m["ts"])):
            if float(message["ts"]) > floor:
                self._desk.hear(self._read(channel, message))

    def _moved(self, root: Message, since: float) -> bool:
        """Whether people wrote in a thread after ``since``; one in which only the bot wrote has nothing to answer."""
        return float(root.get("latest_reply") or 0) > since and list(root.get("reply_users") or ()) != [self._me]

    def _threads(self, channel: str, threads: Mapping[str, bool]) -> list[str]:
        """The threads that moved, and those of the channel's latest cases that hang on older messages."""
        cases = self._desk.store.threads(self._team, self._clock() - CASE_AGE, 10 * CASES)
        older = [ts for of, ts in cases if of == channel and ts not in threads][:CASES]
        return [ts for ts, moved in threads.items() if moved] + older
