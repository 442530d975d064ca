"""What is far above the usual is said to be; what is usual here, and what nobody can know yet, is not."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.trends.surges import BASELINE, FLOOR, daily, surge, tail
from bot.trends.values import DAY

NOW = 100 * DAY


def on_days(*counts: int) -> list[float]:
    """Times: so many on each day back from now, the last 24 hours first."""
    return [NOW - day * DAY - 60.0 * (number + 1) for day, many in enumerate(counts) for number in range(many)]


@pytest.mark.parametrize("counts", [(6,), (9, 1, 0, 2, 0, 1), (60, *[15] * 28), (9, *[0] * 6, 40)])
def test_far_above_the_usual_is_a_surge(counts: tuple[int, ...]) -> None:
    """A cause that was never seen, a rare one, a daily one; one past incident does not hide the next."""
    found = surge(on_days(*counts), NOW, 0.0)

    assert found is not None
    assert found.posts == counts[0]
    assert found.days == BASELINE


@pytest.mark.parametrize(
    "counts",
    [(4,), (5, *[2] * 28), (25, *[15] * 28), (15, *[0, 0, 0, 0, 0, 0, 15] * 4), (), (0, *[30] * 28)],
)
def test_what_is_usual_here_is_none(counts: tuple[int, ...]) -> None:
    """Too few, a little more than always, the batch of every Monday, nothing at all, less than always."""
    assert surge(on_days(*counts), NOW, 0.0) is None


def test_a_channel_that_is_new_has_no_usual_rate() -> None:
    """In the first week everything is new; from the eighth day on it is compared with seven."""
    many = on_days(30)

    assert surge(many, NOW, NOW - 7.9 * DAY) is None

    found = surge(many, NOW, NOW - 8 * DAY)
    assert found is not None
    assert found.days == 7


def test_the_numbers_that_are_told_are_what_the_channel_saw() -> None:
    """All of it, the busy day too."""
    found = surge(on_days(40, *[2] * 27, 30), NOW, 0.0)

    assert found is not None
    assert (found.posts, found.before, found.days) == (40, 84, 28)


@given(st.integers(1, 400), st.floats(0.01, 300.0))
def test_the_tail_is_a_chance_that_falls_with_the_count(seen: int, mean: float) -> None:
    """Between nought and one; and what is left beyond a count is what the counts below it do not take."""
    below = sum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(seen))

    assert 0.0 <= tail(seen + 1, mean) <= tail(seen, mean) <= 1.0
    assert seen <= mean or tail(seen, mean) == pytest.approx(1 - below, abs=1e-9)


@given(st.lists(st.floats(0.0, NOW), max_size=60), st.integers(7, 40))
def test_no_day_is_counted_twice(times: list[float], days: int) -> None:
    """Every sighting is on one day or outside."""
    counts = daily(times, NOW, days)

    assert len(counts) == days
    assert sum(counts) == sum(NOW - (days + 1) * DAY < at <= NOW - DAY for at in times)


@given(st.lists(st.floats(0.0, NOW * 2), max_size=60), st.floats(0.0, NOW))
def test_a_surge_is_never_below_its_floor(times: list[float], covered: float) -> None:
    """Whatever the times are, it does not raise, and few are no incident."""
    found = surge(times, NOW, covered)

    assert found is None or found.posts >= FLOOR
