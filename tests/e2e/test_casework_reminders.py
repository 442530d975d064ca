"""A reminder is scheduled with Slack, names who set it, and is taken back when the case is solved."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.delivery.reminders import due
from bot.practice.people import YOU
from tests.e2e.conftest import Bot
from tests.e2e.test_casework import card_of, modal, opened

GREY = "450 4.2.0 <bob@example.com>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/"


def test_a_reminder_is_set_once_and_taken_back(bot: Bot) -> None:
    """Pressed twice it is one; solved, it is none."""
    ts, card = opened(bot, GREY)
    before = len(bot.practice.calls("chat.scheduleMessage"))
    seen = len(bot.whispers())
    for _ in range(2):
        bot.practice.presses("Remind us in 4 h", card)
        bot.answers(ts)
    [call] = bot.practice.calls("chat.scheduleMessage")[before:]

    assert f"<@{YOU}>" in call[1]["text"]
    assert "Set by" in call[1]["text"]
    assert call[1]["thread_ts"] == ts
    assert [ts, ts] == [told.get("thread_ts") for told in bot.whispers(seen)]
    assert "already" in bot.whispers()[-1]["text"]

    taken_back = len(bot.practice.calls("chat.deleteScheduledMessage"))
    bot.practice.presses("Solved", card_of(bot, ts))
    bot.practice.submits(modal(bot), {})
    bot.answers(ts)
    assert len(bot.practice.calls("chat.deleteScheduledMessage")) == taken_back + 1


def test_a_solved_case_gets_no_reminder(bot: Bot) -> None:
    """A press on a card from before it was solved is told so."""
    ts, card = opened(bot, GREY)
    bot.practice.presses("Solved", card)
    bot.practice.submits(modal(bot), {})
    bot.answers(ts)
    before = len(bot.practice.calls("chat.scheduleMessage"))
    bot.practice.presses("Remind us tomorrow morning", card)
    bot.answers(ts)

    assert len(bot.practice.calls("chat.scheduleMessage")) == before
    assert "closed" in bot.whispers()[-1]["text"]


@pytest.mark.parametrize(
    ("zone", "hour"), [("UTC", 9), ("Europe/Berlin", 8), ("America/New_York", 14), ("Asia/Tokyo", 0)]
)
def test_tomorrow_morning_is_the_pressers_own(zone: str, hour: int) -> None:
    """Nine o'clock where they are, also where that is another day in UTC."""
    now = datetime(2026, 11, 24, 10, 30, tzinfo=UTC).timestamp()
    at = datetime.fromtimestamp(due("morning", now, ZoneInfo(zone)), UTC)

    assert (at.day, at.hour) == (25, hour)
    assert due("later", now, UTC) == now + 4 * 3600
