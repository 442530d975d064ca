"""Moves a case on: taken, handed over, waiting, solved, reopened, one step back; card, reaction and thread follow."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import cards
from bot.cards import actions, casework
from bot.conversation import drafting
from bot.conversation.guiding import screen
from bot.conversation.matter import Facts, Matter
from bot.conversation.progress import Move, Refused, moved, who
from bot.delivery.errors import Undeliverable, Undelivered, code_of
from bot.delivery.jobs import Press
from bot.delivery.links import link
from bot.delivery.paging import message_at
from bot.delivery.posting import FAILURES, Place, Poster
from bot.delivery.threads import Known, Thread, Threads
from bot.store import Kept, Store
from bot.terms import Case, Message, Progress
from catalogue import Catalogue

log = structlog.get_logger("bot.delivery")

# The reaction on the paste that says where its case stands.
REACTIONS = {"taken": "eyes", "waiting": "hourglass_flowing_sand", "solved": "white_check_mark"}
LOST = "I no longer know this case: it is too old, or my database was replaced. Paste the bounce once more."


class Casework:
    """What people do with a case, from its card or a window; every method is safe to call twice."""

    def __init__(
        self,
        catalogue: Catalogue,
        store: Store,
        client: WebClient,
        threads: Threads,
        poster: Poster,
        *,
        facts: Callable[[Thread, Any], Facts] = lambda _thread, _case: Facts(),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.catalogue, self.store, self.threads = catalogue, store, threads
        self._client, self._poster, self._facts, self._clock = client, poster, facts, clock
        self.closed: list[Callable[[Thread], None]] = []

    def move(self, press: Press, move: Move, card: Mapping[str, Any], to: str = "") -> str:
        """Moves the case of a pressed card on; "" when done, else the sentence for who pressed."""
        thread = thread_of(press)
        kept = self.kept(thread, card)
        if kept is None:
            return LOST
        try:
            new = moved(kept.progress, move, press.user, self._clock(), to)
        except Refused as why:
            return str(why)
        if not self.store.move(thread.team, thread.channel, thread.ts, kept.progress, new):
            now = self.store.case(thread.team, thread.channel, thread.ts)
            return f"{who(now.progress.by) if now else 'Somebody'} was a moment faster."
        self._show(thread, kept, new, card)
        if move == "hand":
            self._say(thread, f"hand:{new.at}", f"{who(to)}: {who(press.user)} hands this case to you.")
        if new.status == "solved":
            for closing in self.closed:
                closing(thread)
        return ""

    def follow(self, thread: Thread, before: Kept, user: str, *, same: bool) -> None:
        """What a bounce in a case's thread does to the case: the ``same`` reply opens it again where it was solved.

        Another one has a card of its own, which begins anew: the reaction of the one before goes.
        """
        if not same:
            self.react(thread, REACTIONS.get(before.status, ""), "")
        elif before.status == "solved":
            new = moved(before.progress, "reopen", user, self._clock())
            if self.store.move(thread.team, thread.channel, thread.ts, before.progress, new):
                self._show(thread, before, new, {})

    def solve(self, press: Press, fixed: str, card: Mapping[str, Any]) -> str:
        """Solves a case; ``fixed`` is posted in the thread, and only the pointer to that message is kept."""
        if refused := self.move(press, "solve", card):
            return refused
        if fixed.strip():
            thread = thread_of(press)
            line = f"*Solved* by {who(press.user)}. What fixed it: {cards.plain_text(fixed.strip())}"
            if ts := self._say(thread, f"solved:{press.key}", line):
                self.store.point(thread.team, thread.channel, thread.ts, ts)
        return ""

    def kept(self, thread: Thread, card: Mapping[str, Any]) -> Kept | None:
        """A thread's case in the database; one that is lost there comes back from the card that was pressed."""
        found = self.store.case(thread.team, thread.channel, thread.ts)
        if found is None and (case := actions.case_in(card.get("metadata") or {})) and card.get("ts"):
            self.threads.keep(thread, case, str(card["ts"]))
            found = self.store.case(thread.team, thread.channel, thread.ts)
        return found

    def matter(self, press: Press, card: Mapping[str, Any], own: Case | None = None) -> Matter | None:
        """A case with its values, its entry and what is known besides; None where it or its entry is gone.

        ``own`` is the case that the button itself carries, for where there is no thread with one.
        """
        thread = thread_of(press)
        kept = self.kept(thread, card)
        known = self.threads.find(thread) or (Known(kept.case, kept.card_ts, whole=False) if kept else None)
        known = known or (Known(own, "", whole=True) if own else None)
        entry = self.catalogue.entries.get(known.case.entry) if known else None
        if known is None or entry is None:
            return None
        case = self.threads.whole(thread, known)
        return Matter(case, entry, self.catalogue, facts=self._facts(thread, case))

    def guide(self, press: Press, path: str, entry: str, card: Mapping[str, Any]) -> Message:
        """The screen of the guide at a path; at the first one where the thread's case is another one by now."""
        m = self.matter(press, card)
        if m is None:
            return cards.notice(LOST)
        return casework.step(screen(m, path if m.case.entry == entry else ""), m.case, press.thread)

    def mark(self, press: Press, kind: str, entry: str) -> None:
        """Keeps what somebody says of a card's answer, by a pointer to it; nothing where none can be pointed to."""
        thread = thread_of(press)
        if not thread.ts:
            return
        kept = self.store.case(thread.team, thread.channel, thread.ts)
        place = (thread.team, thread.channel, thread.ts, kept.card_ts if kept else thread.ts)
        self.store.mark(place, press.user, kind, entry if entry in self.catalogue.entries else "")

    def texts(
        self, press: Press, card: Mapping[str, Any], now: str, *, ticket: bool, own: Case | None = None
    ) -> tuple[tuple[str, str], ...] | None:
        """The drafts of a case, or its summary for a ticket, each with its label; None where the case is gone."""
        m = self.matter(press, card, own)
        if m is None:
            return None
        if not ticket:
            return tuple((draft.label, draft.text) for draft in drafting.drafts(m, now))
        thread = thread_of(press)
        kept = self.store.case(thread.team, thread.channel, thread.ts)
        status = kept.status if kept else "open"
        return (("The case in short", drafting.ticket(m, now, status, link(self._client, thread))),)

    def afresh(self, press: Press, card: Mapping[str, Any]) -> None:
        """Shows the card with nothing chosen in its menu, and where the case stands now."""
        thread = thread_of(press)
        kept = self.kept(thread, card)
        if kept is not None and kept.card_ts == card.get("ts"):
            self._update(thread, kept, kept.progress, card)

    def _show(self, thread: Thread, kept: Kept, new: Progress, card: Mapping[str, Any]) -> None:
        """Makes the card and the reaction say where the case stands."""
        self._update(thread, kept, new, card)
        self.react(thread, REACTIONS.get(kept.progress.status, ""), REACTIONS.get(new.status, ""))

    def _update(self, thread: Thread, kept: Kept, new: Progress, card: Mapping[str, Any]) -> None:
        """Makes the card say where the case stands; what cannot be shown is no reason to fail."""
        given = card if card.get("ts") == kept.card_ts and card.get("blocks") else None
        try:
            try:
                self._write(thread, kept, new, given or self.card(thread, kept.card_ts))
            except (SlackApiError, UnicodeEncodeError) as wrong:
                if given is None or (isinstance(wrong, SlackApiError) and "block" not in code_of(wrong)):
                    raise
                # What came with the press is not what Slack takes, or no text (half a pair): the card as Slack has it.
                self._write(thread, kept, new, self.card(thread, kept.card_ts))
        except FAILURES as wrong:
            log.warning("card_not_updated", channel=thread.channel, code=code_of(wrong))

    def _write(self, thread: Thread, kept: Kept, new: Progress, shown: Mapping[str, Any]) -> None:
        """Updates a card that is ``shown``, where it is there; raises what the Web API raises."""
        if shown:
            blocks = casework.with_progress(list(shown["blocks"]), new)
            text = str(shown.get("text") or "Updated.")[:300]
            self._client.chat_update(channel=thread.channel, ts=kept.card_ts, text=text, blocks=blocks)

    def card(self, thread: Thread, card_ts: str) -> Mapping[str, Any]:
        """A card as it is in Slack, empty where it is gone; raises what the Web API raises."""
        found = message_at(self._client, thread.channel, thread.ts, card_ts)
        return found if found.get("blocks") else {}

    def react(self, thread: Thread, old: str, new: str) -> None:
        """Puts one reaction on the first message of a thread in another's place."""
        for name, call in ((old, self._client.reactions_remove), (new, self._client.reactions_add)):
            if not name or old == new:
                continue
            try:
                call(channel=thread.channel, timestamp=thread.ts, name=name)
            except FAILURES as wrong:
                log.info("no_reaction", channel=thread.channel, code=code_of(wrong))

    def _say(self, thread: Thread, key: str, line: str) -> str:
        """Posts a line in a thread and gives its ts; "" where it cannot be posted."""
        try:
            return self._poster.post(Place(thread.channel, thread.ts, key[:80]), casework.spoken(line))
        except (Undeliverable, Undelivered) as wrong:
            log.warning("line_not_posted", channel=thread.channel, error=str(wrong))
            return ""


def thread_of(press: Press) -> Thread:
    """The thread in which a press happened."""
    return Thread(press.team, press.channel, press.thread)
