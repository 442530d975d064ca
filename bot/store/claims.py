"""The claim that makes an answer happen once, whatever is delivered twice and whoever crashes."""

from __future__ import annotations

from typing import Literal

import msgspec
from sqlalchemy import Connection, Executable, Row, and_, bindparam, case, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import answers

Ended = Literal["posted", "failed", "passed"]
# A message that ended this many processes is not tried again: it may be what ends them.
MOST_ATTEMPTS = 10


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
    """Which message is to be answered, where, with what kind of answer; ``asker`` is who wrote it or asked for it."""

    team: str
    channel: str
    ts: str
    thread: str
    kind: str
    asker: str = ""


def statement(dialect: str) -> Executable:
    """Claims a new message, or takes over a claim whose lease ran out, at once; built once: it runs often."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    new = insert(answers).values(
        {name: bindparam(name) for name in (*Message.__struct_fields__, "owner", "lease")}
        | {"state": "claimed", "attempts": 1, "posted_ts": "", "claimed_at": bindparam("now")}
    )
    return new.on_conflict_do_update(
        index_elements=["team", "channel", "ts"],
        set_={"owner": bindparam("owner"), "lease": bindparam("lease"), "attempts": answers.c.attempts + 1},
        where=and_(
            answers.c.state == "claimed", answers.c.lease <= bindparam("now"), answers.c.attempts < MOST_ATTEMPTS
        ),
    ).returning(*(answers.c[name] for name in Claim.__struct_fields__))


STATEMENTS = {dialect: statement(dialect) for dialect in ("sqlite", "postgresql")}


def claim(connection: Connection, message: Message, owner: str, now: float, lease: float) -> Claim | None:
    """A claim on a message that nobody has, or whose owner let the lease run out; else None."""
    given = msgspec.structs.asdict(message) | {"owner": owner, "lease": now + lease, "now": now}
    row = connection.execute(STATEMENTS[connection.dialect.name], given).first()
    return _claim(row) if row else None


def expired(connection: Connection, now: float, most: int) -> list[Claim]:
    """Claims whose lease ran out, the oldest first."""
    open_ = (answers.c.state == "claimed", answers.c.lease <= now, answers.c.attempts < MOST_ATTEMPTS)
    found = select(answers).where(*open_).order_by(answers.c.claimed_at).limit(most)
    return [_claim(row) for row in connection.execute(found)]


def exhausted(connection: Connection, now: float) -> list[Claim]:
    """Closes, as failed, the claims whose lease ran out and that ended too many processes; those claims."""
    over = (answers.c.state == "claimed", answers.c.lease <= now, answers.c.attempts >= MOST_ATTEMPTS)
    closed = update(answers).where(*over).values(state="failed")
    columns = (answers.c[name] for name in Claim.__struct_fields__)
    return [_claim(row) for row in connection.execute(closed.returning(*columns))]


def backlog(connection: Connection) -> tuple[int, float]:
    """How many claims are open, and since when the oldest is (seconds since 1970; 0: none)."""
    found = select(func.count(), func.min(answers.c.claimed_at)).where(answers.c.state == "claimed")
    count, oldest = connection.execute(found).one()
    return int(count), float(oldest or 0.0)


def renew(connection: Connection, ids: list[int], owner: str, lease: float) -> set[int]:
    """Prolongs claims of this owner to ``lease``; gives the ids of those that still are this owner's."""
    mine = (answers.c.id.in_(ids), answers.c.owner == owner, answers.c.state == "claimed")
    return set(connection.execute(update(answers).where(*mine).values(lease=lease).returning(answers.c.id)).scalars())


def end(connection: Connection, claim: Claim, owner: str, state: Ended, posted_ts: str) -> None:
    """Closes a claim for good, if it is still this owner's."""
    connection.execute(END, {"claim": claim.id, "by": owner, "ended": state, "posted": posted_ts})


# Built once: it runs with every card.
END = (
    update(answers)
    .where(answers.c.id == bindparam("claim"), answers.c.owner == bindparam("by"))
    .values(state=bindparam("ended"), posted_ts=bindparam("posted"))
)


def answered(connection: Connection, team: str, channel: str, ts: str) -> str:
    """The ts of what was posted for a message, "" where nothing was."""
    here = (answers.c.team == team, answers.c.channel == channel, answers.c.ts == ts)
    return str(connection.execute(select(answers.c.posted_ts).where(*here)).scalar() or "")


def claimed(connection: Connection, team: str, channel: str, stamps: list[str]) -> set[str]:
    """Which of the messages of a channel with these stamps somebody has claimed, whatever became of that."""
    here = (answers.c.team == team, answers.c.channel == channel, answers.c.ts.in_(stamps))
    return set(connection.execute(select(answers.c.ts).where(*here)).scalars())


def release(connection: Connection, claim: Claim, owner: str, now: float) -> None:
    """Ends the lease of a claim at once, so that the next one may answer; in good order, so it was no attempt."""
    connection.execute(
        update(answers)
        .where(answers.c.id == claim.id, answers.c.owner == owner, answers.c.state == "claimed")
        .values(lease=now, attempts=case((answers.c.attempts > 1, answers.c.attempts - 1), else_=answers.c.attempts))
    )


def withdraw(connection: Connection, claim: Claim, owner: str) -> None:
    """Takes a claim out that is still open and this owner's."""
    connection.execute(
        delete(answers).where(answers.c.id == claim.id, answers.c.owner == owner, answers.c.state == "claimed")
    )


def _claim(row: Row[tuple[object, ...]]) -> Claim:
    return msgspec.convert({name: row._mapping[name] for name in Claim.__struct_fields__}, Claim)
