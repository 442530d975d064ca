"""The weeks of a channel are counted from real rows over many weeks; nothing crosses channels."""

from __future__ import annotations

import pathlib
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.store import Store, Weekly
from bot.terms import Case, Progress
from bot.trends.turns import Turn
from bot.trends.values import DAY, WEEK, Sort
from tests.databases import fresh

HERE, THERE = ("T1", "C1"), ("T1", "C2")
SORTS = (("google.mailbox.full", "google"), ("yahoo.deferred", "yahoo"), ("reply.550", ""))


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        """The time, in seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The time of the test."""
    return Clock()


@pytest.fixture
def url(tmp_path: pathlib.Path) -> str:
    """A new database."""
    return fresh(tmp_path)


@pytest.fixture
def store(url: str, clock: Clock) -> Store:
    """A store on that clock."""
    return Store(url, clock=clock)


def seen(store: Store, ts: str, *causes: tuple[Sort, int], where: tuple[str, str] = HERE) -> None:
    """Notes a message with these causes."""
    store.trends.tally((*where, ts, ts), causes)


def test_many_weeks_are_counted_as_they_were(store: Store, clock: Clock) -> None:
    """Twelve weeks of sightings, some of them twice: each week's sums are those of what was seen in it."""
    chance, start = random.Random(7), clock.now
    posts: Counter[tuple[int, Sort]] = Counter()
    bounces: Counter[tuple[int, Sort]] = Counter()
    messages: Counter[int] = Counter()
    for number in range(600):
        clock.now = start + (number + 1) * 12 * WEEK / 600
        week = int((clock.now - start - 1e-6) // WEEK)
        causes = [(sort, chance.randint(1, 50)) for sort in chance.sample(SORTS, chance.randint(1, 3))]
        for _ in range(chance.randint(1, 2)):
            seen(store, f"{number}.0", *causes)
        seen(store, f"{number}.0", *causes, where=THERE)
        messages[week] += 1
        for sort, many in causes:
            posts[week, sort] += 1
            bounces[week, sort] += many

    for week in range(12):
        span = (start + week * WEEK, start + (week + 1) * WEEK)
        found = {one.sort: one for one in store.trends.tallied(HERE, *span)}
        assert {s: one.posts for s, one in found.items()} == {s: n for (w, s), n in posts.items() if w == week}
        assert {s: one.bounces for s, one in found.items()} == {s: n for (w, s), n in bounces.items() if w == week}
        assert all(span[0] < one.first <= one.last <= span[1] for one in found.values())
        assert store.trends.messages(HERE, *span) == messages[week]
    assert store.trends.known(HERE, start) == frozenset()
    assert store.trends.known(HERE, start + WEEK) == {s for (w, s) in posts if w == 0}
    assert len(store.trends.times(HERE, SORTS[0], 0.0, clock.now)) == sum(
        n for (_, s), n in posts.items() if s == SORTS[0]
    )


def test_a_channel_knows_nothing_of_another(store: Store, clock: Clock) -> None:
    """Counts, times, incidents, wishes: each is its channel's own."""
    seen(store, "1.0", (SORTS[0], 3))
    store.trends.rise(HERE, SORTS[0], DAY)
    store.trends.ask(Weekly(*HERE, Turn(), "U1", clock.now))

    assert store.trends.tallied(THERE, 0.0, clock.now) == ()
    assert store.trends.messages(THERE, 0.0, clock.now) == 0
    assert store.trends.known(THERE, clock.now) == frozenset()
    assert store.trends.times(THERE, SORTS[0], 0.0, clock.now) == ()
    assert store.trends.first_thread(THERE, SORTS[0], 0.0, clock.now) == ""
    assert store.trends.covered(THERE) == clock.now
    assert store.trends.asked(THERE) is None
    assert store.trends.frequent("T2", 0.0, 1) == ()
    assert store.trends.frequent("T1", 0.0, 1) == (("C1", SORTS[0], 1),)
    assert store.trends.frequent("T1", 0.0, 2) == ()
    clock.now += 60
    assert store.trends.rise(THERE, SORTS[0], DAY) == clock.now


def test_the_record_reaches_back_to_when_the_channel_was_first_read(store: Store, clock: Clock) -> None:
    """Or to its first bounce, where that is earlier; never further than rows are kept."""
    begun = clock.now
    assert store.trends.covered(HERE) == begun

    store.begin(*HERE, clock.now)
    clock.now += DAY
    seen(store, "1.0", (SORTS[0], 1))

    assert store.trends.covered(HERE) == begun
    clock.now += 200 * DAY
    assert store.trends.covered(HERE) == clock.now - 180 * DAY
    clock.now -= 200 * DAY
    assert store.trends.first_thread(HERE, SORTS[0], begun, clock.now) == "1.0"


def test_the_time_to_solved_is_from_card_to_solved(store: Store, clock: Clock) -> None:
    """Of the cases that were solved in the span, whenever they were opened."""
    store.keep(*HERE, "1.0", Case(entry="reply.550"), "1.1")
    store.keep(*HERE, "2.0", Case(entry="reply.550"), "2.1")
    clock.now += 3_600
    store.move(*HERE, "1.0", Progress(), Progress("solved", by="U1", at=clock.now))

    assert store.trends.solved(HERE, clock.now - 60, clock.now) == (3_600.0,)
    assert store.trends.solved(HERE, clock.now, clock.now + DAY) == ()
    assert store.trends.solved(THERE, 0.0, clock.now) == ()


def test_an_incident_lasts_until_it_was_quiet_for_long_enough(store: Store, clock: Clock, url: str) -> None:
    """Two processes get the same beginning of it; after a quiet day it is another."""
    other = Store(url, clock=clock)
    since = store.trends.rise(HERE, SORTS[0], DAY)
    for _ in range(5):
        clock.now += 0.9 * DAY
        assert other.trends.rise(HERE, SORTS[0], DAY) == since
    clock.now += 1.1 * DAY

    assert store.trends.rise(HERE, SORTS[0], DAY) == clock.now != since


def test_many_at_once_agree_on_one_incident(store: Store) -> None:
    """Whoever is first begins it."""
    with ThreadPoolExecutor(8) as pool:
        begun = set(pool.map(lambda _: store.trends.rise(HERE, SORTS[0], DAY), range(16)))

    assert len(begun) == 1


def test_a_wish_is_due_once_and_moves_on(store: Store, clock: Clock) -> None:
    """It is due from its time on, until somebody has moved it on; the second who does changes nothing."""
    wish = Weekly(*HERE, Turn(0, 540, "Europe/Berlin"), "U1", clock.now + 60)
    store.trends.ask(wish)

    assert store.trends.due("T1") == ()
    clock.now += 60
    assert store.trends.due("T1") == (wish,)
    assert store.trends.due("T2") == ()

    store.trends.move(wish, clock.now + WEEK)
    store.trends.move(wish, clock.now + 2 * WEEK)

    assert store.trends.due("T1") == ()
    kept = store.trends.asked(HERE)
    assert kept is not None
    assert (kept.turn, kept.due_at) == (wish.turn, clock.now + WEEK)
    assert store.trends.end(HERE)
    assert not store.trends.end(HERE)


def test_tallies_are_forgotten_with_the_rest(store: Store, clock: Clock) -> None:
    """Retention reaches counts and incidents; what a channel wished for stays."""
    seen(store, "1.0", (SORTS[0], 1), (SORTS[1], 1))
    store.trends.rise(HERE, SORTS[0], DAY)
    store.trends.ask(Weekly(*HERE, Turn(), "U1", clock.now))
    clock.now += 31 * DAY

    assert store.purge(30) == 3
    assert store.trends.known(HERE, clock.now) == frozenset()
    assert store.trends.asked(HERE) is not None
