"""An emoji as a way in: whoever puts it on a message has that message explained in its thread, once."""

from __future__ import annotations

import pathlib
import time
from collections.abc import Iterator
from typing import Any

import pytest

from bot.practice import Practice
from bot.practice.people import User
from bot.store import Store
from catalogue import Catalogue
from tests.e2e.conftest import PASTE, Bot
from tests.e2e.test_files import LETTER, REPORT

EMOJI = "question"


@pytest.fixture(scope="module")
def reacting(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot that explains by :question:."""
    with Practice(ack_within=1.0) as server:
        running = Bot(catalogue, tmp_path_factory.mktemp("reacting") / "bot.sqlite3", server, reaction=EMOJI)
        running.start()
        yield running
        running.stop()


def whispered(bot: Bot, user: str, before: int) -> list[dict[str, Any]]:
    """What only this person sees since then, once all is quiet."""
    bot.practice.idle()
    return bot.practice.ephemerals(user)[before:]


def test_a_reaction_has_a_message_explained(reacting: Bot) -> None:
    """In a channel that nobody reads, also another app's message, and also one in a thread."""
    person, app = reacting.practice.says(PASTE, "ops"), reacting.practice.app_says(PASTE, "ops", name="Jenkins")
    reply = reacting.practice.says("554 5.7.1 <kim@example.com>: Relay access denied", "ops", thread_ts=person)
    for ts in (app, reply):
        reacting.practice.reacts(ts, EMOJI, "ops")

    assert ["5.1.1" in str(card["blocks"]) for card in reacting.answers(app, "ops")] == [True]
    assert ["Relay" in str(card["blocks"]) for card in reacting.answers(person, "ops")] == [True]


def test_a_storm_of_reactions_gets_one_answer(reacting: Bot) -> None:
    """Everybody at once, and off and on again."""
    ts = reacting.practice.says(PASTE, "ops")
    for user in ("U0ALEX", "U0PRIYA", "U0TOM"):
        reacting.practice.reacts(ts, EMOJI, "ops", user)
        reacting.practice.unreacts(ts, EMOJI, "ops", user)
        reacting.practice.reacts(ts, EMOJI, "ops", user)

    assert len(reacting.answers(ts, "ops")) == 1


def test_what_is_answered_already_is_left_alone(reacting: Bot) -> None:
    """A card that the channel has, or that somebody posted in the thread, is not posted again."""
    ts = reacting.practice.says(PASTE)
    assert len(reacting.answers(ts)) == 1
    reacting.practice.reacts(ts, EMOJI)

    assert len(reacting.answers(ts)) == 1


def test_on_chat_who_reacted_is_told_alone(reacting: Bot) -> None:
    """One private line, however often; nothing in the channel."""
    ts = reacting.practice.says("lunch at 12?", "ops")
    before = len(reacting.practice.ephemerals("U0PRIYA"))
    reacting.practice.reacts(ts, EMOJI, "ops", "U0PRIYA")
    reacting.practice.unreacts(ts, EMOJI, "ops", "U0PRIYA")
    reacting.practice.reacts(ts, EMOJI, "ops", "U0PRIYA")
    [said] = whispered(reacting, "U0PRIYA", before)

    assert "no SMTP error" in said["text"]
    assert reacting.answers(ts, "ops") == []


def test_files_are_read_too(reacting: Bot) -> None:
    """A report gets its card; a letter without a bounce one private line."""
    report = reacting.practice.uploads("bounce.eml", REPORT.encode(), "ops")
    letter = reacting.practice.uploads("lunch.eml", LETTER.encode(), "ops")
    before = len(reacting.practice.ephemerals("U0TOM"))
    for ts in (report, letter):
        reacting.practice.reacts(ts, EMOJI, "ops", "U0TOM")
    [said] = whispered(reacting, "U0TOM", before)

    assert ["552 5.2.2" in str(card["blocks"]) for card in reacting.answers(report, "ops")] == [True]
    assert "no bounce" in said["text"]
    assert reacting.answers(letter, "ops") == []


def test_other_emoji_and_other_bots_ask_nothing(reacting: Bot) -> None:
    """Nor does the emoji on the bot's own card, nor one that an app puts on everything."""
    ts = reacting.practice.says(PASTE, "ops")
    users = reacting.practice.workspace.users
    users["U0ROBOT"] = User("U0ROBOT", "robot", "Robot", "#2b6cb0", is_bot=True)
    reacting.practice.reacts(ts, "eyes", "ops")
    reacting.practice.reacts(ts, EMOJI, "ops", "U0ROBOT")

    assert reacting.answers(ts, "ops") == []

    reacting.practice.reacts(ts, EMOJI, "ops")
    [card] = reacting.answers(ts, "ops")
    before = len(reacting.practice.ephemerals())
    reacting.practice.reacts(card["ts"], EMOJI, "ops")

    assert [card["ts"]] == [one["ts"] for one in reacting.answers(ts, "ops")]
    assert reacting.whispers(before) == []


def test_where_slack_does_not_show_the_message_nothing_breaks(reacting: Bot) -> None:
    """Without the scope there is silence and a line in the log; where Slack was only busy, it comes again."""
    ts = reacting.practice.says(PASTE, "ops")
    reacting.practice.fail_next("conversations.replies", "missing_scope")
    reacting.practice.reacts(ts, EMOJI, "ops", "U0TOM")

    assert reacting.answers(ts, "ops") == []

    reacting.practice.fail_next("conversations.replies", 500)
    reacting.practice.reacts(ts, EMOJI, "ops", "U0PRIYA")
    reacting.practice.waits_for(lambda: reacting.practice.replies(ts, "ops"))

    assert len(reacting.answers(ts, "ops")) == 1


def test_other_companies_people_ask_nothing_by_emoji(reacting: Bot) -> None:
    """In a shared channel that is not read, only our own people's reaction counts."""
    channel = reacting.practice.adds_channel("partners", shared=True)
    theirs = reacting.practice.adds_person("robin", team="T0PARTNER")
    reacting.practice.channel(channel).members.add(theirs)
    ts = reacting.practice.says(PASTE, channel)
    reacting.practice.reacts(ts, EMOJI, channel, theirs)

    assert reacting.answers(ts, channel) == []

    reacting.practice.reacts(ts, EMOJI, channel)

    assert len(reacting.answers(ts, channel)) == 1


def test_it_is_off_by_default(bot: Bot) -> None:
    """Where no setting names an emoji, none does anything."""
    ts = bot.practice.says(PASTE, "ops")
    bot.practice.reacts(ts, EMOJI, "ops")

    assert bot.answers(ts, "ops") == []


def test_a_claim_for_a_reaction_is_taken_up_by_the_next_process(catalogue: Catalogue, tmp_path: pathlib.Path) -> None:
    """Also for an app's message in a channel that is not read: it was asked about."""
    with Practice(ack_within=1.0) as server:
        alone = Bot(catalogue, tmp_path / "bot.sqlite3", server, reaction=EMOJI, lease_seconds=2)
        ts = server.app_says(PASTE, "ops", name="Jenkins")
        store = Store(alone.settings.database_url, clock=lambda: time.time() - 3_600)
        assert store.claim("T0PRACTICE", "C0OPS", ts, ts, "reacted")
        store.close()
        alone.start()
        server.waits_for(lambda: server.replies(ts, "ops"), 20)
        answers = alone.answers(ts, "ops")
        alone.stop()

    assert len(answers) == 1
