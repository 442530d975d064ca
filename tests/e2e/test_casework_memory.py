"""An incident is explained once: then a short card with a link, then only a count; nothing crosses channels."""

from __future__ import annotations

import pathlib
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from bot.practice import Practice
from bot.practice.people import YOU
from catalogue import Catalogue
from tests.e2e.conftest import Bot

BLOCKED = "550 5.7.1 Service unavailable, Client host [192.0.2.77] blocked using zen.spamhaus.org"
OTHER_IP = BLOCKED.replace("192.0.2.77", "192.0.2.78")
FULL = "452 4.2.2 <{who}@{domain}>: mailbox over quota"


@pytest.fixture
def remembering(catalogue: Catalogue, tmp_path: pathlib.Path) -> Iterator[Bot]:
    """A bot with its memory on, in a workspace of its own."""
    with Practice(ack_within=1.0) as server:
        running = Bot(catalogue, tmp_path / "bot.sqlite3", server, incident_hours=24, channels=("email-ops", "ops"))
        running.start()
        yield running
        running.stop()


def reactions(bot: Bot, ts: str) -> list[str]:
    """The bot's reactions on a message."""
    return [one["name"] for one in bot.practice.thread("email-ops", ts)[0].get("reactions") or ()]


def card(bot: Bot, ts: str) -> dict[str, Any]:
    """The first answer in a thread, as it can be pressed."""
    return bot.answers(ts)[0] | {"channel": bot.practice.channel("email-ops").id}


def test_the_same_incident_gets_a_short_card_then_a_count(remembering: Bot) -> None:
    """The second and third link to the first thread; from the fourth on there is one count there, and a reaction."""
    bot = remembering
    first = bot.practice.says(BLOCKED)
    assert "The same again" not in str(bot.answers(first))
    second = bot.practice.says(BLOCKED)
    [short] = bot.answers(second)
    assert "The same again" in short["text"]
    assert f"p{first.replace('.', '')}" in str(short["blocks"])
    bot.answers(bot.practice.says(BLOCKED))
    fourth, fifth = bot.practice.says(BLOCKED), bot.practice.says(BLOCKED)

    assert bot.answers(fourth) == bot.answers(fifth) == []
    assert reactions(bot, fourth) == reactions(bot, fifth) == ["repeat"]
    assert "Seen 5 times in the last hour" in str(card(bot, first)["blocks"])
    assert str(card(bot, first)["blocks"]).count("times in the last hour") == 1


def test_a_short_card_says_what_fixed_it(remembering: Bot) -> None:
    """State and the pointer to the message that says what fixed it; and so does the answer to a question."""
    bot = remembering
    first = bot.practice.says(BLOCKED)
    solves(bot, first, "the list took us off")
    said = bot.answers(first)[-1]
    second = bot.practice.says(BLOCKED)
    [short] = bot.answers(second)
    bot.practice.says("what fixed it last time?", thread_ts=second)
    answer = bot.answers(second)[-1]

    assert "Solved" in str(short["blocks"])
    assert f"p{said['ts'].replace('.', '')}" in str(short["blocks"])
    assert f"p{said['ts'].replace('.', '')}" in str(answer)


def solves(bot: Bot, ts: str, fixed: str = "") -> None:
    """Solves the case of a thread on its card."""
    bot.practice.presses("Solved", card(bot, ts))
    bot.practice.idle()
    view = bot.practice.modal()
    assert view is not None
    bot.practice.submits(view, {"fixed": fixed})
    bot.practice.idle()


def test_the_same_reply_opens_a_solved_case_again(bot: Bot) -> None:
    """It says who solved it and what fixed it then; card and reaction follow; one more is the same reply, not back again."""
    ts = bot.practice.says(BLOCKED)
    bot.answers(ts)
    solves(bot, ts, "the list took us off")
    fixed = bot.answers(ts)[-1]
    bot.practice.says("still failing", thread_ts=ts)
    assert "opens the case again" in bot.answers(ts)[-1]["text"]
    bot.practice.says(f"it is back:\n{BLOCKED}", thread_ts=ts)
    back = bot.answers(ts)[-1]

    assert "It is back" in back["text"]
    assert f"<@{YOU}>" in str(back["blocks"])
    assert f"p{fixed['ts'].replace('.', '')}" in str(back["blocks"])
    assert "Reopened" in str(card(bot, ts)["blocks"])
    assert reactions(bot, ts) == []

    bot.practice.says(BLOCKED, thread_ts=ts)
    assert "The same reply again" in bot.answers(ts)[-1]["text"]


