"""Bounces from a time that is too long ago to answer them unasked: one line for a channel, and a button that does it.

Never from before the bot came to the channel or was switched on there, and nothing from a pause.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import msgspec
import structlog
from slack_sdk import WebClient

from bot.cards import away
from bot.delivery.desk import Desk
from bot.delivery.errors import Undeliverable, code_of
from bot.delivery.history import History, Message
from bot.delivery.jobs import Press
from bot.delivery.once import once
from bot.delivery.posted import Posted
from bot.delivery.posting import FAILURES
from bot.delivery.resume import READER

# Some thousand messages: who was away for longer is told that there may be more.
PAGES = 10
PRESSED = "Somebody pressed this already: the answers are in the threads, or on their way."
BUSY = "Slack is too busy to show me what was written then. Please press again in a minute."
OLD = "I no longer understand this button. Paste the bounce once more."

log = structlog.get_logger("bot.delivery")


class Unread(msgspec.Struct, frozen=True):
    """Bounces that nobody has answered, the oldest first; ``more`` where the look ended before the span's beginning."""

    messages: tuple[Posted, ...]
    more: bool


class Away:
    """Offers and explains for one desk; ``read`` turns a channel's message, as Slack's history has it, into a value."""

    def __init__(
        self,
        desk: Desk,
        client: WebClient,
        read: READER,
        *,
        team: str,
        me: str,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._desk, self._client, self._read, self._team, self._me = desk, client, read, team, me
        self._history = History(client, sleep)

    def offer(self, channel: str, since: float, until: float) -> None:
        """Posts the line where there is something to explain, once for a ``since``.

        Raises StoreError, Undelivered, and what the Web API raises.
        """
        found = self._unread(channel, since, until)
        if not found.messages:
            return
        message = away.offered(len(found.messages), since, until, more=found.more)
        with contextlib.suppress(Undeliverable):
            once(self._desk.delivery, (self._team, channel), f"away:{since:.0f}", lambda: message, kind="away")

    def explain(self, press: Press, ts: str, value: str) -> str:
        """Has what the button of the line ``ts`` stands for answered; a sentence for who pressed, "" where it is done.

        Each message is claimed like any other: however often this is done, it is answered once. Raises StoreError.
        """
        since, until, count, _ = away.span(value)
        if not count:
            return OLD
        claim = self._desk.store.claim(press.team, press.channel, press.key, "", "away")
        if claim is None:
            return PRESSED
        try:
            found = self._unread(press.channel, since, until)
        except FAILURES as wrong:
            log.warning("away_unread", channel=press.channel, code=code_of(wrong))
            self._desk.store.withdraw(claim)
            return BUSY
        for message in found.messages:
            self._desk.hear(message)
        line = away.asked(press.user, value)
        try:
            self._client.chat_update(channel=press.channel, ts=ts, text=line.text, blocks=list(line.blocks))
        except FAILURES as wrong:
            log.warning("away_not_shown", channel=press.channel, code=code_of(wrong))
        self._desk.store.posted(claim, ts)
        return ""

    def _unread(self, channel: str, since: float, until: float) -> Unread:
        found: list[Message] = []
        more = False
        for number, page in enumerate(self._history.pages(channel, since, until), 1):
            found += page
            if came := self._came(page, since):
                since = came
                break
            if number == PAGES:
                more = bool(page) and float(page[-1]["ts"]) > since
                break
        moved = [str(m["ts"]) for m in found if float(m.get("latest_reply") or 0) > since]
        for ts in moved:
            found += self._history.replies(channel, ts, since)
        span = [m for m in found if since < float(m["ts"]) <= until]
        read = [self._read(channel, message) for message in sorted(span, key=lambda m: float(m["ts"]))]
        bounces = [posted for posted in read if self._bounce(posted)]
        claimed = self._desk.store.claimed(self._team, channel, [posted.ts for posted in bounces])
        return Unread(tuple(posted for posted in bounces if posted.ts not in claimed), more)

    def _came(self, page: list[Message], since: float) -> float:
        """When the bot was invited last, where that is on this page; else 0."""
        joins = (m for m in page if m.get("subtype") == "channel_join" and m.get("user") == self._me)
        return max((at for m in joins if (at := float(m["ts"])) > since), default=0.0)

    def _bounce(self, posted: Posted) -> bool:
        """Whether a message holds a bounce, or a file that may; a question of then is not answered now."""
        judged = self._desk.delivery.judged(posted)
        if judged is None:
            return False
        work = judged[0]
        return work.kind == "file" or (work.answer is not None and bool(work.answer.causes))
