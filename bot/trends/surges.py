"""Whether a cause is far above its usual rate in a channel: a Poisson tail against the channel's own days."""

from __future__ import annotations

import math
from collections.abc import Iterable

from bot.trends.values import DAY, Surge

# The days that a day is compared with; with fewer than LEAST of them nothing is usual yet.
BASELINE, LEAST = 28, 7
# Below so many a day nothing is an incident, and far above is at least so many times the usual.
FLOOR, TIMES = 5, 3.0
# How seldom chance alone may bring as many: about once in a million days.
CHANCE = 1e-6
# A cause that has been at its usual rate for so long begins a new incident when it rises again.
QUIET = DAY


def daily(times: Iterable[float], now: float, days: int) -> tuple[int, ...]:
    """How often something was seen on each of the ``days`` days before the last 24 hours, the latest first."""
    counts = [0] * days
    for at in times:
        day = int((now - DAY - at) // DAY)
        if 0 <= day < days:
            counts[day] += 1
    return tuple(counts)


def surge(times: Iterable[float], now: float, covered: float) -> Surge | None:
    """What is unusual about the last 24 hours, None where nothing is; ``covered`` is when the record begins.

    An incident is no part of the usual: the busiest tenth of the days is left out of the mean. One more sighting is
    added to it, so that what was never seen is not infinitely unusual. What the second-busiest day reached is usual
    here whatever the mean says: people paste in batches, and every Monday.
    """
    found = tuple(times)
    days = min(BASELINE, int((now - DAY - covered) // DAY))
    posts = sum(now - DAY < at <= now for at in found)
    if days < LEAST or posts < FLOOR:
        return None
    counts = sorted(daily(found, now, days))
    kept = counts[: days - math.ceil(days / 10)]
    usual = (sum(kept) + 1) / len(kept)
    if posts <= counts[-2] or posts < TIMES * usual or tail(posts, usual) >= CHANCE:
        return None
    return Surge(posts, sum(counts), days)


def tail(seen: int, mean: float) -> float:
    """The chance that a Poisson variable of this mean is ``seen`` or more.

    >>> round(tail(1, 1.0), 6)
    0.632121
    """
    if seen <= mean:
        return 1.0
    term = math.exp(seen * math.log(mean) - mean - math.lgamma(seen + 1))
    total, k = 0.0, seen
    while term > total * 1e-12:
        total += term
        k += 1
        term *= mean / k
    return min(total, 1.0)
