"""The cases: what a thread's card said, in codes and ids, so that a question is understood after a restart."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import answers, cases
from bot.terms import Case

# What a case is in the database: all but what people wrote (values, quote, asker), which travels with the card.
STORED = (
    "entry",
    "version",
    "reply",
    "enhanced",
    "state",
    "basis",
    "provider",
    "outlook",
    "actor",
    "then_actor",
    "retry",
    "suppress",
    "recipients",
    "count",
)


class Kept(msgspec.Struct, frozen=True):
    """A thread's case as the database knows it: without values and quote, which the card at ``card_ts`` carries."""

    case: Case
    card_ts: str
    status: str


def keep(connection: Connection, thread: tuple[str, str, str], case: Case, card_ts: str, now: float) -> None:
    """Makes a case the one of its thread (team, channel, ts); a later card in the same thread takes its place."""
    team, channel, ts = thread
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    values = {name: getattr(case, name) for name in STORED} | {"card_ts": card_ts, "status": "open", "changed_at": now}
    new = insert(cases).values(team=team, channel=channel, thread=ts, opened_at=now, **values)
    connection.execute(new.on_conflict_do_update(index_elements=["team", "channel", "thread"], set_=values))


def case(connection: Connection, thread: tuple[str, str, str]) -> Kept | None:
    """The case of a thread; None where there is no card of ours."""
    team, channel, ts = thread
    found = select(cases).where(cases.c.team == team, cases.c.channel == channel, cases.c.thread == ts)
    row = connection.execute(found).first()
    if row is None:
        return None
    stored = {name: row._mapping[name] for name in STORED}
    return Kept(msgspec.convert(stored, Case), row.card_ts, row.status)


def purge(connection: Connection, before: float) -> int:
    """Forgets cases and answers that nothing has happened to since ``before``; how many rows went."""
    gone = connection.execute(delete(cases).where(cases.c.changed_at < before)).rowcount
    return gone + connection.execute(delete(answers).where(answers.c.claimed_at < before)).rowcount
