"""Remembers what a channel has seen: the same incident again, the same cause elsewhere, what fixed it last time."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from bot.conversation import Facts
from bot.delivery.jobs import Job
from bot.delivery.threads import Thread
from bot.masking import mask, normalise
from bot.store import Kept, Marks, Store
from bot.terms import Cause, Diagnosis
from bot.trends.values import Sort

HOUR, DAY, WEEK = 3_600.0, 86_400.0, 7 * 86_400.0
# From this many within an hour on, an incident gets a reaction and a count instead of another card.
FLOOD = 4
# Whose bounces are about one address: another recipient is another incident.
PERSONAL = frozenset(("author", "recipient"))


class Recall(msgspec.Struct, frozen=True):
    """What is known of an incident: the first thread within a day ("" if new) and its case, how often in an hour."""

    marks: Marks
    thread: str = ""
    kept: Kept | None = None
    hour: int = 1
    elsewhere: int = 0

    @property
    def flood(self) -> bool:
        """Whether one more card would be noise; what comes back after it was solved is none."""
        return self.kept is not None and self.kept.status != "solved" and self.hour >= FLOOD


class Memory:
    """What the channel has seen; nothing crosses channels. ``hours`` is how long an incident is the same, 0: never."""

    def __init__(self, store: Store, *, hours: int = 24, clock: Callable[[], float] = time.time) -> None:
        self._store, self._hours, self._clock = store, hours, clock

    def marks(self, d: Diagnosis) -> Marks:
        """The keyed hashes of a bounce; they say nothing to who has no key."""
        found = d.finding
        domain = (found.recipient or "").rpartition("@")[2].lower()
        cause = self._keyed("cause", d.entry.id, normalise(mask(found.words or found.evidence)))
        who = (found.recipient or "").lower() if d.actor in PERSONAL else ""
        places = sorted({domain, found.values.domain.lower(), found.values.ip})
        return Marks(
            cause, self._keyed("incident", cause, who, *places), self._keyed("domain", domain) if domain else ""
        )

    def recalled(self, thread: Thread, job: Job) -> Recall | None:
        """What the channel has seen of a bounce that opens a thread's case; None for any other job."""
        answer = job.work.answer
        if answer is None or not answer.causes or job.work.kind != "bounce" or job.known is not None:
            return None
        return self.recall(thread, job.posted.ts, answer.causes)

    def recall(self, thread: Thread, ts: str, causes: tuple[Cause, ...]) -> Recall:
        """What came before the first of a message's causes in this channel; only reads, so that a card comes soon."""
        marks, now = self.marks(causes[0].diagnosis), self._clock()
        place = (thread.team, thread.channel, thread.ts, ts)
        with self._store.together():
            first = self._store.first_thread(place, marks.incident, now - self._hours * HOUR) if self._hours else ""
            kept = self._store.case(thread.team, thread.channel, first) if first else None
            before = self._store.count(thread.team, thread.channel, marks.incident, now - HOUR) if kept else 0
            elsewhere = self._store.elsewhere(thread.team, thread.channel, marks, now - WEEK)
        return Recall(marks, first if kept else "", kept, before + 1, elsewhere)

    def noted(self, thread: Thread, job: Job) -> tuple[str, str]:
        """Notes what a job's card is about; the hashes (cause, incident), ("", "") where the bot was only asked."""
        answer = job.work.answer
        if answer is None or not answer.causes:
            return "", ""
        if job.work.kind != "bounce":
            # Where the bot reads no history, people paste their bounces behind its name: the week counts these too.
            place = (thread.team, thread.channel, thread.ts, job.posted.ts)
            self._store.trends.tally(place, tally(() if job.posted.direct else pasted(answer.causes)).items())
            return "", ""
        return self.note(thread, job.posted.ts, answer.causes)

    def note(self, thread: Thread, ts: str, causes: tuple[Cause, ...], *, edited: bool = False) -> tuple[str, str]:
        """Notes a message's causes, of one that was ``edited`` in the place of those before; cause and incident."""
        marks, place = self.marks(causes[0].diagnosis), (thread.team, thread.channel, thread.ts, ts)
        if edited:
            self._store.resight(place, marks)
        else:
            self._store.sight(place, marks)
            self._store.trends.tally(place, tally(causes).items())
        return marks.cause, marks.incident

    def facts(self, thread: Thread, link: Callable[[Thread, str], str]) -> Facts:
        """The history of a thread's cause; ``link`` makes the address of the message that says what fixed it."""
        seen = self._store.seen(thread.team, thread.channel, thread.ts, self._clock() - DAY)
        kept = self._store.case(thread.team, thread.channel, thread.ts)
        solved = kept is not None and kept.status == "solved"
        if seen is None:
            return Facts(solved=solved)
        since = datetime.fromtimestamp(seen.since, UTC).strftime("%Y-%m-%d %H:%M UTC")
        fixed = link(Thread(thread.team, thread.channel, seen.fixed_thread), seen.fixed_ts) if seen.fixed_ts else ""
        return Facts(seen=seen.times, since=since, today=seen.day, fixed=fixed, solved=solved)

    def _keyed(self, *parts: str) -> str:
        return hmac.new(self._store.key, "\0".join(parts).encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]


def pasted(causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """The causes that a reply's code and its words tell of; a question about a code alone is no bounce."""
    return tuple(
        cause for cause in causes if cause.diagnosis.finding.reply and cause.diagnosis.basis in ("provider", "words")
    )


def tally(causes: tuple[Cause, ...]) -> dict[Sort, int]:
    """How many bounces of each cause a message holds; replies that differ in words only are one cause."""
    counts: dict[Sort, int] = {}
    for cause in causes:
        sort = (cause.diagnosis.entry.id, cause.diagnosis.provider)
        counts[sort] = counts.get(sort, 0) + cause.count
    return counts