def test_what_comes_back_after_it_was_solved_is_never_only_counted(remembering: Bot) -> None:
    """However often it came before: it gets a card that says so, is open in the list, and what comes then is counted."""
    bot = remembering
    first = bot.practice.says(BLOCKED)
    for _ in range(3):
        bot.answers(bot.practice.says(BLOCKED))
    solves(bot, first)
    assert "Nothing is open" in bot.command("/smtp open")["text"]
    again = bot.practice.says(BLOCKED)
    [short] = bot.answers(again)
    last = bot.practice.says(BLOCKED)

    assert "It is back" in short["text"]
    assert "Solved" in str(short["blocks"])
    assert f"p{again.replace('.', '')}" in str(bot.command("/smtp open"))
    assert bot.answers(last) == []
    assert "Seen 6 times" in str(card(bot, again)["blocks"])


def test_another_problem_in_a_thread_begins_anew(bot: Bot) -> None:
    """Its card is open, and so the paste does not show that all is solved."""
    ts = bot.practice.says(BLOCKED)
    bot.answers(ts)
    solves(bot, ts)
    bot.practice.says(BLOCKED.replace("Service unavailable", "Sorry, service unavailable today"), thread_ts=ts)

    assert "The same cause as before, which was solved" in str(bot.answers(ts)[-1]["blocks"])
    assert reactions(bot, ts) == []


def test_another_ip_or_channel_is_another_incident(remembering: Bot) -> None:
    """Each gets a card of its own, and a channel's memory stays in it."""
    bot = remembering
    bot.answers(bot.practice.says(BLOCKED))

    assert "The same again" not in str(bot.answers(bot.practice.says(OTHER_IP)))
    assert "The same again" not in str(bot.answers(bot.practice.says(BLOCKED, "ops"), "ops"))


def test_another_persons_mailbox_is_another_incident_and_other_domains_are_mentioned(remembering: Bot) -> None:
    """A full mailbox is one person's; the same cause at other domains gets one line."""
    bot = remembering
    bot.answers(bot.practice.says(FULL.format(who="ann", domain="example.com")))
    other = bot.answers(bot.practice.says(FULL.format(who="ben", domain="example.com")))
    elsewhere = bot.answers(bot.practice.says(FULL.format(who="ann", domain="example.net")))

    assert "The same again" not in str(other)
    assert "seen at 1 other domain this week" in str(elsewhere)


def test_history_is_counted(remembering: Bot) -> None:
    """ "How often?" is answered from what this channel has seen."""
    bot = remembering
    ts = bot.practice.says(BLOCKED)
    bot.answers(ts)
    bot.practice.says("is this the first time?", thread_ts=ts)
    assert "first time here" in str(bot.answers(ts)[-1])
    bot.answers(bot.practice.says(BLOCKED))
    bot.practice.says("how often did this happen?", thread_ts=ts)

    assert "Seen 2 times in this channel" in str(bot.answers(ts)[-1])


def test_an_edited_message_is_remembered_as_it_reads_now(remembering: Bot) -> None:
    """What it was edited into is the incident, with its count; what it said before is none any more."""
    bot = remembering
    ts = bot.practice.says(BLOCKED)
    bot.answers(ts)
    bot.practice.edits(ts, OTHER_IP)
    bot.practice.says("is this the first time?", thread_ts=ts)
    answer = bot.answers(ts)[-1]

    assert "first time here" in str(answer)
    assert "The same again" not in str(bot.answers(bot.practice.says(BLOCKED)))
    assert "The same again" in str(bot.answers(bot.practice.says(OTHER_IP)))


def test_nothing_readable_is_at_rest(remembering: Bot) -> None:
    """The database holds hashes; the key is beside it, for its owner alone."""
    bot = remembering
    bot.answers(bot.practice.says(FULL.format(who="secretname", domain="hidden.example.org")))
    raw = b"".join(path.read_bytes() for path in bot.database.parent.glob("bot.sqlite3*"))
    key = bot.database.with_name("bot.sqlite3.key")
    with sqlite3.connect(bot.database) as connection:
        (count,) = connection.execute("SELECT count(*) FROM sightings").fetchone()
    connection.close()

    assert count == 1
    assert b"secretname" not in raw
    assert b"hidden.example" not in raw
    assert key.stat().st_mode & 0o077 == 0


def test_the_same_reply_in_its_thread_is_compared(bot: Bot) -> None:
    """ "Still failing" with a new paste: the same text, or another problem under the same code."""
    ts = bot.practice.says(BLOCKED)
    bot.answers(ts)
    bot.practice.says(BLOCKED, thread_ts=ts)
    assert "The same reply again" in bot.answers(ts)[-1]["text"]
    bot.practice.says("550 5.7.1 <bob@example.com>: Relay access denied", thread_ts=ts)
    last = bot.answers(ts)[-1]

    assert "A different problem than before" in str(last["blocks"])
    assert "The code is the same, the problem is not." in str(last["blocks"])
