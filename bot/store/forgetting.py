"""What is forgotten, and when: rows that are older than the retention, a channel's rows, a person's name."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Column, ColumnElement, Connection, Table, delete, func, or_, select, text, update

from bot.store.tables import (
    METADATA,
    answers,
    cases,
    feedback,
    reminders,
    settings,
    sightings,
    surges,
    tallies,
    watermarks,
    weeklies,
)

# What tells of each row whether anything has happened to it. Not here: a channel's own choice of being read and of its
# weekly summary, which hold until somebody changes them, and the key of the hashes.
AGES: dict[Table, Column[float]] = {
    answers: answers.c.claimed_at,
    cases: cases.c.changed_at,
    sightings: sightings.c.seen_at,
    tallies: tallies.c.seen_at,
    surges: surges.c.last,
    reminders: reminders.c.due_at,
    feedback: feedback.c.given_at,
    watermarks: watermarks.c.reached,
    settings: settings.c.changed_at,
}
# Rows that are about a person go; elsewhere the person is taken out of the row.
ABOUT = (reminders.c.user, feedback.c.user)
NAMED = (answers.c.asker, cases.c.owner, cases.c.moved_by, settings.c.by, weeklies.c.by)
PLACES = tuple(table for table in METADATA.sorted_tables if "channel" in table.c)


def purge(connection: Connection, before: float) -> int:
    """Forgets all rows that nothing has happened to since ``before``; how many went."""
    gone = 0
    for table, at in AGES.items():
        old = [at < before, *([settings.c.thread != ""] if table is settings else [])]
        gone += connection.execute(delete(table).where(*old)).rowcount
    return gone


def held(connection: Connection, channels: list[str], users: list[str]) -> Counter[str]:
    """How many rows of each table are of these channels or name these people."""
    found: Counter[str] = Counter()
    for table in PLACES:
        mine = or_(table.c.channel.in_(channels), *named(table, users))
        found[table.name] = connection.execute(select(func.count()).select_from(table).where(mine)).scalar_one()
    return +found


def named(table: Table, users: list[str]) -> list[ColumnElement[bool]]:
    """The conditions under which a row of a table names one of these people."""
    found: list[ColumnElement[bool]] = [column.in_(users) for column in (*ABOUT, *NAMED) if column.table is table]
    # "taken:U1": where a case was before its last move.
    return found + ([cases.c.before.endswith(f":{user}", autoescape=True) for user in users] if table is cases else [])


def scheduled(connection: Connection, channels: list[str], users: list[str], now: float) -> list[tuple[str, str]]:
    """The reminders (channel, id at Slack's) that are still to come, of these channels or for these people."""
    mine = or_(reminders.c.channel.in_(channels), reminders.c.user.in_(users))
    found = select(reminders.c.channel, reminders.c.scheduled).where(mine, reminders.c.due_at > now)
    return [(str(row.channel), str(row.scheduled)) for row in connection.execute(found)]


def forget(connection: Connection, channels: list[str], users: list[str]) -> None:
    """Deletes the rows of these channels and about these people, and takes these people out of all others."""
    if connection.dialect.name == "sqlite":
        # Overwrites what it deletes, which is else still in the file (sqlite.org/pragma.html#pragma_secure_delete).
        connection.execute(text("PRAGMA secure_delete=ON"))
    for table in PLACES:
        connection.execute(delete(table).where(table.c.channel.in_(channels)))
    for column in ABOUT:
        connection.execute(delete(column.table).where(column.in_(users)))
    taken = (cases.c.owner.in_(users), cases.c.status == "taken")
    connection.execute(update(cases).where(*taken).values(status="open"))
    for user in users:
        was = cases.c.before.endswith(f":{user}", autoescape=True)
        connection.execute(update(cases).where(was).values(before=""))
    for column in NAMED:
        connection.execute(update(column.table).where(column.in_(users)).values({column.name: ""}))
