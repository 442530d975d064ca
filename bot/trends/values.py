"""The values of a channel's week: what was counted, and what came of it."""

from __future__ import annotations

from typing import Literal

import msgspec

HOUR, DAY, WEEK = 3_600.0, 86_400.0, 7 * 86_400.0

# A cause, as it is counted: the entry's id, and the provider's ("" where it is not known who said it).
Sort = tuple[str, str]
Fresh = Literal["", "new", "back"]


class Tallied(msgspec.Struct, frozen=True):
    """How often a cause was seen in a span: ``posts`` are messages, ``bounces`` what these held."""

    sort: Sort
    posts: int
    bounces: int
    first: float
    last: float


class Named(msgspec.Struct, frozen=True):
    """What a cause is called: the entry's title, its reason, and the provider's name."""

    title: str
    reason: str
    provider: str


class Row(msgspec.Struct, frozen=True):
    """One cause in a week: seen in ``posts`` messages, in ``before`` of them the week before.

    ``fresh``: "new" where the channel never saw it before, "back" where it did, but not in the week before.
    """

    sort: Sort
    named: Named
    posts: int
    before: int = 0
    bounces: int = 0
    fresh: Fresh = ""
    first: float = 0.0
    last: float = 0.0


class Span(msgspec.Struct, frozen=True):
    """What the two weeks of a channel are, and how far its record reaches back (seconds since 1970).

    ``since`` to ``until`` is the week, ``covered`` when the record begins; ``silent`` the part in which the channel
    was not read, (0, 0) for none.
    """

    until: float
    covered: float = 0.0
    silent: tuple[float, float] = (0.0, 0.0)
    kept_days: int = 0

    @property
    def since(self) -> float:
        """When the week begins."""
        return self.until - WEEK

    @property
    def before(self) -> float:
        """When the week before begins."""
        return self.until - 2 * WEEK

    @property
    def whole(self) -> bool:
        """Whether the record holds the week before too, but for an hour at most: only then two weeks are compared."""
        return self.covered <= self.before + HOUR


class Week(msgspec.Struct, frozen=True):
    """The week of a channel: ``rows`` are its causes, the most frequent first; ``gone`` those of the week before only.

    ``solved`` holds the seconds from card to *Solved* of this week's solved cases, ``solved_before`` of the week
    before; ``open`` counts what nobody has solved, ``unknown`` what was not recognised or marked wrong this week.
    """

    span: Span
    rows: tuple[Row, ...] = ()
    gone: tuple[Row, ...] = ()
    posts: int = 0
    posts_before: int = 0
    bounces: int = 0
    solved: tuple[float, ...] = ()
    solved_before: tuple[float, ...] = ()
    open: int = 0
    unknown: int = 0


class Surge(msgspec.Struct, frozen=True):
    """A cause far above its usual rate: seen ``posts`` times within a day, ``before`` times in the ``days`` before."""

    posts: int
    before: int
    days: int
