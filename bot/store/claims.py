"""The claim that makes an answer happen once, whatever is delivered twice and whoever crashes."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningUpdate

from bot.store.tables import answers

Ended = Literal["posted", "failed", "passed"]
# A message that ended this many processes is not tried again: it may be what ends them.
MOST_ATTEMPTS = 5


class Claim(msgspec.Struct, frozen=True):
    """The right to answer one message until ``lease`` (seconds since 1970), the ``attempts``-th time."""

    id: int
    team: str
    channel: str
    ts: str
    thread: str
    kind: str
    attempts: int
    lease: float


class Message(msgspec.Struct, frozen=True):
    """Which message is to be answered, where, and with what kind of answer."""

    team: str
    channel: str
    ts: str
    thread: str
    kind: str


def claim(connection: Connection, message: Message, owner: str, now: float, lease: float) -> Claim | None:
    """A claim on a message that nobody has, or whose owner let the lease run out; else None."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = (
        insert(answers)
        .values(
            **msgspec.structs.asdict(message),
            state="claimed",
            owner=owner,
            lease=now + lease,
            attempts=1,
            posted_ts="",
            claimed_at=now,
        )
        .on_conflict_do_nothing(index_elements=["team", "channel", "ts"])
        .returning(*answers.c)
    )
    row = connection.execute(new).first() or connection.execute(taken_over(message, owner, now, lease)).first()
    return _claim(row) if row else None


def taken_over(message: Message, owner: str, now: float, lease: float) -> ReturningUpdate[tuple[Any, ...]]:
    """The statement that gives a claim with an expired lease to its next owner, and to one only."""
    return (
        update(answers)
        .where(
            answers.c.team == message.team,
            answers.c.channel == message.channel,
            answers.c.ts == message.ts,
            answers.c.state == "claimed",
            answers.c.lease <= now,
            answers.c.attempts < MOST_ATTEMPTS,
        )
        .values(owner=owner, lease=now + lease, attempts=answers.c.attempts + 1)
        .returning(*answers.c)
    )


def end(connection: Connection, claim: Claim, owner: str, state: Ended, posted_ts: str) -> None:
    """Closes a claim for good, if it is still this owner's."""
    connection.execute(
        update(answers)
        .where(answers.c.id == claim.id, answers.c.owner == owner)
        .values(state=state, posted_ts=posted_ts)
    )


def answered(connection: Connection, team: str, channel: str, ts: str) -> str:
    """The ts of what was posted for a message, "" where nothing was."""
    here = (answers.c.team == team, answers.c.channel == channel, answers.c.ts == ts)
    return str(connection.execute(select(answers.c.posted_ts).where(*here)).scalar() or "")


def release(connection: Connection, claim: Claim, owner: str, now: float) -> None:
    """Ends the lease of a claim at once, so that the next one who sees the message may answer it."""
    connection.execute(
        update(answers)
        .where(answers.c.id == claim.id, answers.c.owner == owner, answers.c.state == "claimed")
        .values(lease=now)
    )


def withdraw(connection: Connection, claim: Claim, owner: str) -> None:
    """Takes a claim out that is still open and this owner's."""
    connection.execute(
        delete(answers).where(answers.c.id == claim.id, answers.c.owner == owner, answers.c.state == "claimed")
    )


def _claim(row: Row[tuple[object, ...]]) -> Claim:
    return msgspec.convert({name: row._mapping[name] for name in Claim.__struct_fields__}, Claim)
