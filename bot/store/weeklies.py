"""Which channels want their week told, when, and when it is due next."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import weeklies
from bot.trends.turns import Turn

Where = tuple[str, str]


class Weekly(msgspec.Struct, frozen=True):
    """A channel's wish for its week: ``by`` asked for it, and it is due at ``due_at`` (seconds since 1970)."""

    team: str
    channel: str
    turn: Turn
    by: str
    due_at: float


def ask(connection: Connection, wish: Weekly) -> None:
    """Makes a wish the one of its channel."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    values = {**msgspec.structs.asdict(wish.turn), "by": wish.by, "due_at": wish.due_at}
    new = insert(weeklies).values(team=wish.team, channel=wish.channel, **values)
    connection.execute(new.on_conflict_do_update(index_elements=["team", "channel"], set_=values))


def asked(connection: Connection, where: Where) -> Weekly | None:
    """The wish of a channel (team, id), None where it has none."""
    found = select(weeklies).where(weeklies.c.team == where[0], weeklies.c.channel == where[1])
    row = connection.execute(found).first()
    return weekly(row) if row else None


def end(connection: Connection, where: Where) -> bool:
    """Forgets a channel's wish; False where it had none."""
    here = (weeklies.c.team == where[0], weeklies.c.channel == where[1])
    return connection.execute(delete(weeklies).where(*here)).rowcount == 1


def due(connection: Connection, team: str, now: float) -> tuple[Weekly, ...]:
    """The wishes of a team that are due."""
    found = select(weeklies).where(weeklies.c.team == team, weeklies.c.due_at <= now).order_by(weeklies.c.due_at)
    return tuple(map(weekly, connection.execute(found)))


def move(connection: Connection, wish: Weekly, due_at: float) -> None:
    """Sets when a wish is due next, unless it was changed or moved on meanwhile."""
    here = (weeklies.c.team == wish.team, weeklies.c.channel == wish.channel, weeklies.c.due_at == wish.due_at)
    connection.execute(update(weeklies).where(*here).values(due_at=due_at))


def weekly(row: Row[tuple[object, ...]]) -> Weekly:
    """A wish from its row."""
    m = row._mapping
    turn = Turn(m["weekday"], m["minute"], m["zone"])
    return Weekly(m["team"], m["channel"], turn, m["by"], m["due_at"])
