"""Reminds of a case that clears with time: a message that Slack posts later, taken back when the case is solved."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Literal

import structlog
from slack_sdk import WebClient

from bot.cards.casework import person, when
from bot.delivery.casework import thread_of
from bot.delivery.errors import code_of
from bot.delivery.jobs import Press
from bot.delivery.people import People
from bot.delivery.posting import FAILURES
from bot.delivery.threads import Thread
from bot.store import Reminder, Store

log = structlog.get_logger("bot.delivery")

Choice = Literal["later", "morning"]
LATER = timedelta(hours=4)
MORNING = 9
# Two presses within this time are one wish.
SAME = 600.0


class Reminders:
    """Sets and takes back reminders of threads."""

    def __init__(
        self, store: Store, client: WebClient, people: People, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._store, self._client, self._people, self._clock = store, client, people, clock

    def set(self, press: Press, choice: Choice) -> str:
        """Schedules a reminder in a case's thread; the sentence for who pressed."""
        thread, now = thread_of(press), self._clock()
        kept = self._store.case(thread.team, thread.channel, thread.ts)
        if kept is None or kept.status == "solved":
            return "This case is closed: there is nothing to be reminded of."
        at = due(choice, now, self._people.of(press.user).zone)
        known = self._store.due(thread.team, thread.channel, thread.ts, now)
        if any(r.user == press.user and abs(r.due_at - at) < SAME for r in known):
            return f"I remind you {when(at)} already."
        who = person(press.user)
        line = f"{who} Time to look at this again: has it cleared?  (Set by {who}, {when(now)})"
        try:
            made = self._client.chat_scheduleMessage(
                channel=thread.channel, post_at=int(at), text=line, thread_ts=thread.ts, unfurl_links=False
            )
        except FAILURES as wrong:
            log.warning("not_scheduled", channel=thread.channel, code=code_of(wrong))
            return "Slack did not take the reminder. Try again, or use /remind."
        reminder = Reminder(str(made["scheduled_message_id"]), press.user, at)
        self._store.remind(thread.team, thread.channel, thread.ts, reminder)
        return f"I remind you here {when(at)}, unless the case is solved before."

    def cancel(self, thread: Thread) -> None:
        """Takes back what is still to come in a thread."""
        for reminder in self._store.due(thread.team, thread.channel, thread.ts, self._clock()):
            try:
                self._client.chat_deleteScheduledMessage(
                    channel=thread.channel, scheduled_message_id=reminder.scheduled
                )
            except FAILURES as wrong:
                log.info("not_taken_back", channel=thread.channel, code=code_of(wrong))
            self._store.drop(thread.team, thread.channel, thread.ts, reminder.scheduled)


def due(choice: Choice, now: float, zone: tzinfo) -> float:
    """When a reminder is due: in four hours, or tomorrow at nine in a zone."""
    here = datetime.fromtimestamp(now, zone)
    if choice == "later":
        return (here + LATER).timestamp()
    return (here + timedelta(days=1)).replace(hour=MORNING, minute=0, second=0, microsecond=0).timestamp()
