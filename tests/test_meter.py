"""The meter: every count arrives, from many threads, and every time falls into its bound."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from bot.meter import BOUNDS, Meter


def test_no_count_is_lost_between_threads() -> None:
    """A thousand counts of eight threads are eight thousand."""
    meter = Meter()

    def thousand() -> None:
        for _ in range(1_000):
            meter.count("messages", "silent")

    with ThreadPoolExecutor(8) as pool:
        for _ in range(8):
            pool.submit(thousand)

    assert {("messages", ("silent",)): 8_000} == meter.counts()


def test_times_fall_into_their_bounds() -> None:
    """A time belongs to the first bound that it does not exceed; what is longer than all is kept too."""
    meter = Meter()
    for seconds in (0.0, BOUNDS[0], 0.3, 7_200.0):
        meter.took(seconds)
    times = meter.times()

    assert (2, 1, 1) == (times.within[0], times.within[BOUNDS.index(0.5)], times.within[-1])
    assert sum(times.within) == 4
    assert times.total == BOUNDS[0] + 0.3 + 7_200.0
