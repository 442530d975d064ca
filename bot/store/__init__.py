"""The database, and the only room with SQL: claims on answers, and cases. It never holds what people wrote."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

import msgspec

from bot.store import cases, channels, claims, forgetting, reminders, sightings, watermarks
from bot.store.cases import Asked, Kept, Unsolved
from bot.store.channels import Chosen
from bot.store.claims import Claim
from bot.store.errors import DatabaseAway, StoreError
from bot.store.keys import key_of
from bot.store.opening import checkpoint, open_engine, touch
from bot.store.reminders import Marked, Reminder
from bot.store.sightings import Marks, Seen
from bot.store.transactions import Transactions
from bot.store.trends import Trends, Weekly
from bot.terms import Case, Progress

__all__ = [
    "LEASE",
    "Asked",
    "Chosen",
    "Claim",
    "DatabaseAway",
    "Kept",
    "Marked",
    "Marks",
    "Reminder",
    "Seen",
    "Store",
    "StoreError",
    "Trends",
    "Unsolved",
    "Weekly",
]

# What rows become: worked out while the module is imported (bot.slack.door says why), not by two threads at once.
READY = tuple(map(msgspec.json.Decoder, (Case, Claim, Chosen, Progress)))
# A claim is free for others this long after its owner last gave a sign of life (bot.delivery.upkeep).
LEASE = 60.0
# How long rows are kept unless the settings say otherwise (SMTP_BOT_RETENTION_DAYS).
DAYS = 180


class Store:
    """Claims and cases, safe between threads and processes. Every method raises StoreError where the database fails."""

    def __init__(
        self,
        url: str,
        *,
        clock: Callable[[], float] = time.time,
        owner: str = "",
        lease: float = LEASE,
        days: int = DAYS,
    ) -> None:
        self._engine = open_engine(url)
        self.lease = lease
        self.key = key_of(self._engine)
        self._clock = clock
        transactions = Transactions(self._engine)
        self._begin, self.together = transactions.begin, transactions.together
        self.trends = Trends(self._begin, clock, days)
        self._owner = owner or secrets.token_hex(8)

    def claim(self, team: str, channel: str, ts: str, thread: str, kind: str, *, asker: str = "") -> Claim | None:
        """The right to answer the message ``ts``, for ``lease`` seconds; None where it is answered or somebody's."""
        message = claims.Message(team, channel, ts, thread, kind, asker[:40])
        with self._begin() as connection:
            return claims.claim(connection, message, self._owner, self._clock(), self.lease)

    def posted(self, claim: Claim, posted_ts: str) -> None:
        """Closes a claim: its answer is the message ``posted_ts``."""
        with self._begin() as connection:
            claims.end(connection, claim, self._owner, "posted", posted_ts)

    def failed(self, claim: Claim) -> None:
        """Closes a claim whose answer Slack refuses for good."""
        with self._begin() as connection:
            claims.end(connection, claim, self._owner, "failed", "")

    def passed(self, claim: Claim) -> None:
        """Closes a claim whose message turned out to call for no answer."""
        with self._begin() as connection:
            claims.end(connection, claim, self._owner, "passed", "")

    def release(self, claim: Claim) -> None:
        """Gives a claim back, to be taken by whoever sees the message next."""
        with self._begin() as connection:
            claims.release(connection, claim, self._owner, self._clock())

    def expired(self, most: int = 200) -> list[Claim]:
        """Claims whose owner is gone, the oldest first; ``claim`` takes one of them over."""
        with self._begin() as connection:
            return claims.expired(connection, self._clock(), most)

    def exhausted(self) -> list[Claim]:
        """Closes the claims that ended too many processes, as failed; those claims."""
        with self._begin() as connection:
            return claims.exhausted(connection, self._clock())

    def backlog(self) -> tuple[int, float]:
        """How many messages are claimed and not answered yet, and for how many seconds the oldest of them waits."""
        with self._begin() as connection:
            count, oldest = claims.backlog(connection)
        return count, max(0.0, self._clock() - oldest) if count else 0.0

    def writable(self) -> None:
        """Raises StoreError where the database cannot be written now."""
        with self._begin() as connection:
            touch(connection)

    def stale(self, claim: Claim) -> bool:
        """Whether a claim's lease is half over: time to look whether it is still this process's."""
        return self._clock() > claim.lease - self.lease / 2

    def renew(self, ids: list[int]) -> set[int]:
        """Prolongs claims of this process; gives the ids of those that still are its own."""
        with self._begin() as connection:
            return claims.renew(connection, ids, self._owner, self._clock() + self.lease)

    def begin(self, team: str, channel: str, at: float, *, anew: bool = False) -> tuple[float, float]:
        """Since when and how far a channel was read (since 1970); ``at`` where it is new, or begins ``anew``."""
        with self._begin() as connection:
            return watermarks.begin(connection, (team, channel), at, anew=anew)

    def reach(self, places: list[tuple[str, str]], at: float) -> None:
        """Notes that channels (team, id) were read up to ``at``."""
        with self._begin() as connection:
            watermarks.reach(connection, places, at)

    def threads(self, team: str, since: float, most: int = 100) -> list[tuple[str, str]]:
        """The threads (channel, ts) whose cases something has happened to since then, the latest first."""
        with self._begin() as connection:
            return watermarks.threads(connection, team, since, most)

    def withdraw(self, claim: Claim) -> None:
        """Forgets a claim whose answer was not posted, as if it had never been made."""
        with self._begin() as connection:
            claims.withdraw(connection, claim, self._owner)

    def keep(
        self, team: str, channel: str, thread: str, case: Case, card_ts: str, *, marks: tuple[str, str] = ("", "")
    ) -> None:
        """Makes ``case`` the case of a thread, without its values and quote; ``card_ts`` is where these are.

        ``marks`` are the keyed hashes of its cause and incident.
        """
        with self._begin() as connection:
            cases.keep(connection, (team, channel, thread), case, card_ts, self._clock(), marks=marks)

    def case(self, team: str, channel: str, thread: str) -> Kept | None:
        """The case of a thread, or None."""
        with self._begin() as connection:
            return cases.case(connection, (team, channel, thread))

    def move(self, team: str, channel: str, thread: str, seen: Progress, new: Progress) -> bool:
        """Moves a case on from where it was seen; False where somebody else has moved it meanwhile."""
        with self._begin() as connection:
            return cases.move(connection, (team, channel, thread), seen, new, self._clock())

    def point(self, team: str, channel: str, thread: str, fixed_ts: str) -> None:
        """Keeps which message says what fixed a case."""
        with self._begin() as connection:
            cases.point(connection, (team, channel, thread), fixed_ts)

    def use(self, team: str, channel: str, thread: str) -> None:
        """Notes that people have used the card of a thread's case."""
        with self._begin() as connection:
            cases.use(connection, (team, channel, thread))

    def answered(self, team: str, channel: str, ts: str) -> str:
        """The ts of what was posted for a message, "" where nothing was."""
        with self._begin() as connection:
            return claims.answered(connection, team, channel, ts)

    def claimed(self, team: str, channel: str, stamps: list[str]) -> set[str]:
        """Which of the messages of a channel with these stamps somebody has claimed, whatever became of that."""
        with self._begin() as connection:
            return claims.claimed(connection, team, channel, stamps)

    def unsolved(self, team: str, *channels: str, most: int = 20) -> tuple[Unsolved, ...]:
        """The cases of channels that nobody has solved, the oldest first."""
        with self._begin() as connection:
            return cases.unsolved(connection, team, channels, most)

    def asked(self, team: str, asker: str, days: float = 30.0, most: int = 20) -> tuple[Asked, ...]:
        """The cases that somebody's messages opened in the last days, the latest first."""
        with self._begin() as connection:
            return cases.asked(connection, team, asker, self._clock() - days * 86_400, most)

    def sight(self, place: tuple[str, str, str, str], marks: Marks) -> None:
        """Notes that a bounce was seen in a message (team, channel, thread, ts), once."""
        with self._begin() as connection:
            sightings.sight(connection, place, marks, self._clock())

    def resight(self, place: tuple[str, str, str, str], marks: Marks) -> None:
        """Notes that an edited message (team, channel, thread, ts) holds another bounce than was seen in it."""
        with self._begin() as connection:
            sightings.resight(connection, place, marks)

    def first_thread(self, place: tuple[str, str, str, str], incident: str, since: float) -> str:
        """The thread of an incident since then, another than this one: the first open, else that solved last, or ""."""
        with self._begin() as connection:
            return sightings.first_thread(connection, place, incident, since)

    def count(self, team: str, channel: str, incident: str, since: float) -> int:
        """How often an incident was seen in a channel since then."""
        with self._begin() as connection:
            return sightings.count(connection, team, channel, incident, since)

    def elsewhere(self, team: str, channel: str, marks: Marks, since: float) -> int:
        """At how many other domains the same cause was seen in this channel since then."""
        with self._begin() as connection:
            return sightings.elsewhere(connection, team, channel, marks, since)

    def seen(self, team: str, channel: str, thread: str, day: float) -> Seen | None:
        """The history of the cause of a thread's case; None where it was not marked."""
        with self._begin() as connection:
            return sightings.seen(connection, (team, channel, thread), day)

    def chosen(self, team: str, channel: str, thread: str = "") -> dict[str, Chosen]:
        """What a channel chose (under "") and somebody for one of its threads (under its ts), where they did."""
        with self._begin() as connection:
            return channels.chosen(connection, team, channel, thread)

    def choose(self, where: tuple[str, str, str], choice: Chosen) -> None:
        """Makes a choice the one of its place: team, channel, and thread or ""."""
        with self._begin() as connection:
            channels.choose(connection, where, choice, self._clock())

    def greet(self, team: str, channel: str) -> bool:
        """Notes that a channel is greeted now; False where it was before."""
        with self._begin() as connection:
            return channels.greet(connection, (team, channel, ""), self._clock())

    def remind(self, team: str, channel: str, thread: str, reminder: Reminder) -> None:
        """Keeps a reminder of a thread."""
        with self._begin() as connection:
            reminders.remind(connection, (team, channel, thread), reminder)

    def due(self, team: str, channel: str, thread: str, after: float) -> tuple[Reminder, ...]:
        """The reminders of a thread that are still to come."""
        with self._begin() as connection:
            return reminders.due(connection, (team, channel, thread), after)

    def drop(self, team: str, channel: str, thread: str, scheduled: str) -> None:
        """Forgets a reminder."""
        with self._begin() as connection:
            reminders.drop(connection, (team, channel, thread), scheduled)

    def mark(self, place: tuple[str, str, str, str], user: str, kind: str, entry: str) -> None:
        """Keeps what a person said of the answer in a message (team, channel, thread, ts): right, wrong or unknown."""
        with self._begin() as connection:
            reminders.mark(connection, place, user, (kind, entry), self._clock())

    def marked(self, team: str, channel: str, most: int = 20) -> tuple[Marked, ...]:
        """What was not recognised or marked wrong in a channel, the latest first."""
        with self._begin() as connection:
            return reminders.marked(connection, team, channel, most)

    def purge(self, days: int) -> int:
        """Forgets what nothing has happened to for ``days``; how many rows that were."""
        with self._begin() as connection:
            before = self._clock() - days * 86_400
            return forgetting.purge(connection, before)

    def held(self, channels: list[str], users: list[str]) -> dict[str, int]:
        """How many rows of each table are of these channels or name these people; tables without any are left out."""
        with self._begin() as connection:
            return dict(forgetting.held(connection, channels, users))

    def scheduled(self, channels: list[str], users: list[str]) -> list[tuple[str, str]]:
        """The reminders (channel, id at Slack's) still to come of these channels and for these people."""
        with self._begin() as connection:
            return forgetting.scheduled(connection, channels, users, self._clock())

    def forget(self, channels: list[str], users: list[str]) -> None:
        """Deletes the rows of these channels and about these people, and takes these people out of all others."""
        with self._begin() as connection:
            forgetting.forget(connection, channels, users)
        with self._begin() as connection:
            checkpoint(connection, whole=True)

    def settle(self) -> None:
        """Moves what was written of late to its place on the disk, so that no commit has to."""
        with self._begin() as connection:
            checkpoint(connection)

    def close(self) -> None:
        """Closes the connections."""
        self._engine.dispose()
