"""Nothing stays longer than the retention, in any table; and a person's name has no column that forgetting misses."""

from __future__ import annotations

import pathlib
import sqlite3
import threading

import pytest
from sqlalchemy import Float, Integer, String

from bot.app import HOURLY, serve
from bot.settings import Settings
from bot.store import Store
from bot.store.forgetting import ABOUT, AGES, NAMED
from bot.store.tables import METADATA

# What a channel chose holds until somebody changes it; the key is no one's.
KEPT = {"weeklies", "keys"}
PERSON = {"user", "by", "asker", "moved_by", "given_by", "author"}


@pytest.fixture
def url(tmp_path: pathlib.Path) -> str:
    """A new SQLite file."""
    return f"sqlite:///{tmp_path}/bot.sqlite3"


def put(path: pathlib.Path, table: str, number: int, at: float) -> None:
    """A row whose times are all ``at``."""
    values: dict[str, object] = {}
    for column in METADATA.tables[table].columns:
        kind = column.type
        if isinstance(kind, Float):
            values[column.name] = at
        elif isinstance(kind, Integer):
            values[column.name] = number
        elif isinstance(kind, String):
            values[column.name] = f"x{number}"
    names = ", ".join(f'"{name}"' for name in values)
    with sqlite3.connect(path) as connection:
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))
    connection.close()


def count(path: pathlib.Path, table: str) -> int:
    """How many rows a table has."""
    with sqlite3.connect(path) as connection:
        found = int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    connection.close()
    return found


@pytest.mark.parametrize("table", sorted(METADATA.tables))
def test_old_rows_go_and_new_ones_stay(url: str, tmp_path: pathlib.Path, table: str) -> None:
    """In every table, but for what a channel chose and the key."""
    day, path = 86_400.0, tmp_path / "bot.sqlite3"
    store = Store(url, clock=lambda: 100 * day)
    before = count(path, table)
    put(path, table, 101, 69 * day)
    put(path, table, 102, 71 * day)
    store.purge(30)
    store.close()

    assert count(path, table) - before == (2 if table in KEPT else 1)
    assert KEPT | {one.name for one in AGES} == set(METADATA.tables)


def test_a_channels_choice_outlives_the_retention(url: str) -> None:
    """A channel that was switched off years ago is not read again."""
    from bot.store.channels import Chosen

    store = Store(url, clock=lambda: 0.0)
    store.choose(("T1", "C1", ""), Chosen(watch="off"))
    store.close()
    later = Store(url, clock=lambda: 1e9)
    later.purge(30)

    assert later.chosen("T1", "C1")[""].watch == "off"
    later.close()


def test_a_running_bot_forgets_at_its_start_and_every_hour(url: str, tmp_path: pathlib.Path) -> None:
    """Without anybody asking for it."""
    path, waits = tmp_path / "bot.sqlite3", []

    class Hours(threading.Event):
        """A stop that comes after two hours; each brings another row that is too old."""

        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout)
            left.append(count(path, "feedback"))
            put(path, "feedback", 100 + len(waits), 0.0)
            return len(waits) > 2

    left: list[int] = []
    store = Store(url)
    put(path, "feedback", 100, 0.0)
    serve(Settings(retention_days=30), store, Hours())
    store.close()

    assert (left, waits) == ([0, 0, 0], [HOURLY] * 3)


def test_no_column_with_a_person_is_missed() -> None:
    """Each column whose name says that it holds somebody is one that forgetting knows."""
    known = {(column.table.name, column.name) for column in (*ABOUT, *NAMED)}
    found = {
        (table.name, column.name) for table in METADATA.sorted_tables for column in table.c if column.name in PERSON
    }

    assert found | {("cases", "owner")} == known
