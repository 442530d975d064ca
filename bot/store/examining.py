"""Looks at a database without changing it: whether it can be used, and what the next start would add."""

from __future__ import annotations

import os
import pathlib
import time
from collections.abc import Callable

import msgspec
import sqlalchemy
from sqlalchemy import exc

from bot.store import claims
from bot.store.disks import remote
from bot.store.errors import StoreError, explained
from bot.store.keys import beside
from bot.store.opening import EXAMPLES, create, touch
from bot.store.tables import METADATA, settings


class Examined(msgspec.Struct, frozen=True):
    """A database: ``where`` it is (no password), the columns that it lacks, its journal (SQLite), what waits in it.

    ``oldest`` is for how many seconds the oldest unanswered message waits; ``watched`` are the channels whose people
    switched reading on.
    """

    where: str
    exists: bool = True
    lacking: tuple[str, ...] = ()
    journal: str = ""
    unanswered: int = 0
    oldest: float = 0.0
    watched: tuple[str, ...] = ()


def examined(address: str, clock: Callable[[], float] = time.time) -> Examined:
    """The database at an address; raises StoreError where it cannot be used, with what to mend."""
    try:
        url = sqlalchemy.make_url(address)
    except exc.ArgumentError:
        raise StoreError(f"SMTP_BOT_DATABASE_URL is no database address: {EXAMPLES}") from None
    where = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and not fit(pathlib.Path(url.database or ":memory:"), where):
        return Examined(where, exists=False)
    # Not as the store opens it: that would set WAL.
    engine = sqlalchemy.create_engine(url, hide_parameters=True) if url.get_backend_name() == "sqlite" else create(url)
    try:
        with engine.begin() as connection:
            return looked(connection, where, clock())
    except exc.SQLAlchemyError as wrong:
        raise explained(wrong, url) from None
    finally:
        engine.dispose()


def fit(path: pathlib.Path, where: str) -> bool:
    """Whether a SQLite file is there; raises StoreError where it or its folder cannot be used."""
    folder = path.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise StoreError(f"The database {where} cannot be opened: make its folder, and let the bot write there.")
    if kind := remote(folder):
        raise StoreError(f"The database {where} is on a network file system ({kind}): name one on this host's disk.")
    if path.exists() and (key := path.with_name(f"{path.name}.key")).exists():
        beside(key)
    return path.exists()


def looked(connection: sqlalchemy.Connection, where: str, now: float) -> Examined:
    """What is in an open database."""
    seen = sqlalchemy.inspect(connection)
    tables = set(seen.get_table_names())
    lacking = [table.name for table in METADATA.sorted_tables if table.name not in tables]
    for table in METADATA.sorted_tables:
        if table.name in tables:
            there = {column["name"] for column in seen.get_columns(table.name)}
            lacking += [f"{table.name}.{column.name}" for column in table.columns if column.name not in there]
    journal = ""
    if connection.dialect.name == "sqlite":
        journal = str(connection.execute(sqlalchemy.text("PRAGMA journal_mode")).scalar_one())
    if "answers" not in tables:
        return Examined(where, lacking=tuple(lacking), journal=journal)
    touch(connection)
    unanswered, oldest = claims.backlog(connection)
    waits = now - oldest if unanswered else 0.0
    return Examined(where, True, tuple(lacking), journal, unanswered, waits, watched(connection, tables))


def watched(connection: sqlalchemy.Connection, tables: set[str]) -> tuple[str, ...]:
    """The channels whose people switched reading on."""
    if settings.name not in tables:
        return ()
    chosen = sqlalchemy.select(settings.c.channel).where(settings.c.thread == "", settings.c.watch == "on")
    return tuple(sorted(connection.execute(chosen).scalars()))
