"""The cases: what a thread's card said, in codes and ids, so that a question is understood after a restart."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, Executable, Row, and_, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import answers, cases
from bot.terms import Case, Progress

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
# What a list of cases shows of each.
LISTED = (
    "thread", "channel", "entry", "reply", "enhanced", "incident", "opened_at", "moved_at",
    "status", "owner", "moved_by", "before", "fixed_ts",
)  # fmt: skip


class Kept(msgspec.Struct, frozen=True):
    """A thread's case as the database knows it: without values and quote, which the card at ``card_ts`` carries."""

    case: Case
    card_ts: str
    progress: Progress
    used: bool = False

    @property
    def status(self) -> str:
        """Where the case stands."""
        return self.progress.status


class Unsolved(msgspec.Struct, frozen=True):
    """A case that nobody has solved, in its channel: its thread, entry, codes, where it stands and since when."""

    thread: str
    entry: str
    reply: str
    enhanced: str
    progress: Progress
    opened_at: float
    channel: str = ""


class Asked(msgspec.Struct, frozen=True):
    """A case that a person's message opened: where, its entry, how it stands, and when they asked."""

    channel: str
    thread: str
    entry: str
    progress: Progress
    at: float


FRESH = {"status": "open", "owner": "", "moved_by": "", "moved_at": 0.0, "before": "", "fixed_ts": "", "used": 0}
KEPT = (*STORED, "card_ts", "changed_at", *FRESH, "cause", "incident")


def keeping(dialect: str) -> Executable:
    """Puts a case in, or in the place of the one before; built once: it runs with every card."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    new = insert(cases).values({name: bindparam(name) for name in ("team", "channel", "thread", "opened_at", *KEPT)})
    set_ = {name: new.excluded[name] for name in KEPT}
    return new.on_conflict_do_update(index_elements=["team", "channel", "thread"], set_=set_)


KEEP = {dialect: keeping(dialect) for dialect in ("sqlite", "postgresql")}


def keep(
    connection: Connection,
    thread: tuple[str, str, str],
    case: Case,
    card_ts: str,
    now: float,
    *,
    marks: tuple[str, str] = ("", ""),
) -> None:
    """Makes a case the one of its thread (team, channel, ts); a later card in the same thread takes its place.

    ``marks`` are the keyed hashes of its cause and incident.
    """
    team, channel, ts = thread
    place = {"team": team, "channel": channel, "thread": ts, "opened_at": now}
    values = {name: getattr(case, name) for name in STORED} | {"card_ts": card_ts, "changed_at": now} | FRESH
    connection.execute(KEEP[connection.dialect.name], place | values | {"cause": marks[0], "incident": marks[1]})


def case(connection: Connection, thread: tuple[str, str, str]) -> Kept | None:
    """The case of a thread; None where there is no card of ours."""
    team, channel, ts = thread
    found = select(cases).where(cases.c.team == team, cases.c.channel == channel, cases.c.thread == ts)
    row = connection.execute(found).first()
    if row is None:
        return None
    stored = {name: row._mapping[name] for name in STORED}
    return Kept(msgspec.convert(stored, Case), row.card_ts, progress(row), bool(row.used))


def progress(row: Row[tuple[object, ...]]) -> Progress:
    """Where a case stands, from its row."""
    m = row._mapping
    moved = {"by": m["moved_by"], "at": m["moved_at"], "fixed": m["fixed_ts"]}
    return msgspec.convert({"status": m["status"], "owner": m["owner"], "before": m["before"], **moved}, Progress)


def move(connection: Connection, thread: tuple[str, str, str], seen: Progress, new: Progress, now: float) -> bool:
    """Moves a case from where it was seen to where it goes; False where somebody else has moved it meanwhile."""
    team, channel, ts = thread
    changed = (
        update(cases)
        .where(cases.c.team == team, cases.c.channel == channel, cases.c.thread == ts)
        .where(cases.c.status == seen.status, cases.c.owner == seen.owner, cases.c.moved_at == seen.at)
        .values(
            status=new.status,
            owner=new.owner,
            moved_by=new.by,
            moved_at=new.at,
            before=new.before,
            fixed_ts=new.fixed,
            used=1,
            changed_at=now,
        )
    )
    return connection.execute(changed).rowcount == 1


def point(connection: Connection, thread: tuple[str, str, str], fixed_ts: str) -> None:
    """Keeps which message says what fixed a case."""
    team, channel, ts = thread
    here = (cases.c.team == team, cases.c.channel == channel, cases.c.thread == ts)
    connection.execute(update(cases).where(*here).values(fixed_ts=fixed_ts))


def use(connection: Connection, thread: tuple[str, str, str]) -> None:
    """Notes that people have used a case's card: from now on it is not changed under their eyes."""
    team, channel, ts = thread
    here = (cases.c.team == team, cases.c.channel == channel, cases.c.thread == ts)
    connection.execute(update(cases).where(*here, cases.c.used == 0).values(used=1))


def unsolved(connection: Connection, team: str, channels: Sequence[str], most: int) -> tuple[Unsolved, ...]:
    """The cases of channels that nobody has solved, the oldest first."""
    found = (
        select(*(cases.c[name] for name in LISTED))
        .where(cases.c.team == team, cases.c.channel.in_(channels), cases.c.status != "solved")
        .order_by(cases.c.opened_at)
        .limit(most * 20)
    )
    ended = (
        select(cases.c.channel, cases.c.incident, func.max(cases.c.moved_at))
        .where(cases.c.team == team, cases.c.channel.in_(channels), cases.c.status == "solved", cases.c.incident != "")
        .group_by(cases.c.channel, cases.c.incident)
    )
    solved = {(channel, incident): at for channel, incident, at in connection.execute(ended)}
    first: dict[tuple[str, str], Unsolved] = {}
    with connection.execute(found) as rows:
        for row in rows:
            # One incident in several threads is one case: the first; and solved in one of them, it is solved in all.
            key = (row.channel, row.incident or row.thread)
            if key in first or max(row.opened_at, row.moved_at) <= solved.get((row.channel, row.incident), 0.0):
                continue
            codes = (row.entry, row.reply, row.enhanced)
            first[key] = Unsolved(row.thread, *codes, progress(row), row.opened_at, row.channel)
            if len(first) == most:
                break
    return tuple(first.values())


def asked(connection: Connection, team: str, asker: str, since: float, most: int) -> tuple[Asked, ...]:
    """The cases that somebody's messages opened since then, the latest first."""
    card = (answers.c.team == cases.c.team, answers.c.channel == cases.c.channel)
    found = (
        select(cases, answers.c.claimed_at)
        .join(answers, and_(*card, answers.c.posted_ts == cases.c.card_ts))
        .where(answers.c.team == team, answers.c.asker == asker, answers.c.claimed_at > since)
        .order_by(answers.c.claimed_at.desc())
        .limit(most)
    )
    return tuple(
        Asked(row.channel, row.thread, row.entry, progress(row), row.claimed_at) for row in connection.execute(found)
    )
