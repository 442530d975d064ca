"""The emoji way in: a message on which somebody puts the team's emoji is explained, once, however many do."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import structlog
from slack_sdk.errors import SlackApiError

from bot import cards
from bot.answer import explain
from bot.delivery.delivery import Delivery
from bot.delivery.errors import code_of, trouble
from bot.delivery.jobs import Job
from bot.delivery.paging import message_at
from bot.delivery.posted import Posted
from bot.delivery.posting import Place
from bot.delivery.recent import Recent
from bot.delivery.threads import Thread
from bot.delivery.work import Work

# How long a message that was read is not read again: a storm of reactions is one look.
READ_KEPT = 300.0
NOTHING = (
    "I found no SMTP error in the message you reacted to. Paste the server's whole reply, or use “Explain this bounce”"
    " on another message."
)
MEND = "Give the app channels:history and groups:history, and reactions:read; until then people use the shortcut."

log = structlog.get_logger("bot.delivery")
Reader = Callable[[str, Mapping[str, Any]], Posted]


class Reaction(msgspec.Struct, frozen=True):
    """Somebody's emoji on a message; ``shared`` whether other companies are in the channel (Slack Connect)."""

    team: str
    channel: str
    ts: str
    user: str
    name: str
    shared: bool = False


class Reacting:
    """Explains by reaction; ``name`` is the emoji's name without colons, "" switches it off."""

    def __init__(self, delivery: Delivery, name: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._delivery, self._name = delivery, name
        self._seen: Recent[tuple[str, str], tuple[Posted, Work | None]] = Recent(500, READ_KEPT, clock)

    def admit(self, reaction: Reaction, read: Reader) -> Job | None:
        """Claims the message, unless it is answered; who reacted to one without a bounce is told so, alone and once.

        Raises StoreError, and what the Web API raised where Slack could not show the message now: the event must then
        not be acknowledged.
        """
        if not self._name or reaction.name.partition("::")[0] != self._name or not self._may(reaction):
            return None
        found = self._seen.get((reaction.channel, reaction.ts)) or self._read(reaction, read)
        if found is None:
            return None
        posted, work = found
        store = self._delivery.store
        if work is None:
            claim = store.claim(reaction.team, reaction.channel, f"{reaction.user}:{reaction.ts}", "", "reacted")
            if claim:
                place = Place(posted.channel, posted.thread_ts, "")
                self._delivery.poster.whisper(place, reaction.user, cards.notice(NOTHING))
                store.passed(claim)
            return None
        known = self._delivery.threads.find(Thread(posted.team, posted.channel, posted.thread))
        if known and not posted.in_thread:
            # Somebody had its card posted there already.
            return None
        claim = store.claim(reaction.team, reaction.channel, posted.ts, posted.thread, "reacted", asker=reaction.user)
        self._delivery.report.heard(claim)
        if claim is None:
            return None
        return Job(claim, msgspec.structs.replace(posted, user=reaction.user), work, known, self._delivery.report.now())

    def _may(self, reaction: Reaction) -> bool:
        """Whether who reacted is heard: a person, and in a shared channel that is not read one of our own."""
        person = self._delivery.people.of(reaction.user)
        if person.bot:
            return False
        theirs = reaction.shared and person.team not in ("", reaction.team)
        switches = self._delivery.switches
        return not theirs or switches.reading(reaction.team, reaction.channel, shared=True)

    def _read(self, reaction: Reaction, read: Reader) -> tuple[Posted, Work | None] | None:
        """The message and what it calls for (None: it holds no bounce); None for our own, and where it is gone."""
        message = self._message(reaction)
        posted = read(reaction.channel, message) if message else None
        if posted is None or posted.own:
            return None
        posted = msgspec.structs.replace(posted, mention=True)
        answer = explain(posted.text, "asked", self._delivery.catalogue, self._delivery.ours)
        work = Work("reacted", answer, posted.files) if answer.causes or posted.files else None
        self._seen.put((reaction.channel, reaction.ts), (posted, work))
        return posted, work

    def _message(self, reaction: Reaction) -> Mapping[str, Any] | None:
        """The message in Slack; None where it is gone or may not be read."""
        try:
            return message_at(self._delivery.client, reaction.channel, reaction.ts, reaction.ts) or None
        except SlackApiError as wrong:
            if trouble(wrong) != "refused":
                raise
            log.warning("reaction_unread", channel=reaction.channel, code=code_of(wrong), mend=MEND)
            return None
