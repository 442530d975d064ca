"""Opens the database that a URL names: SQLite in one file or in memory, or PostgreSQL."""

from __future__ import annotations

import contextlib
import pathlib
import sqlite3

import sqlalchemy
from sqlalchemy import event, exc, pool, schema

from bot.store.disks import remote
from bot.store.errors import StoreError, explained
from bot.store.tables import METADATA, answers

# SQLite waits this long for another process's write before it says "database is locked".
BUSY = 5.0
# So many pages (of 4 kB) the log may hold where nobody comes to empty it (checkpoint).
PAGES = 8_000
# The number of the lock under which PostgreSQL's tables are made: anything, as long as it is the same everywhere.
MAKING = 5_321_001
EXAMPLES = "write it like sqlite:///smtp-bot.sqlite3 or postgresql+psycopg://user:password@host/name."


def open_engine(address: str) -> sqlalchemy.Engine:
    """An engine whose tables exist and can be written; raises StoreError."""
    try:
        url = sqlalchemy.make_url(address)
    except exc.ArgumentError:
        raise StoreError(f"SMTP_BOT_DATABASE_URL is no database address: {EXAMPLES}") from None
    engine = create(url)
    try:
        with engine.begin() as connection:
            one_at_a_time(connection)
            create_tables(connection)
            add_columns(connection)
            create_indexes(connection)
            # Shows at the start, not at the first bounce, that the file may not be written.
            touch(connection)
    except exc.SQLAlchemyError as wrong:
        engine.dispose()
        raise explained(wrong, url) from None
    return engine


def one_at_a_time(connection: sqlalchemy.Connection) -> None:
    """Lets instances that start together make the tables one after another.

    PostgreSQL 15: CREATE TABLE IF NOT EXISTS still fails where two sessions run it at the same moment.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sqlalchemy.select(sqlalchemy.func.pg_advisory_xact_lock(MAKING)))


def touch(connection: sqlalchemy.Connection) -> None:
    """Asks for the right to write, and changes nothing."""
    connection.execute(answers.delete().where(answers.c.id == -1))


def create_tables(connection: sqlalchemy.Connection) -> None:
    """Makes the tables that are missing, also while another instance does the same."""
    for table in METADATA.sorted_tables:
        connection.execute(schema.CreateTable(table, if_not_exists=True))


def add_columns(connection: sqlalchemy.Connection) -> None:
    """Gives an older file's tables the columns that came later, with their defaults; raises where it may not."""
    seen = sqlalchemy.inspect(connection)
    compiler = connection.dialect.ddl_compiler(connection.dialect, None)  # type: ignore[arg-type]
    for table in METADATA.sorted_tables:
        there = {column["name"] for column in seen.get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                written = compiler.get_column_specification(column)
                with contextlib.suppress(exc.OperationalError, exc.ProgrammingError), connection.begin_nested():
                    # Two instances that start together both try: the second finds the column there.
                    connection.execute(sqlalchemy.text(f'ALTER TABLE "{table.name}" ADD COLUMN {written}'))


def create_indexes(connection: sqlalchemy.Connection) -> None:
    """Makes the indexes that are missing; an older file has all columns by then."""
    for table in METADATA.sorted_tables:
        for index in table.indexes:
            connection.execute(schema.CreateIndex(index, if_not_exists=True))


def create(url: sqlalchemy.URL) -> sqlalchemy.Engine:
    """An engine for SQLite or PostgreSQL; raises StoreError where the database or its driver is another or missing."""
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(f"SMTP_BOT_DATABASE_URL names a database that the bot does not know: {EXAMPLES}")
    try:
        if url.get_backend_name() == "postgresql":
            return sqlalchemy.create_engine(url, hide_parameters=True, pool_pre_ping=True)
        return sqlite(url)
    except exc.NoSuchModuleError:
        raise StoreError(f"SMTP_BOT_DATABASE_URL names an unknown driver: {EXAMPLES}") from None
    except ModuleNotFoundError as wrong:
        missing = f"The database driver {wrong.name} is not installed"
        raise StoreError(f"{missing}: install smtp-bot with its postgres extra (smtp-bot[postgres]).") from None


def sqlite(url: sqlalchemy.URL) -> sqlalchemy.Engine:
    """SQLite for many threads: a file in WAL mode, or one connection in memory that the threads take turns with."""
    if url.database in (None, "", ":memory:"):
        return sqlalchemy.create_engine(
            url,
            hide_parameters=True,
            poolclass=pool.QueuePool,
            pool_size=1,
            max_overflow=0,
            connect_args={"check_same_thread": False},
        )
    if kind := remote(pathlib.Path(url.database).parent):
        raise StoreError(
            f"The database {url.database} is on a network file system ({kind}), where SQLite loses and doubles answers:"
            " name a file on a disk of this host in SMTP_BOT_DATABASE_URL, or use PostgreSQL."
        )
    # The connection that was used last still has in memory what the next transaction looks at.
    engine = sqlalchemy.create_engine(url, hide_parameters=True, pool_use_lifo=True, connect_args={"timeout": BUSY})
    event.listen(engine, "connect", use_wal)
    return engine


def use_wal(connection: sqlite3.Connection, _record: object) -> None:
    """Readers beside one writer, and a commit that survives the end of the process (sqlite.org/wal.html)."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute(f"PRAGMA wal_autocheckpoint={PAGES}")
    cursor.close()


def checkpoint(connection: sqlalchemy.Connection, *, whole: bool = False) -> None:
    """Moves what SQLite's log (WAL) holds into the file itself; elsewhere nothing.

    As far as nobody reads or writes there; where it must be the ``whole``, it waits for them, and empties the log.
    SQLite's own way is within somebody's commit, once in a thousand pages: one card in fifty waited for the disk.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA wal_checkpoint({'TRUNCATE' if whole else 'PASSIVE'})").all()
