"""The store's part about the weeks of channels: tallies, incidents that were told, and who wants the week told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from bot.store import tallies, weeklies
from bot.store.weeklies import Weekly
from bot.trends.values import DAY, Sort, Tallied

__all__ = ["Trends", "Weekly"]

# A channel: team and id.
Where = tuple[str, str]


class Trends:
    """What each channel's weeks are made of; nothing crosses channels. Every method raises StoreError as Store does.

    ``now`` is the store's clock, ``kept_days`` how long rows are kept.
    """

    def __init__(
        self, begin: Callable[[], AbstractContextManager[Connection]], clock: Callable[[], float], days: int
    ) -> None:
        self._begin, self.now, self.kept_days = begin, clock, days

    def tally(self, place: tuple[str, str, str, str], seen: Iterable[tuple[Sort, int]]) -> None:
        """Notes the causes of a message (team, channel, thread, ts) and how many bounces each had, once."""
        with self._begin() as connection:
            tallies.tally(connection, place, seen, self.now())

    def tallied(self, where: Where, since: float, until: float) -> tuple[Tallied, ...]:
        """The causes that a channel saw after ``since`` and until ``until``, with their counts."""
        with self._begin() as connection:
            return tallies.tallied(connection, where, since, until)

    def messages(self, where: Where, since: float, until: float) -> int:
        """In how many messages of a span a channel saw bounces."""
        with self._begin() as connection:
            return tallies.messages(connection, where, since, until)

    def known(self, where: Where, until: float) -> frozenset[Sort]:
        """The causes that a channel saw up to then."""
        with self._begin() as connection:
            return tallies.known(connection, where, until)

    def times(self, where: Where, sort: Sort, since: float, until: float) -> tuple[float, ...]:
        """When a channel saw a cause in a span, the earliest first."""
        with self._begin() as connection:
            return tallies.times(connection, where, sort, since, until)

    def first_thread(self, where: Where, sort: Sort, since: float, until: float) -> str:
        """The thread in which a channel saw a cause first in a span, "" where it did not."""
        with self._begin() as connection:
            return tallies.first_thread(connection, where, sort, since, until)

    def covered(self, where: Where) -> float:
        """Since when a channel's bounces are counted and kept (seconds since 1970): now, where they are not yet."""
        with self._begin() as connection:
            reached = tallies.reaches(connection, where)
        return max(reached, self.now() - self.kept_days * DAY) if reached else self.now()

    def frequent(self, team: str, since: float, least: int) -> tuple[tuple[str, Sort, int], ...]:
        """What a team's channels saw ``least`` times or more since then: channel, cause, and how often."""
        with self._begin() as connection:
            return tallies.frequent(connection, team, since, least)

    def solved(self, where: Where, since: float, until: float) -> tuple[float, ...]:
        """The seconds from card to *Solved* of the cases that a channel solved in a span."""
        with self._begin() as connection:
            return tallies.solved(connection, where, since, until)

    def rise(self, where: Where, sort: Sort, quiet: float) -> float:
        """Notes that a cause is far above its usual rate now; since when this incident lasts.

        After more than ``quiet`` seconds without, the next is another incident.
        """
        with self._begin() as connection:
            return tallies.rise(connection, where, sort, self.now(), quiet)

    def ask(self, wish: Weekly) -> None:
        """Makes a wish the one of its channel."""
        with self._begin() as connection:
            weeklies.ask(connection, wish)

    def asked(self, where: Where) -> Weekly | None:
        """The wish of a channel, None where it has none."""
        with self._begin() as connection:
            return weeklies.asked(connection, where)

    def end(self, where: Where) -> bool:
        """Forgets a channel's wish; False where it had none."""
        with self._begin() as connection:
            return weeklies.end(connection, where)

    def due(self, team: str) -> tuple[Weekly, ...]:
        """The wishes of a team that are due now."""
        with self._begin() as connection:
            return weeklies.due(connection, team, self.now())

    def move(self, wish: Weekly, due_at: float) -> None:
        """Sets when a wish is due next, unless it was changed or moved on meanwhile."""
        with self._begin() as connection:
            weeklies.move(connection, wish, due_at)
