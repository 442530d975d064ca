"""The sums of a week."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable

from bot.trends.values import Fresh, Named, Row, Sort, Span, Tallied, Week

MOST_PROVIDERS = 8
OTHERS = "others"


def week(
    span: Span,
    now: Iterable[Tallied],
    before: Iterable[Tallied],
    known: frozenset[Sort],
    name: Callable[[Sort], Named],
    *,
    messages: tuple[int, int],
    solved: tuple[float, ...] = (),
    solved_before: tuple[float, ...] = (),
    open: int = 0,
    unknown: int = 0,
) -> Week:
    """The week of a channel, from what was tallied in it and in the week before.

    ``known`` are the causes that were seen before either; ``messages`` how many messages held bounces in each week
    (one may hold several causes). Without a whole week before nothing is called new, back or gone.
    """
    this, last = {one.sort: one for one in now}, {one.sort: one for one in before}

    def fresh(sort: Sort) -> Fresh:
        if not span.whole or sort in last:
            return ""
        return "back" if sort in known else "new"

    rows = [
        Row(
            sort,
            name(sort),
            one.posts,
            last[sort].posts if sort in last else 0,
            one.bounces,
            fresh(sort),
            one.first,
            one.last,
        )
        for sort, one in this.items()
    ]
    gone = [
        Row(sort, name(sort), 0, one.posts, first=one.first, last=one.last)
        for sort, one in last.items()
        if sort not in this and span.whole
    ]
    return Week(
        span,
        tuple(sorted(rows, key=lambda row: (-row.posts, -row.bounces, row.named.title))),
        tuple(sorted(gone, key=lambda row: (-row.before, row.named.title))),
        messages[0],
        messages[1],
        sum(one.bounces for one in this.values()),
        solved,
        solved_before,
        open,
        unknown,
    )


def by_provider(found: Week) -> tuple[tuple[str, int, int], ...]:
    """Provider, its causes' count this week and the week before, the most first; the smallest as one, "others"."""
    sums: dict[str, tuple[int, int]] = {}
    for row in (*found.rows, *found.gone):
        posts, before = sums.get(row.named.provider, (0, 0))
        sums[row.named.provider] = (posts + row.posts, before + row.before)
    ranked = sorted(((name, *both) for name, both in sums.items()), key=lambda one: (-one[1], -one[2], one[0]))
    if len(ranked) <= MOST_PROVIDERS:
        return tuple(ranked)
    kept, rest = ranked[: MOST_PROVIDERS - 1], ranked[MOST_PROVIDERS - 1 :]
    return (*kept, (OTHERS, sum(one[1] for one in rest), sum(one[2] for one in rest)))


def median(seconds: tuple[float, ...]) -> float:
    """The median of some lengths of time, 0.0 for none."""
    return statistics.median(seconds) if seconds else 0.0
