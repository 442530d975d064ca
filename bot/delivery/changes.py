"""What follows when a message with a case is edited or deleted: a new card, a line, or the evidence taken out."""

from __future__ import annotations

from typing import Any

import msgspec
import structlog

from bot import cards
from bot.answer import explain
from bot.cards import scrubbing
from bot.cards.casework import with_progress
from bot.conversation import case_of
from bot.delivery.delivery import Delivery
from bot.delivery.errors import Undeliverable, Undelivered, code_of
from bot.delivery.posted import Posted
from bot.delivery.posting import FAILURES, Place
from bot.delivery.threads import Known, Thread
from bot.store import Kept

log = structlog.get_logger("bot.delivery")

# How many of our messages in a thread are cleaned; a thread of more is a talk between people.
MOST = 200


class Change(msgspec.Struct, frozen=True):
    """A message that was changed: as it is now, and ``version``, which is the same when Slack tells of it twice.

    ``deleted``: it is gone, and ``posted`` holds its place only.
    """

    posted: Posted
    version: str
    deleted: bool = False


class Changes:
    """Keeps cards true to the messages that they answer."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery, self._store, self._client = delivery, delivery.store, delivery.client

    def apply(self, change: Change) -> None:
        """Does what a change calls for, once; nothing where the message is not the one that a case is about."""
        posted = change.posted
        thread = Thread(posted.team, posted.channel, posted.thread)
        kept = self._store.case(thread.team, thread.channel, thread.ts)
        if kept is None or self._store.answered(thread.team, thread.channel, posted.ts) != kept.card_ts:
            return
        key = f"{'gone' if change.deleted else 'edit'}:{posted.ts}:{change.version}"[:80]
        claim = self._store.claim(thread.team, thread.channel, key, thread.ts, "change")
        if claim is None:
            return
        if change.deleted:
            self._scrub(thread, kept)
        else:
            self._edited(thread, kept, posted)
        self._store.posted(claim, "")

    def _edited(self, thread: Thread, kept: Kept, posted: Posted) -> None:
        """Another card in the old one's place while nobody has used it; later a line below it."""
        catalogue = self._delivery.catalogue
        answer = explain(posted.text, "channel" if not posted.mention else "asked", catalogue, self._delivery.ours)
        if not answer.causes:
            self._say(thread, posted, "The message was edited, and I no longer find an SMTP error in it.")
            return
        case = case_of(answer, catalogue.version)
        old = self._delivery.threads.whole(thread, Known(kept.case, kept.card_ts, whole=False))
        if (case.entry, case.reply, case.enhanced, case.quote) == (old.entry, old.reply, old.enhanced, old.quote):
            return
        if kept.used:
            title = catalogue.entries[case.entry].title
            self._say(thread, posted, f"Updated: the message was edited. As it reads now: {title}.")
            return
        message = cards.card(answer, catalogue, case)
        if self._update(thread, kept.card_ts, message.text, list(message.blocks), message.metadata):
            marks = self._delivery.memory.note(thread, posted.ts, answer.causes, edited=True)
            self._delivery.threads.keep(thread, case, kept.card_ts, marks)

    def _scrub(self, thread: Thread, kept: Kept) -> None:
        """Takes quotes, recipients and values out of our messages in a thread; where the case stands stays."""
        bare = scrubbing.bare(kept.case)
        if bare.entry in self._delivery.catalogue.entries:
            card = scrubbing.gone(bare, self._delivery.catalogue)
            self._update(
                thread, kept.card_ts, card.text, with_progress(list(card.blocks), kept.progress), card.metadata
            )
        self._delivery.threads.replace(thread, Known(bare, kept.card_ts, whole=True))
        for message in self._ours(thread):
            if message.get("ts") != kept.card_ts:
                clean = scrubbing.scrubbed(list(message["blocks"]))
                self._update(thread, str(message["ts"]), scrubbing.TEXT, clean, None)

    def _ours(self, thread: Thread) -> list[dict[str, Any]]:
        """Our own messages in a thread that have blocks; none where Slack does not show it any more."""
        try:
            me = str(self._client.auth_test()["bot_id"])
            seen = self._client.conversations_replies(channel=thread.channel, ts=thread.ts, limit=MOST)
        except FAILURES as wrong:
            log.info("thread_unread", channel=thread.channel, code=code_of(wrong))
            return []
        return [m for m in seen.get("messages") or [] if m.get("bot_id") == me and m.get("blocks")]

    def _update(
        self, thread: Thread, ts: str, text: str, blocks: list[dict[str, Any]], metadata: dict[str, Any] | None
    ) -> bool:
        try:
            self._client.chat_update(channel=thread.channel, ts=ts, text=text, blocks=blocks, metadata=metadata)
        except FAILURES as wrong:
            log.warning("card_not_updated", channel=thread.channel, code=code_of(wrong))
            return False
        return True

    def _say(self, thread: Thread, posted: Posted, line: str) -> None:
        try:
            place = Place(thread.channel, thread.ts, f"edit:{posted.ts}")
            self._delivery.poster.post(place, cards.notice(line))
        except (Undeliverable, Undelivered) as wrong:
            log.warning("line_not_posted", channel=thread.channel, error=str(wrong))
