"""What was seen is counted by channel; the key of the hashes is made once."""

from __future__ import annotations

import pathlib

import pytest

from bot.store import Marks, Store, StoreError
from bot.terms import Case, Progress, Status

MARKS = Marks("c1", "i1", "d1")


def test_the_key_is_made_once_and_private(tmp_path: pathlib.Path) -> None:
    """Two stores on one file have the same key; its file is for its owner alone."""
    url = f"sqlite:///{tmp_path}/bot.sqlite3"
    first, second = Store(url), Store(url)

    assert first.key == second.key
    assert len(first.key) == 32
    assert (tmp_path / "bot.sqlite3.key").stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in tmp_path.glob("*.key*")) == ["bot.sqlite3.key"]


def test_a_broken_key_file_says_what_to_do(tmp_path: pathlib.Path) -> None:
    """The start names the file and how to mend it."""
    (tmp_path / "bot.sqlite3.key").write_text("not a key")

    with pytest.raises(StoreError, match="delete it"):
        Store(f"sqlite:///{tmp_path}/bot.sqlite3")


def test_a_sighting_counts_once_and_stays_in_its_channel() -> None:
    """A message that is read twice is one sighting; another channel knows nothing of it."""
    store = Store("sqlite://", clock=lambda: 1_000.0)
    for _ in range(2):
        store.sight(("T1", "C1", "1.0", "1.0"), MARKS)
    store.keep("T1", "C1", "1.0", Case(entry="x"), "1.1", marks=("c1", "i1"))

    assert store.count("T1", "C1", "i1", 0.0) == 1
    assert store.count("T1", "C2", "i1", 0.0) == 0
    assert store.first_thread(("T1", "C1", "2.0", "2.0"), "i1", 0.0) == "1.0"
    assert store.first_thread(("T1", "C1", "2.0", "2.0"), "i1", 2_000.0) == ""
    assert store.first_thread(("T1", "C2", "2.0", "2.0"), "i1", 0.0) == ""
    assert store.elsewhere("T1", "C1", Marks("c1", "i2", "d2"), 0.0) == 1
    assert store.elsewhere("T1", "C1", MARKS, 0.0) == 0
    assert store.seen("T1", "C1", "9.9", 0.0) is None
    seen = store.seen("T1", "C1", "1.0", 0.0)
    assert seen is not None
    assert (seen.times, seen.day, seen.fixed_ts) == (1, 1, "")


def test_sightings_are_forgotten_with_the_rest() -> None:
    """Retention reaches them too."""
    now = [1_000.0]
    store = Store("sqlite://", clock=lambda: now[0])
    store.sight(("T1", "C1", "1.0", "1.0"), MARKS)
    now[0] += 31 * 86_400

    assert store.purge(30) == 1
    assert store.count("T1", "C1", "i1", 0.0) == 0


def test_what_was_solved_once_is_solved_in_all_its_threads_until_it_is_back() -> None:
    """The first open thread counts, else that solved last; one that somebody opens again counts again."""
    now = [1_000.0]
    store = Store("sqlite://", clock=lambda: now[0])

    def seen(thread: str) -> None:
        now[0] += 10
        store.sight(("T1", "C1", thread, thread), MARKS)
        store.keep("T1", "C1", thread, Case(entry="x"), f"{thread}1", marks=("c1", "i1"))

    def moves(thread: str, status: Status) -> None:
        now[0] += 10
        kept = store.case("T1", "C1", thread)
        assert kept is not None
        assert store.move("T1", "C1", thread, kept.progress, Progress(status, "", "U1", now[0]))

    def first() -> str:
        return store.first_thread(("T1", "C1", "9.0", "9.0"), "i1", 0.0)

    def unsolved() -> list[str]:
        return [one.thread for one in store.unsolved("T1", "C1")]

    seen("1.0")
    seen("2.0")
    assert (first(), unsolved()) == ("1.0", ["1.0"])
    moves("1.0", "solved")
    assert (first(), unsolved()) == ("1.0", [])
    seen("3.0")
    assert (first(), unsolved()) == ("3.0", ["3.0"])
    moves("3.0", "solved")
    assert (first(), unsolved()) == ("3.0", [])
    moves("1.0", "open")
    assert (first(), unsolved()) == ("1.0", ["1.0"])
