"""What a channel, or one thread of it (``thread`` not ""), chose about being read, and when it was greeted."""

from __future__ import annotations

from typing import Literal

import msgspec
from sqlalchemy import Connection, bindparam, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import settings

Where = tuple[str, str, str]


class Chosen(msgspec.Struct, frozen=True):
    """A choice: ``watch`` "" as the settings name the channel; silence for what is said from ``since`` to ``until``.

    Times are in seconds since 1970; ``by`` is who chose last (a user id); ``greeted`` when the bot said hello here.
    """

    watch: Literal["", "on", "off"] = ""
    since: float = 0.0
    until: float = 0.0
    by: str = ""
    greeted: float = 0.0

    def silent(self, at: float) -> bool:
        """Whether what is said at a time is never answered unless the bot is addressed."""
        return self.watch == "off" or self.since <= at < self.until


def chosen(connection: Connection, team: str, channel: str, thread: str = "") -> dict[str, Chosen]:
    """The choices of a channel (under "") and of one of its threads (under its ts), those that there are."""
    rows = connection.execute(CHOSEN, {"of_team": team, "of_channel": channel, "of_thread": thread})
    return {
        row.thread: msgspec.convert({name: row._mapping[name] for name in Chosen.__struct_fields__}, Chosen)
        for row in rows
    }


# Built once: it is asked for every message that may be a bounce.
CHOSEN = select(settings).where(
    settings.c.team == bindparam("of_team"),
    settings.c.channel == bindparam("of_channel"),
    or_(settings.c.thread == "", settings.c.thread == bindparam("of_thread")),
)


def choose(connection: Connection, where: Where, choice: Chosen, now: float) -> None:
    """Makes a choice the one of its place (team, channel, thread)."""
    team, channel, thread = where
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    values = msgspec.structs.asdict(choice) | {"changed_at": now}
    new = insert(settings).values(team=team, channel=channel, thread=thread, **values)
    connection.execute(new.on_conflict_do_update(index_elements=["team", "channel", "thread"], set_=values))


def greet(connection: Connection, where: Where, now: float) -> bool:
    """Notes that a channel is greeted now; False where it was before, also by another instance."""
    team, channel, thread = where
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    values = msgspec.structs.asdict(Chosen(greeted=now)) | {"changed_at": now}
    new = insert(settings).values(team=team, channel=channel, thread=thread, **values)
    fresh = new.on_conflict_do_update(
        index_elements=["team", "channel", "thread"], set_={"greeted": now}, where=settings.c.greeted == 0.0
    )
    return connection.execute(fresh.returning(settings.c.id)).first() is not None
