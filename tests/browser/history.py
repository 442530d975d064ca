"""A channel with some weeks behind it, for pictures: made up, and always the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.app import connect, pointed_at
from bot.practice import Practice
from bot.settings import Settings
from bot.store import Store
from bot.terms import Case, Progress
from bot.trends.values import DAY
from catalogue import load

PLACE = ("T0PRACTICE", "C0EMAILOPS")
# Entry, provider, and how often in the week before and in this week.
SEEN = (
    ("google.auth.none", "google", 4, 11),
    ("google.recipient.unknown", "google", 6, 5),
    ("yahoo.deferred.complaints", "yahoo", 7, 3),
    ("spamhaus.zen", "spamhaus", 0, 6),
    ("sendmail.mailbox.full", "sendmail", 3, 3),
    ("microsoft.mailbox.busy", "microsoft", 2, 4),
    ("apple.mailbox.full", "apple", 2, 0),
    ("reply.550", "", 1, 2),
)


class Time:
    """A clock that is set."""

    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        """Seconds since 1970."""
        return self.now


@contextmanager
def bot_with_history(folder: Path) -> Iterator[str]:
    """A bot in the practice workspace that has been there for six weeks; gives the page's address."""
    with Practice() as practice:
        settings = Settings(database_url=f"sqlite:///{folder / 'history.sqlite3'}")
        store = Store(settings.database_url)
        fill(settings.database_url, store.trends.now())
        connection = connect(pointed_at(practice, settings), load(), store)
        practice.connected()
        try:
            yield practice.url
        finally:
            connection.close()
            store.close()


def fill(url: str, now: float) -> None:
    """Writes what the channel saw and solved."""
    clock, chance = Time(now - 42 * DAY), random.Random(5)
    store = Store(url, clock=clock)
    store.begin(*PLACE, clock.now)
    for entry, provider, before, lately in SEEN:
        for week, many in ((1, before), (0, lately)):
            for number in range(many):
                clock.now = now - (week * 7 + chance.uniform(0.1, 6.9)) * DAY
                ts = f"{clock.now:.6f}"
                store.trends.tally((*PLACE, ts, ts), [((entry, provider), chance.randint(1, 9))])
                if number < 2:
                    solve(store, clock, ts, Case(entry=entry, provider=provider), chance.uniform(0.4, 9.0) * 3_600)
    store.close()


def solve(store: Store, clock: Time, ts: str, case: Case, seconds: float) -> None:
    """Opens a case and solves it after so long."""
    store.keep(*PLACE, ts, case, ts)
    clock.now += seconds
    store.move(*PLACE, ts, Progress(), Progress("solved", "U0PRIYA", "U0PRIYA", clock.now))
