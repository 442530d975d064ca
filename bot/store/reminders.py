"""What Slack will say later in a thread, and what people marked as right, wrong or not recognised."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import feedback, reminders


class Reminder(msgspec.Struct, frozen=True):
    """A message that Slack has scheduled: its id there, for whom, and when it is due (seconds since 1970)."""

    scheduled: str
    user: str
    due_at: float


class Marked(msgspec.Struct, frozen=True):
    """A pointer to a message that was marked: ``kind`` is right, wrong or unknown; ``entry`` the one it was about."""

    thread: str
    ts: str
    kind: str
    entry: str
    given_at: float


def remind(connection: Connection, thread: tuple[str, str, str], reminder: Reminder) -> None:
    """Keeps a reminder of a thread."""
    team, channel, ts = thread
    values = {"team": team, "channel": channel, "thread": ts, **msgspec.structs.asdict(reminder)}
    connection.execute(insert(reminders).values(**values))


def due(connection: Connection, thread: tuple[str, str, str], after: float) -> tuple[Reminder, ...]:
    """The reminders of a thread that are still to come."""
    team, channel, ts = thread
    found = select(reminders).where(
        reminders.c.team == team, reminders.c.channel == channel, reminders.c.thread == ts, reminders.c.due_at > after
    )
    return tuple(Reminder(row.scheduled, row.user, row.due_at) for row in connection.execute(found))


def drop(connection: Connection, thread: tuple[str, str, str], scheduled: str) -> None:
    """Forgets a reminder."""
    team, channel, _ = thread
    here = (reminders.c.team == team, reminders.c.channel == channel, reminders.c.scheduled == scheduled)
    connection.execute(delete(reminders).where(*here))


def mark(
    connection: Connection, place: tuple[str, str, str, str], user: str, marked: tuple[str, str], now: float
) -> None:
    """Keeps what a person said of an answer (kind, entry); the last word of each counts."""
    team, channel, thread, ts = place
    kind, entry = marked
    made = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    values = {"kind": kind, "entry": entry, "given_at": now}
    new = made(feedback).values(team=team, channel=channel, thread=thread, ts=ts, user=user, **values)
    connection.execute(new.on_conflict_do_update(index_elements=["team", "channel", "ts", "user"], set_=values))


def marked(connection: Connection, team: str, channel: str, most: int) -> tuple[Marked, ...]:
    """What was not recognised or marked wrong in a channel, the latest first."""
    found = (
        select(feedback)
        .where(feedback.c.team == team, feedback.c.channel == channel, feedback.c.kind.in_(("wrong", "unknown")))
        .order_by(feedback.c.given_at.desc())
        .limit(most)
    )
    return tuple(Marked(row.thread, row.ts, row.kind, row.entry, row.given_at) for row in connection.execute(found))
