"""Tells a channel's week by itself, where somebody asked for that: once, on its day, whatever restarts."""

from __future__ import annotations

import structlog

from bot import cards
from bot.cards import weekwords
from bot.delivery import weeks
from bot.delivery.delivery import Delivery
from bot.delivery.errors import Undeliverable, Undelivered
from bot.delivery.switches import Place
from bot.store import Weekly
from bot.terms import Message, Public
from bot.trends.turns import following, turn
from bot.trends.values import HOUR

# A week that is later than this waits for the next: nobody wants Monday's on Wednesday.
LATE = 12 * HOUR

log = structlog.get_logger("bot.delivery")


def wish(delivery: Delivery, place: Place, said: str) -> Message | Public:
    """Has the week of a channel told on a day and at a time in the zone of who asks."""
    trends = delivery.store.trends
    try:
        wanted = turn(said, delivery.people.of(place.user).zone)
    except ValueError as wrong:
        return cards.notice(str(wrong))
    first = following(wanted, trends.now())
    before = trends.asked((place.team, place.channel))
    if before is not None and before.turn == wanted:
        return cards.notice(f"I post this channel's week {wanted.said} already.")
    trends.ask(Weekly(place.team, place.channel, wanted, place.user, first))
    return Public(weekwords.wished(place.user, wanted.said, first))


def unwish(delivery: Delivery, place: Place) -> Message | Public:
    """Ends that."""
    if delivery.store.trends.end((place.team, place.channel)):
        return Public(weekwords.unwished(place.user))
    return cards.notice("I do not post this channel's week anyway. /smtp week shows it to you.")


class Weeklies:
    """The weeks of one team that are due: looked after every few seconds, by every process."""

    def __init__(self, delivery: Delivery, team: str) -> None:
        self._delivery, self._team = delivery, team

    def run(self) -> None:
        """Tells what is due, and moves it on to the next week. Raises StoreError."""
        for due in self._delivery.store.trends.due(self._team):
            if self._done(due):
                following_due = following(due.turn, self._delivery.store.trends.now())
                self._delivery.store.trends.move(due, following_due)

    def _done(self, due: Weekly) -> bool:
        """Whether nothing is left to do about a week: told now or before, refused, too late, or not wanted now."""
        trends, where = self._delivery.store.trends, (due.team, due.channel)
        chosen = self._delivery.store.chosen(*where).get("")
        key = f"week:{int(due.due_at)}"
        if trends.now() - due.due_at > LATE or (chosen is not None and chosen.silent(trends.now())):
            log.info("week_left_out", channel=due.channel)
            # Closes what a process that is gone had begun: nothing of it is left open.
            if claim := self._delivery.store.claim(*where, key, "", "week"):
                self._delivery.store.passed(claim)
            return True
        try:
            ts = weeks.post(self._delivery, due.team, due.channel, key, kind="week")
        except Undelivered:
            return False
        except Undeliverable:
            return True
        # Where another process has it in hand, that one moves it on; or its claim ends, and it is told here.
        return bool(ts or self._delivery.store.answered(*where, key))
