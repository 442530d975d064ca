"""Every way to turn it off, and that it stays off."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.e2e.conftest import PASTE, Bot


def public(bot: Bot, line: str, channel: str = "email-ops") -> dict[str, Any]:
    """Types a command whose answer everybody sees."""
    before = len(bot.practice.messages(channel))
    bot.practice.command(line, channel)
    bot.practice.idle()
    [answer] = bot.practice.messages(channel)[before:]
    return answer


def test_a_channel_is_switched_off_and_on_for_all(alone: Bot) -> None:
    """What is posted while it is off is not answered, also not when Slack delivers it again later."""
    alone.start()

    assert "<@U0ALEX>" in public(alone, "/smtp watch off")["text"]

    missed = alone.practice.says(PASTE)

    assert alone.answers(missed) == []

    public(alone, "/smtp watch on")
    alone.practice.redeliver(missed)

    assert alone.answers(missed) == []
    assert len(alone.answers(alone.practice.says(PASTE))) == 1


def test_another_channel_is_switched_on(alone: Bot) -> None:
    """Any member brings the bot's reading to a channel that no setting names; a restart does not change that."""
    alone.start()
    before = alone.practice.says(PASTE, "ops")
    public(alone, "/smtp watch on", "ops")
    alone.restart()
    alone.practice.redeliver(before)

    assert alone.answers(before, "ops") == []
    assert len(alone.answers(alone.practice.says(PASTE, "ops"), "ops")) == 1


def test_a_pause_is_never_made_up_for(alone: Bot) -> None:
    """What was said while it was paused stays unanswered after the pause; who mentions the bot is answered."""
    alone.start()
    public(alone, "/smtp pause until monday")
    missed = alone.practice.says(PASTE)

    assert alone.answers(missed) == []
    assert len(alone.answers(alone.practice.says(f"@smtp-bot {PASTE}"))) == 1

    public(alone, "/smtp pause off")
    alone.practice.redeliver(missed)

    assert alone.answers(missed) == []
    assert len(alone.answers(alone.practice.says("552 5.2.2 <a@example.net>: Mailbox full"))) == 1


def test_two_pauses_are_one_silence(alone: Bot) -> None:
    """The first pause is not forgotten over the second."""
    alone.start()
    public(alone, "/smtp pause 2h")
    missed = alone.practice.says(PASTE)
    public(alone, "/smtp pause off")
    public(alone, "/smtp pause 2h")
    public(alone, "/smtp pause off")
    alone.practice.redeliver(missed)

    assert alone.answers(missed) == []


def test_a_wrong_time_gets_a_sentence(bot: Bot) -> None:
    """Privately, with how to write it; nothing changes."""
    for said in (
        "-5h",
        "soon",
        "until never",
        "99999 weeks",
        "0h",
        "until 25:99",
        "1e9d",
        "2h\u202e",
        "٣ foo",
        "9" * 39,
    ):
        assert "/smtp " in bot.command(f"/smtp pause {said}")["text"]

    assert "I read this channel" in bot.command("/smtp status")["text"]


def test_status_says_who_chose_what(alone: Bot) -> None:
    """Named by the settings, not read, switched off by somebody, paused until when."""
    alone.start()

    assert "settings name it" in alone.command("/smtp status")["text"]
    assert "do not read" in alone.command("/smtp status", "ops")["text"]

    public(alone, "/smtp pause 2h")

    assert "<!date^" in alone.command("/smtp status")["text"]

    public(alone, "/smtp watch off")

    assert "<@U0ALEX>" in alone.command("/smtp status")["text"]


def test_what_changes_nothing_is_said_to_the_one_who_typed_it(bot: Bot) -> None:
    """Switching off what is off, ending a pause that is none, and a direct message."""
    channel = bot.practice.adds_channel("switched-off")
    for line in ("/smtp watch on", "/smtp watch off"):
        public(bot, line, channel)
    for line, channel in (
        ("/smtp watch off", "ops"),
        ("/smtp watch off", "switched-off"),
        ("/smtp pause off", "email-ops"),
        ("/smtp pause 2h", bot.practice.direct()),
        ("/smtp status", bot.practice.direct()),
    ):
        assert bot.command(line, channel)["text"]


def test_a_pasted_line_that_begins_like_a_command_is_explained(bot: Bot) -> None:
    """Only what is exactly a command switches anything."""
    answer = bot.command("/smtp watch out: 550 5.1.1 user unknown")

    assert "5.1.1" in str(answer["blocks"])


def test_a_thread_is_made_quiet_from_its_card(alone: Bot) -> None:
    """Follow-ups stay unanswered there until somebody asks it to speak; other threads are not touched."""
    alone.start()
    ts = alone.practice.says(PASTE)
    [card] = alone.answers(ts)
    alone.practice.presses("Quiet in this thread", card)
    [_, said] = alone.answers(ts)

    assert "<@U0ALEX>" in said["text"]

    alone.practice.says("do we retry?", thread_ts=ts)

    assert len(alone.answers(ts)) == 2

    alone.practice.says("@smtp-bot do we retry?", thread_ts=ts)

    assert len(alone.answers(ts)) == 3

    alone.practice.presses("Speak again", said)
    alone.practice.idle()
    alone.practice.says("do we retry?", thread_ts=ts)

    assert len(alone.answers(ts)) == 5


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Lima", "Nowhere/Unknown"])
def test_a_pause_until_a_day_ends_in_the_morning_of_who_asked(bot: Bot, zone: str) -> None:
    """Monday, nine o'clock where they are, not where the bot runs; in UTC where Slack does not tell."""
    channel = bot.practice.adds_channel(f"paused-{zone.partition('/')[2].lower()}")
    person = bot.practice.adds_person("zoe", tz=zone)
    bot.practice.channel(channel).members.add(person)
    for line in ("/smtp watch on", "/smtp pause until monday"):
        bot.practice.command(line, channel, person)
        bot.practice.idle()
    [ends] = re.findall(r"<!date\^(\d+)", bot.practice.messages(channel)[-1]["text"])
    here = datetime.fromtimestamp(int(ends), UTC if zone.startswith("Nowhere") else ZoneInfo(zone))

    assert (here.weekday(), here.hour, here.minute) == (0, 9, 0)
