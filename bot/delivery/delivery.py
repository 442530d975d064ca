"""The use case: claim a message, answer it, post the answer once, record it. Everything that posts goes through here.

What another process left is in resume.py, what was written while nobody listened in sweep.py.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import msgspec
from slack_sdk import WebClient

from bot import cards, conversation
from bot.answer import Ours, explain
from bot.cards.repeats import added
from bot.checks import Lookup
from bot.delivery import looking, repeats
from bot.delivery.channels import Channels, Room
from bot.delivery.errors import Undeliverable, Undelivered
from bot.delivery.fetching import FetchError
from bot.delivery.files import Files, Heard
from bot.delivery.holding import Holding
from bot.delivery.jobs import Follow, Job, Press
from bot.delivery.links import link
from bot.delivery.memory import Memory, Recall
from bot.delivery.outbox import Outbox
from bot.delivery.people import People
from bot.delivery.posted import Posted, decide
from bot.delivery.posting import Place, Poster
from bot.delivery.report import Report
from bot.delivery.roots import Roots
from bot.delivery.switches import Switches
from bot.delivery.threads import Known, Thread, Threads
from bot.delivery.work import NOTHING_RECOGNISED, Work, wants_help, work_for
from bot.meter import Meter
from bot.store import Claim, Kept, Store
from bot.terms import Answer, Case, Message, Say
from catalogue import Catalogue


class Delivery:
    """Answers, once each. ``channels`` and ``apps`` are what the settings name; ``client`` must not retry by itself."""

    def __init__(
        self,
        catalogue: Catalogue,
        store: Store,
        client: WebClient,
        *,
        channels: tuple[str, ...],
        apps: tuple[str, ...] = (),
        ours: Ours | None = None,
        queue: str = "",
        incident_hours: int = 24,
        lookup: Lookup | None = None,
        most_bytes: int = 10_000_000,
        contact: str = "",
        meter: Meter | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.catalogue, self.store, self.client, self.ours = catalogue, store, client, ours or Ours()
        self.named, self._apps, self._queue, self.lookup = channels, frozenset(apps), queue, lookup
        self.channels, self.people = Channels(client, channels, clock=clock), People(client, clock=clock)
        self.switches = Switches(store, self.channels, self.people)
        self.threads, self.roots = Threads(client, store, clock=clock), Roots(client, self._apps, clock=clock)
        self.memory = Memory(store, hours=incident_hours)
        self.followed: list[Follow] = []
        self.poster = Poster(client, clock=clock, sleep=sleep)
        self.contact, self.files = contact, Files(client, most_bytes, clock=clock, sleep=sleep)
        self.holding, self.report = Holding(store), Report(meter or Meter(), clock)
        self.outbox = Outbox(store, self.poster, self.holding, self.report)

    def admit(self, posted: Posted) -> Job | None:
        """Claims a message that calls for an answer, before its event is acknowledged; None: nothing to do here.

        Ordinary chat ends after one scan of its text. Raises StoreError, or what the Web API raised when Slack could
        not say a channel's name: the event must then not be acknowledged.
        """
        judged = self.judged(posted)
        if judged is None:
            self.report.silent()
            return None
        work, known = judged
        claim = self.store.claim(posted.team, posted.channel, posted.ts, posted.thread, work.kind, asker=posted.user)
        self.report.heard(claim)
        return Job(claim, posted, work, known, self.report.now()) if claim else None

    def reads(self, team: str, channel: str, name: str, *, shared: bool = False) -> bool:
        """Whether a channel of this id and name is one that is read: by the settings, or by its people's choice.

        One that is ``shared`` with other companies is read only where its people chose so.
        """
        chosen = self.store.chosen(team, channel).get("")
        room = Room(channel, name.lower(), shared)
        return (self.channels.named(room) and not shared) or (chosen is not None and chosen.watch == "on")

    def joined(self, team: str, channel: str, at: float) -> None:
        """The bot came to a channel: nothing from before that is for it."""
        self.store.begin(team, channel, at, anew=True)

    def judged(self, posted: Posted) -> tuple[Work, Known | None] | None:
        """What a message calls for, and its thread's case; None: silence. Raises as ``admit`` does."""
        purpose = decide(posted, self._apps)
        if purpose == "ignore":
            return None
        thread = Thread(posted.team, posted.channel, posted.thread)
        known = self.threads.find(thread) if posted.in_thread else None
        work = work_for(posted, purpose, known.case if known else None, self.catalogue, self.ours)
        if work is None or ((purpose == "read" or posted.foreign) and not self._reads(posted, thread, known)):
            return None
        return work, known

    def _reads(self, posted: Posted, thread: Thread, known: Known | None) -> bool:
        """Whether a message that is not addressed to the bot is read where it stands; never in another bot's thread."""
        where = (thread.team, thread.channel, posted.thread_ts, posted.ts)
        read = self.switches.reads(*where, known=known is not None, shared=posted.shared)
        return read and (known is not None or not posted.in_thread or self.roots.open(thread))

    def deliver(self, job: Job) -> None:
        """Posts the answer of a claimed message in its thread, and records it.

        Raises Undelivered where Slack takes too long: the claim is then free for the next who sees the message.
        """
        thread = Thread(job.posted.team, job.posted.channel, job.posted.thread)
        opened = self._opened(job) if job.work.files else job
        if opened is None:
            return
        job = opened
        recall = self.memory.recalled(thread, job)
        if recall and recall.flood and repeats.count(self.client, thread, job.posted.ts, recall):
            with self.store.together():
                self.memory.noted(thread, job)
                self.store.posted(job.claim, "")
            return
        before = self.store.case(thread.team, thread.channel, thread.ts) if job.known else None
        message, case = self.message(job, thread, recall, before)
        place = Place(job.posted.channel, job.posted.thread, job.posted.ts)
        noted = partial(self.memory.noted, thread, job)
        try:
            self._post(job.claim, place, message, case, noted, since=job.since, late=job.late)
        except Undeliverable:
            return
        if before and job.work.answer and job.work.answer.causes:
            for follow in self.followed:
                follow(thread, before, job.posted.user, same=case is None)
        if job.work.kind == "followup":
            self.store.use(thread.team, thread.channel, thread.ts)
        if job.work.answer is not None and not job.work.answer.causes:
            self.report.unrecognised()
            where = (thread.team, thread.channel, thread.ts, job.posted.ts)
            self.store.mark(where, job.posted.user, "unknown", "")

    def _opened(self, job: Job) -> Job | None:
        """The job once its files are read; None where that leaves nothing to say, and the claim is closed."""
        posted, asked = job.posted, job.posted.mention or job.posted.direct
        try:
            heard = self.files.hear(posted, job.work, asked=asked, catalogue=self.catalogue, ours=self.ours)
        except FetchError:
            self.store.release(job.claim)
            raise Undelivered from None
        if heard.work is not None and heard.work.kind == "reacted" and heard.work.note:
            heard = Heard(None, heard.work.note)
        if heard.aside:
            self.poster.whisper(Place(posted.channel, posted.thread_ts, ""), posted.user, cards.notice(heard.aside))
        if heard.work is None:
            self.store.passed(job.claim)
            return None
        return msgspec.structs.replace(job, work=heard.work)

    def message(
        self, job: Job, thread: Thread, recall: Recall | None, before: Kept | None
    ) -> tuple[Message, Case | None]:
        """What to post for a job, and the case that its card opens."""
        if job.work.note:
            return cards.notice(job.work.note), None
        if job.work.kind == "help":
            return cards.help(self.named), None
        if job.work.answer is not None and job.known is not None and job.work.answer.causes:
            return self._compared(job.work.answer, thread, job.known, before)
        if job.work.answer is not None and recall and recall.thread:
            case = conversation.case_of(job.work.answer, self.catalogue.version)
            return repeats.short(self.client, thread, recall, case, self.catalogue), case
        if job.work.answer is not None:
            message, opened = self._card(job.work.answer)
            return added(message, repeats.elsewhere(recall)), opened
        assert job.known is not None
        case = self.threads.whole(thread, job.known)
        say = conversation.reply(case, job.posted.text, self.catalogue, named=True, facts=self.facts(thread, case))
        assert say is not None
        return self._said(say, case, shareable=False), None

    def facts(self, thread: Thread, case: Case) -> conversation.Facts:
        """What is known beside a case: whose queue it is, and what the channel has seen of its cause."""
        seen = self.memory.facts(thread, lambda of, ts: link(self.client, of, ts))
        return msgspec.structs.replace(seen, queue=self._queue)

    def private(self, text: str) -> Message:
        """The answer to ``/smtp`` or a shortcut, for the asker alone."""
        if wants_help(text):
            return cards.help(self.named)
        return self.shown(explain(text, "asked", self.catalogue, self.ours))

    def shown(self, answer: Answer, *, thread: str = "") -> Message:
        """An answer for one person alone; ``thread`` is where its card can be posted instead of in the channel."""
        self.report.private(answer)
        if not answer.causes:
            return self._card(answer)[0]
        case = conversation.case_of(answer, self.catalogue.version)
        return cards.private(answer, self.catalogue, case, thread=thread)

    def ask(self, thread: Thread, case: Case, intent: str) -> Message:
        """The answer to a button that asks, for the one who pressed it."""
        if intent == "cause":
            return cards.cause_card(case, self.catalogue)
        return self._said(
            conversation.ask(case, intent, self.catalogue, facts=self.facts(thread, case)), case, shareable=True
        )

    def _said(self, say: Say, case: Case, *, shareable: bool) -> Message:
        """An answer as a message, with [Check DNS] where that is switched on and helps."""
        look = say.intent == "steps" and bool(self.lookup and looking.wanted(case, say.about, self.catalogue))
        return cards.say(say, case, shareable=shareable, look=look)

    def publish(self, press: Press, case: Case) -> bool:
        """Posts a card that only its asker saw to the channel, where it is a case like any other.

        False where the same button did so before. Raises Undeliverable (no member, no such channel) and Undelivered.
        """
        claim = self.store.claim(press.team, press.channel, press.key, "", "publish", asker=press.user)
        if claim is None:
            return False
        case = msgspec.structs.replace(case, asker=press.user)
        message = cards.case_card(case, self.catalogue, asker=press.user)
        self._post(claim, Place(press.channel, press.thread, press.key), message, case)
        return True

    def share(self, press: Press, case: Case, intent: str) -> bool:
        """Posts an answer that only its asker saw in the thread; False where the same button did so before."""
        claim = self.store.claim(press.team, press.channel, press.key, press.thread, "share")
        if claim is None:
            return False
        thread = Thread(press.team, press.channel, press.thread)
        say = conversation.ask(case, intent, self.catalogue, facts=self.facts(thread, case))
        place = Place(press.channel, press.thread, press.key)
        self._post(claim, place, self._said(say, case, shareable=False), None)
        return True

    def _compared(self, of: Answer, thread: Thread, known: Known, before: Kept | None) -> tuple[Message, Case | None]:
        """A bounce in a thread with a case: the same reply again, or a new card that says how it differs."""
        old, new = self.threads.whole(thread, known), conversation.case_of(of, self.catalogue.version)
        solved = before.progress if before and before.status == "solved" else None
        say = conversation.compared(old, new, self.catalogue, solved=solved is not None)
        if say is not None and len(of.causes) == 1:
            return repeats.back(self.client, thread, solved, self._said(say, new, shareable=False)), None
        message, case = self._card(of)
        return added(message, conversation.difference(old, new, self.catalogue, solved=solved is not None)), case

    def _card(self, answer: Answer) -> tuple[Message, Case | None]:
        if not answer.causes:
            near = answer.nearest
            return cards.found(answer.query, near) if near else cards.notice(NOTHING_RECOGNISED), None
        case = conversation.case_of(answer, self.catalogue.version)
        return cards.card(answer, self.catalogue, case), case

    def _post(
        self,
        claim: Claim,
        place: Place,
        message: Message,
        case: Case | None,
        noted: Callable[[], tuple[str, str]] = lambda: ("", ""),
        *,
        since: float = 0.0,
        late: bool = False,
    ) -> None:
        ts = self.outbox.post(claim, place, message, late=late)
        with self.store.together():
            if case is not None:
                self.threads.keep(Thread(claim.team, claim.channel, place.thread or ts), case, ts, noted())
            self.store.posted(claim, ts)
        self.report.posted(claim, case, since)
