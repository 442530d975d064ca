"""Says it in the channel, once an incident, when a cause rises far above its usual rate there."""

from __future__ import annotations

import hashlib

from bot.cards.surge import surge as line
from bot.delivery.delivery import Delivery
from bot.delivery.errors import Undeliverable, Undelivered
from bot.delivery.links import link
from bot.delivery.once import once
from bot.delivery.threads import Thread
from bot.delivery.weeks import named
from bot.terms import Message
from bot.trends.surges import BASELINE, FLOOR, QUIET, surge
from bot.trends.values import DAY, Sort, Surge


class Surging:
    """The incidents of one team: looked for every few seconds, by every process, among what was seen in a day."""

    def __init__(self, delivery: Delivery, team: str) -> None:
        self._delivery, self._team = delivery, team
        # What was looked at already, by its count: nothing is new about it until it is seen again.
        self._settled: dict[tuple[str, Sort], int] = {}

    def run(self) -> None:
        """Tells of what has risen since the last look. Raises StoreError."""
        trends = self._delivery.store.trends
        found = {(at, sort): posts for at, sort, posts in trends.frequent(self._team, trends.now() - DAY, FLOOR)}
        self._settled = {key: posts for key, posts in self._settled.items() if key in found}
        for (channel, sort), posts in found.items():
            if self._settled.get((channel, sort)) != posts and self._looked(channel, sort):
                self._settled[channel, sort] = posts

    def _looked(self, channel: str, sort: Sort) -> bool:
        """Whether nothing is left to do about a cause until it is seen again."""
        trends, where = self._delivery.store.trends, (self._team, channel)
        now = trends.now()
        times = trends.times(where, sort, now - (BASELINE + 1) * DAY, now)
        found = surge(times, now, trends.covered(where))
        chosen = self._delivery.store.chosen(*where).get("")
        # What was seen before the end of a pause stays untold, also once that is over.
        if found is None or (chosen is not None and times[-1] < chosen.until):
            return True
        key = f"surge:{digest(sort)}:{int(trends.rise(where, sort, QUIET))}"
        try:
            ts = once(self._delivery, where, key, lambda: self._message(channel, sort, found), kind="surge")
        except Undeliverable:
            return True
        except Undelivered:
            return False
        return bool(ts or self._delivery.store.answered(*where, key))

    def _message(self, channel: str, sort: Sort, found: Surge) -> Message:
        """The line, with a link to where it began."""
        trends = self._delivery.store.trends
        first = trends.first_thread((self._team, channel), sort, trends.now() - DAY, trends.now())
        address = link(self._delivery.client, Thread(self._team, channel, first)) if first else ""
        return line(found, named(self._delivery, sort), address)


def digest(sort: Sort) -> str:
    """A cause in a few characters that are the same in every process."""
    return hashlib.sha256("\0".join(sort).encode("utf-8", "replace")).hexdigest()[:16]
