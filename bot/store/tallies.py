"""How often each cause was seen in a channel, from one row a message and cause."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, case, distinct, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import cases, surges, tallies, watermarks
from bot.trends.values import Sort, Tallied

COLUMNS = ("team", "channel", "thread", "ts", "entry", "provider", "bounces", "seen_at")
# Built once: these run with every card.
TALLY = {
    name: insert(tallies)
    .values({column: bindparam(column) for column in COLUMNS})
    .on_conflict_do_nothing(index_elements=["team", "channel", "ts", "entry", "provider"])
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
HERE = (tallies.c.team == bindparam("team"), tallies.c.channel == bindparam("channel"))
SPAN = (*HERE, tallies.c.seen_at > bindparam("since"), tallies.c.seen_at <= bindparam("until"))
SORT = (tallies.c.entry == bindparam("entry"), tallies.c.provider == bindparam("provider"))
TIMES = select(tallies.c.seen_at).where(*SPAN, *SORT).order_by(tallies.c.seen_at)
FIRST = select(tallies.c.thread).where(*SPAN, *SORT).order_by(tallies.c.seen_at, tallies.c.id).limit(1)
Where = tuple[str, str]


def tally(
    connection: Connection, place: tuple[str, str, str, str], seen: Iterable[tuple[Sort, int]], now: float
) -> None:
    """Notes the causes in the message ``place`` (team, channel, thread, ts), and how many bounces each had, once."""
    team, channel, thread, ts = place
    here = {"team": team, "channel": channel, "thread": thread, "ts": ts, "seen_at": now}
    rows = [here | {"entry": entry, "provider": provider, "bounces": many} for (entry, provider), many in seen]
    if rows:
        connection.execute(TALLY[connection.dialect.name], rows)


def tallied(connection: Connection, where: Where, since: float, until: float) -> tuple[Tallied, ...]:
    """The causes that a channel (team, id) saw after ``since`` and until ``until``, with their counts."""
    found = (
        select(
            tallies.c.entry,
            tallies.c.provider,
            func.count().label("posts"),
            func.sum(tallies.c.bounces).label("bounces"),
            func.min(tallies.c.seen_at).label("first"),
            func.max(tallies.c.seen_at).label("last"),
        )
        .where(*SPAN)
        .group_by(tallies.c.entry, tallies.c.provider)
    )
    rows = connection.execute(found, given(where, since=since, until=until))
    return tuple(Tallied((r.entry, r.provider), r.posts, int(r.bounces), r.first, r.last) for r in rows)


def messages(connection: Connection, where: Where, since: float, until: float) -> int:
    """In how many messages of a span a channel saw bounces."""
    counted = select(func.count(distinct(tallies.c.ts))).where(*SPAN)
    return int(connection.execute(counted, given(where, since=since, until=until)).scalar_one())


def known(connection: Connection, where: Where, until: float) -> frozenset[Sort]:
    """The causes that a channel saw up to then."""
    found = select(tallies.c.entry, tallies.c.provider).where(*SPAN).distinct()
    return frozenset((r.entry, r.provider) for r in connection.execute(found, given(where, since=0.0, until=until)))


def times(connection: Connection, where: Where, sort: Sort, since: float, until: float) -> tuple[float, ...]:
    """When a channel saw a cause in a span, the earliest first."""
    return tuple(connection.execute(TIMES, given(where, sort, since=since, until=until)).scalars())


def frequent(connection: Connection, team: str, since: float, least: int) -> tuple[tuple[str, Sort, int], ...]:
    """What a team's channels saw ``least`` times or more since then: channel, cause, and how often."""
    found = (
        select(tallies.c.channel, tallies.c.entry, tallies.c.provider, func.count().label("posts"))
        .where(tallies.c.team == team, tallies.c.seen_at > since)
        .group_by(tallies.c.channel, tallies.c.entry, tallies.c.provider)
        .having(func.count() >= least)
    )
    return tuple((r.channel, (r.entry, r.provider), r.posts) for r in connection.execute(found))


def first_thread(connection: Connection, where: Where, sort: Sort, since: float, until: float) -> str:
    """The thread in which a channel saw a cause first in a span, "" where it did not."""
    return str(connection.execute(FIRST, given(where, sort, since=since, until=until)).scalar() or "")


def reaches(connection: Connection, where: Where) -> float:
    """Since when a channel's bounces are counted (seconds since 1970), 0.0 where they are not yet."""
    team, channel = where
    began = select(watermarks.c.began).where(watermarks.c.team == team, watermarks.c.channel == channel)
    first = select(func.min(tallies.c.seen_at)).where(*HERE)
    found = (connection.execute(began).scalar(), connection.execute(first, given(where)).scalar())
    return min((float(at) for at in found if at), default=0.0)


def solved(connection: Connection, where: Where, since: float, until: float) -> tuple[float, ...]:
    """The seconds from card to *Solved* of the cases that a channel solved in a span."""
    team, channel = where
    found = select(cases.c.moved_at - cases.c.opened_at).where(
        cases.c.team == team,
        cases.c.channel == channel,
        cases.c.status == "solved",
        cases.c.moved_at > since,
        cases.c.moved_at <= until,
    )
    return tuple(max(float(took), 0.0) for took in connection.execute(found).scalars())


def rise(connection: Connection, where: Where, sort: Sort, now: float, quiet: float) -> float:
    """Notes that a cause is far above its usual rate now, and gives since when this incident lasts.

    One that was last so more than ``quiet`` seconds ago is another incident, which begins now.
    """
    (team, channel), (entry, provider) = where, sort
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = insert(surges).values(team=team, channel=channel, entry=entry, provider=provider, since=now, last=now)
    again = new.on_conflict_do_update(
        index_elements=["team", "channel", "entry", "provider"],
        set_={"since": case((surges.c.last < now - quiet, now), else_=surges.c.since), "last": now},
    )
    return float(connection.execute(again.returning(surges.c.since)).scalar_one())


def given(where: Where, sort: Sort | None = None, **more: float) -> dict[str, str | float]:
    """The parameters of a statement."""
    of = {"entry": sort[0], "provider": sort[1]} if sort else {}
    return {"team": where[0], "channel": where[1], **of, **more}
