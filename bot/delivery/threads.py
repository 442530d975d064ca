"""The cases of threads: from memory, from the database, and what these do not hold from the card itself."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec
import structlog
from slack_sdk import WebClient

from bot.cards import actions
from bot.delivery.errors import code_of
from bot.delivery.paging import message_at
from bot.delivery.posting import FAILURES
from bot.delivery.recent import Recent
from bot.store import Store
from bot.terms import Case

# How long a thread without a card counts as such: another instance may put one there.
STRANGERS_KEPT = 15.0
CASES, CASES_KEPT = 2_000, 86_400.0

log = structlog.get_logger("bot.delivery")


class Thread(msgspec.Struct, frozen=True):
    """A thread in Slack."""

    team: str
    channel: str
    ts: str


class Known(msgspec.Struct, frozen=True):
    """A thread's case; ``whole`` where it has the values and the quote that the database does not hold."""

    case: Case
    card_ts: str
    whole: bool


class Threads:
    """Which threads hold a card of ours, and its case."""

    def __init__(self, client: WebClient, store: Store, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._client, self._store = client, store
        self._known: Recent[Thread, Known] = Recent(CASES, CASES_KEPT, clock)
        self._strangers: Recent[Thread, bool] = Recent(10_000, STRANGERS_KEPT, clock)

    def find(self, thread: Thread) -> Known | None:
        """The case of a thread, perhaps without its values: from memory, or by one read; raises StoreError."""
        if (known := self._known.get(thread)) or self._strangers.get(thread):
            return known
        kept = self._store.case(thread.team, thread.channel, thread.ts)
        if kept is None:
            self._strangers.put(thread, True)
            return None
        found = Known(kept.case, kept.card_ts, whole=False)
        self._known.put(thread, found)
        return found

    def remembered(self, thread: Thread) -> bool:
        """Whether a thread is known to have a case, without asking the database."""
        return self._known.get(thread) is not None

    def keep(self, thread: Thread, case: Case, card_ts: str, marks: tuple[str, str] = ("", "")) -> None:
        """Makes a case the one of its thread, here and in the database; raises StoreError."""
        self._store.keep(thread.team, thread.channel, thread.ts, case, card_ts, marks=marks)
        self._strangers.forget(thread)
        self._known.put(thread, Known(case, card_ts, whole=True))

    def replace(self, thread: Thread, known: Known) -> None:
        """Makes this what is remembered of a thread's case, here only."""
        self._known.put(thread, known)

    def whole(self, thread: Thread, known: Known) -> Case:
        """The case with its values, read from the card in Slack after a restart; as it is known where that fails."""
        if known.whole:
            return known.case
        case = self._from_card(thread, known.card_ts) or known.case
        self._known.put(thread, Known(case, known.card_ts, whole=True))
        return case

    def _from_card(self, thread: Thread, card_ts: str) -> Case | None:
        try:
            metadata = message_at(self._client, thread.channel, thread.ts, card_ts).get("metadata")
        except FAILURES as wrong:
            log.warning("card_unread", channel=thread.channel, code=code_of(wrong))
            return None
        return actions.case_in(metadata) if metadata else None
