"""How far each channel was read: what came later, while nobody was there, is what a sweep looks at."""

from __future__ import annotations

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import cases, watermarks


def begin(connection: Connection, place: tuple[str, str], at: float, *, anew: bool) -> tuple[float, float]:
    """Since when and how far a channel (team, id) was read: ``at`` where it is new, or is to begin ``anew``."""
    team, channel = place
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = insert(watermarks).values(team=team, channel=channel, began=at, reached=at)
    index = ["team", "channel"]
    connection.execute(
        new.on_conflict_do_update(index_elements=index, set_={"began": at, "reached": at})
        if anew
        else new.on_conflict_do_nothing(index_elements=index)
    )
    here = (watermarks.c.team == team, watermarks.c.channel == channel)
    row = connection.execute(select(watermarks.c.began, watermarks.c.reached).where(*here)).one()
    return float(row.began), float(row.reached)


def reach(connection: Connection, places: list[tuple[str, str]], at: float) -> None:
    """Moves the watermarks of channels (team, id) on to ``at``; never back."""
    for team, channel in places:
        here = (watermarks.c.team == team, watermarks.c.channel == channel, watermarks.c.reached < at)
        connection.execute(update(watermarks).where(*here).values(reached=at))


def threads(connection: Connection, team: str, since: float, most: int) -> list[tuple[str, str]]:
    """The threads (channel, ts) whose cases something has happened to since then, the latest first."""
    found = (
        select(cases.c.channel, cases.c.thread)
        .where(cases.c.team == team, cases.c.changed_at >= since)
        .order_by(cases.c.changed_at.desc())
        .limit(most)
    )
    return [(str(row.channel), str(row.thread)) for row in connection.execute(found)]
