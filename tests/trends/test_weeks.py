"""The sums of a week: counts, changes, what is new and what went."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from bot.trends.table import HEADER, comma_separated
from bot.trends.values import DAY, Named, Sort, Span, Tallied, Week
from bot.trends.weeks import MOST_PROVIDERS, by_provider, median, week

NOW = 100 * DAY
A, B, C = ("a.full", "google"), ("b.gone", ""), ("c.back", "yahoo")


def named(sort: Sort) -> Named:
    """A cause's names, made of its ids."""
    return Named(f"Title {sort[0]}", "mailboxfull", sort[1] or "unknown server")


def tallied(sort: Sort, posts: int, bounces: int = 1) -> Tallied:
    """So many posts of a cause."""
    return Tallied(sort, posts, posts * bounces, NOW - DAY, NOW)


def made(
    now: list[Tallied], before: list[Tallied], *, known: frozenset[Sort] = frozenset(), covered: float = 0.0
) -> Week:
    """The week of these."""
    messages = (sum(t.posts for t in now), sum(t.posts for t in before))
    return week(Span(NOW, covered), now, before, known, named, messages=messages)


def test_two_weeks_are_compared() -> None:
    """The most frequent first; new, back and gone are told apart."""
    found = made([tallied(C, 1), tallied(A, 5, 100)], [tallied(A, 2), tallied(B, 3)], known=frozenset((C,)))

    assert [(row.sort, row.posts, row.before, row.fresh) for row in found.rows] == [(A, 5, 2, ""), (C, 1, 0, "back")]
    assert [(row.sort, row.before) for row in found.gone] == [(B, 3)]
    assert (found.posts, found.posts_before, found.bounces) == (6, 5, 501)
    assert [row.fresh for row in made([tallied(C, 1)], []).rows] == ["new"]


def test_the_first_week_is_compared_with_nothing() -> None:
    """Where the record does not hold the whole week before, nothing is called new or gone."""
    found = made([tallied(A, 5)], [tallied(B, 1)], covered=NOW - 10 * DAY)

    assert [row.fresh for row in found.rows] == [""]
    assert found.gone == ()


def test_an_empty_week_is_one() -> None:
    """Nothing is summed up to nothing."""
    found = made([], [])

    assert (found.rows, found.gone, by_provider(found), median(found.solved)) == ((), (), (), 0.0)


def test_many_providers_are_few_bars() -> None:
    """The smallest become one, and none is lost."""
    found = made([tallied(("x", f"p{number}"), number + 1) for number in range(200)], [tallied(A, 7)])
    bars = by_provider(found)

    assert len(bars) == MOST_PROVIDERS
    assert bars[-1][0] == "others"
    assert sum(one[1] for one in bars) == found.posts
    assert sum(one[2] for one in bars) == 7


TALLIES = st.dictionaries(
    st.tuples(st.text(max_size=8), st.sampled_from(["google", "yahoo", ""])), st.integers(1, 99), max_size=12
)


@given(TALLIES, TALLIES, st.booleans())
def test_every_cause_is_in_the_week_once(now: dict[Sort, int], before: dict[Sort, int], first: bool) -> None:
    """As a row or as gone; and the file holds the same, whatever the names hold."""
    found = made(
        [tallied(s, n) for s, n in now.items()], [tallied(s, n) for s, n in before.items()], covered=NOW * first
    )
    kept = set(now) if first else set(now) | set(before)

    assert sorted(kept) == sorted(row.sort for row in (*found.rows, *found.gone))
    written = list(csv.reader(io.StringIO(comma_separated(found), newline="")))
    assert tuple(written[0]) == HEADER
    assert len(written) == len(kept) + 1
    assert not [cell for line in written[1:] for cell in line[:4] if cell.startswith(("=", "+", "-", "@"))]
