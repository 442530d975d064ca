"""When a cause was seen, in keyed hashes: what came before in this channel, how often, and what fixed it."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, bindparam, distinct, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import cases, sightings


class Marks(msgspec.Struct, frozen=True):
    """The keyed hashes of one bounce: its cause, the incident, and the domain it happened at ("" where unknown)."""

    cause: str
    incident: str
    domain: str = ""


class Seen(msgspec.Struct, frozen=True):
    """A cause's history in one channel: how often, since when, in how many threads and lately."""

    times: int
    since: float
    day: int
    fixed_thread: str = ""
    fixed_ts: str = ""


Place = tuple[str, str, str, str]


PLACE = ("team", "channel", "thread", "ts")
# Built once: all of these run with every card.
SIGHT = {
    name: insert(sightings)
    .values(
        {
            column: bindparam(column)
            for column in ("team", "channel", "thread", "ts", "seen_at", "cause", "incident", "domain")
        }
    )
    .on_conflict_do_nothing(index_elements=["team", "channel", "ts"])
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
HERE = (sightings.c.team == bindparam("team"), sightings.c.channel == bindparam("channel"))
SINCE = sightings.c.seen_at >= bindparam("since")
EARLIER = (
    select(sightings.c.thread, cases.c.status, cases.c.opened_at, cases.c.moved_at)
    .join(
        cases,
        (cases.c.team == sightings.c.team)
        & (cases.c.channel == sightings.c.channel)
        & (cases.c.thread == sightings.c.thread),
    )
    .where(*HERE, SINCE, sightings.c.incident == bindparam("incident"), sightings.c.thread != bindparam("thread"))
    .order_by(sightings.c.seen_at, sightings.c.id)
    .limit(100)
)
COUNT = select(func.count()).select_from(sightings).where(*HERE, SINCE, sightings.c.incident == bindparam("incident"))
ELSEWHERE = select(func.count(distinct(sightings.c.domain))).where(
    *HERE,
    SINCE,
    sightings.c.cause == bindparam("cause"),
    sightings.c.domain != "",
    sightings.c.domain != bindparam("domain"),
)


def sight(connection: Connection, place: Place, marks: Marks, now: float) -> None:
    """Notes that a bounce was seen in the message ``place`` (team, channel, thread, ts), once."""
    team, channel, thread, ts = place
    seen = {"team": team, "channel": channel, "thread": thread, "ts": ts, "seen_at": now}
    connection.execute(SIGHT[connection.dialect.name], seen | msgspec.structs.asdict(marks))


def resight(connection: Connection, place: Place, marks: Marks) -> None:
    """Notes that a message which was seen before holds another bounce now, since it was edited."""
    team, channel, _, ts = place
    here = (sightings.c.team == team, sightings.c.channel == channel, sightings.c.ts == ts)
    connection.execute(update(sightings).where(*here).values(msgspec.structs.asdict(marks)))


def first_thread(connection: Connection, place: Place, incident: str, since: float) -> str:
    """The thread of an incident since then, another than this one: the first open, else that solved last, or "".

    What was opened before the incident was solved elsewhere was solved with it, unless somebody moved it since.
    """
    team, channel, thread, _ = place
    given = {"team": team, "channel": channel, "thread": thread, "incident": incident, "since": since}
    rows = connection.execute(EARLIER, given).all()
    solved = [row for row in rows if row.status == "solved"]
    ended = max((row.moved_at for row in solved), default=0.0)
    still = (row.thread for row in rows if row.status != "solved" and max(row.opened_at, row.moved_at) > ended)
    last = max(solved, key=lambda row: float(row.moved_at), default=None)
    return str(next(still, last.thread if last else ""))


def count(connection: Connection, team: str, channel: str, incident: str, since: float) -> int:
    """How often an incident was seen in a channel since then."""
    given = {"team": team, "channel": channel, "incident": incident, "since": since}
    return int(connection.execute(COUNT, given).scalar_one())


def elsewhere(connection: Connection, team: str, channel: str, marks: Marks, since: float) -> int:
    """At how many other domains the same cause was seen in this channel since then."""
    given = {"team": team, "channel": channel, "cause": marks.cause, "domain": marks.domain, "since": since}
    return int(connection.execute(ELSEWHERE, given).scalar_one())


def seen(connection: Connection, thread: tuple[str, str, str], day: float) -> Seen | None:
    """The history of the cause of a thread's case; None where it was not marked."""
    team, channel, ts = thread
    own = select(cases.c.cause).where(cases.c.team == team, cases.c.channel == channel, cases.c.thread == ts)
    cause = connection.execute(own).scalar() or ""
    here = (sightings.c.team == team, sightings.c.channel == channel, sightings.c.cause == cause)
    times, since = connection.execute(select(func.count(), func.min(sightings.c.seen_at)).where(*here)).one()
    if not cause or not times:
        return None
    lately = connection.execute(select(func.count()).select_from(sightings).where(*here, sightings.c.seen_at >= day))
    solved = (
        select(cases.c.thread, cases.c.fixed_ts)
        .where(cases.c.team == team, cases.c.channel == channel, cases.c.cause == cause, cases.c.thread != ts)
        .where(cases.c.status == "solved", cases.c.fixed_ts != "")
        .order_by(cases.c.moved_at.desc())
        .limit(1)
    )
    fixed = connection.execute(solved).first()
    return Seen(times, since, lately.scalar_one(), fixed.thread if fixed else "", fixed.fixed_ts if fixed else "")
