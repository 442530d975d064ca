"""What was written while the bot was away, or left by a process that is gone, gets its answer, once."""

from __future__ import annotations

import pathlib
import sqlite3
import time

import pytest

from bot.practice import Practice
from bot.store import Store
from catalogue import Catalogue
from tests.e2e.conftest import PASTE, Bot


def left(bot: Bot, ts: str, thread: str = "") -> None:
    """A claim on a message, made by a process that ended before it answered."""
    store = Store(bot.settings.database_url, clock=lambda: time.time() - 3_600)
    assert store.claim("T0PRACTICE", "C0EMAILOPS", ts, thread or ts, "bounce")
    store.close()


def unheard(bot: Bot, text: str, thread_ts: str | None = None) -> str:
    """A message whose event reached nobody."""
    wire = bot.practice.stage.wire
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(wire, "send", lambda _parcel: None)
        return bot.practice.says(text, thread_ts=thread_ts)


def seen_channel(bot: Bot) -> None:
    """Lets the bot come to its channel: from now on what is written there is for it."""
    bot.start()
    bot.practice.waits_for(lambda: bot.practice.calls("conversations.history"))
    bot.practice.idle()
    bot.stop()
    bot.practice.waits_for(lambda: not bot.practice.stage.sockets.connections)


def test_a_claim_that_was_left_is_taken_up(alone: Bot) -> None:
    """A crash between claim and card: the next process answers, in the thread, from the message in Slack."""
    ts, root = unheard(alone, PASTE), unheard(alone, "look at this")
    reply = unheard(alone, f"{PASTE} again", root)
    left(alone, ts)
    left(alone, reply, root)
    alone.start()
    alone.practice.waits_for(lambda: alone.practice.replies(ts) and len(alone.practice.replies(root)) == 2, 20)

    assert [len(alone.answers(ts)), len(alone.answers(root))] == [1, 1]


def test_a_claim_whose_message_is_gone_ends(alone: Bot) -> None:
    """Somebody deleted the paste: nothing is left to answer."""
    ts = unheard(alone, PASTE)
    left(alone, ts)
    alone.practice.channel("email-ops").messages.pop(ts)
    alone.start()

    def state() -> list[tuple[str]]:
        with sqlite3.connect(alone.database) as connection:
            return connection.execute("SELECT state FROM answers WHERE state = 'failed'").fetchall()

    assert alone.practice.waits_for(state, 20) == [("failed",)]


def test_a_bounce_pasted_while_nobody_listened_is_answered(alone: Bot) -> None:
    """In the channel, in a thread that has no card, and in the thread of a known case."""
    seen_channel(alone)
    ts, root = unheard(alone, PASTE), unheard(alone, "any idea?")
    unheard(alone, PASTE.replace("5.1.1", "5.2.2"), root)
    chat = unheard(alone, "thanks, 550 people came")
    alone.start()
    alone.practice.waits_for(lambda: alone.practice.replies(ts) and len(alone.practice.replies(root)) == 2, 20)

    assert [len(alone.answers(one)) for one in (ts, root, chat)] == [1, 1, 0]


def test_a_database_that_forgot_doubles_nothing(alone: Bot) -> None:
    """After a power cut, or with an older copy of the file: the card in the thread is found, and no second one posted."""
    seen_channel(alone)
    alone.start()
    ts = alone.practice.says(PASTE)
    [card] = alone.answers(ts)
    alone.stop()
    alone.practice.waits_for(lambda: not alone.practice.stage.sockets.connections)
    with sqlite3.connect(alone.database) as connection:
        connection.execute("DELETE FROM answers")
        connection.execute("DELETE FROM cases")
    after = unheard(alone, f"{PASTE} again")
    alone.start()
    alone.practice.waits_for(lambda: alone.practice.replies(after), 20)

    assert [one["ts"] for one in alone.answers(ts)] == [card["ts"]]
    assert alone.newest[1].answered("T0PRACTICE", "C0EMAILOPS", ts) == card["ts"]


def test_a_question_asked_while_nobody_listened_is_answered(alone: Bot) -> None:
    """The thread of a known case is looked through, also when its card is older than the pause."""
    alone.start()
    ts = alone.practice.says(PASTE)
    assert len(alone.answers(ts)) == 1
    alone.stop()
    alone.practice.waits_for(lambda: not alone.practice.stage.sockets.connections)
    unheard(alone, "do we retry?", ts)
    alone.start()
    alone.practice.waits_for(lambda: len(alone.practice.replies(ts)) == 3, 20)

    assert len(alone.answers(ts)) == 2


def test_nothing_from_before_the_bot_came_is_answered(alone: Bot) -> None:
    """Old bounces of a channel are not for a bot that was not there."""
    old = unheard(alone, PASTE)
    alone.start()
    alone.practice.waits_for(lambda: alone.practice.calls("conversations.history"), 20)

    assert alone.answers(old) == []


def test_what_came_while_a_connection_was_cut_is_swept(alone: Bot) -> None:
    """A new connection is a reason to look for what the old one did not bring."""
    alone.start()
    alone.practice.waits_for(lambda: alone.practice.calls("conversations.history"), 20)
    alone.practice.idle()
    ts = unheard(alone, PASTE)
    alone.practice.cut()
    alone.practice.waits_for(lambda: alone.practice.replies(ts), 30)

    assert len(alone.answers(ts)) == 1


def test_bounces_from_long_ago_are_explained_when_asked_for(catalogue: Catalogue, tmp_path: pathlib.Path) -> None:
    """One line with a button; pressed, each bounce gets its card, and the line says who asked."""
    with Practice(ack_within=1.0) as server:
        bot = Bot(catalogue, tmp_path / "bot.sqlite3", server, sweep_hours=0)
        seen_channel(bot)
        stamps = [unheard(bot, PASTE), unheard(bot, f"{PASTE} again")]
        bot.start()
        own = server.channel("email-ops").messages
        [line] = server.waits_for(lambda: [dict(m) for m in own.values() if "Explain them?" in m["text"]], 20)
        assert [len(bot.answers(ts)) for ts in stamps] == [0, 0]
        server.presses("away.explain", line | {"channel": server.channel("email-ops").id})
        answered = [len(bot.answers(ts)) for ts in stamps]
        said = own[line["ts"]]["text"]
        bot.stop()

    assert answered == [1, 1]
    assert "had me explain 2 bounces" in said
