"""Bounces that are too old to answer unasked: one line, and a button that has each explained once."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.cards.away import EXPLAIN
from bot.delivery import Delivery, Press
from bot.delivery.away import OLD, PRESSED, Away
from bot.delivery.desk import Desk
from bot.delivery.sweep import Sweep
from bot.practice import Practice
from bot.practice.people import BOT_ID, BOT_USER, TEAM_ID, YOU
from bot.slack.events import Me, found
from bot.store import Chosen, Store
from catalogue import Catalogue

PASTE = "550 5.1.1 <ann@example.com>: Recipient address rejected: User unknown in virtual mailbox table"
HOURS = 3 * 3_600.0


class Left:
    """A bot that came to a channel of the test's own, and looks in again three hours after what was said there."""

    def __init__(self, workspace: Practice, client: WebClient, catalogue: Catalogue, name: str) -> None:
        self.workspace = workspace
        self.channel = workspace.adds_channel(name)
        self.store = Store("sqlite://")
        self.desk = Desk(Delivery(catalogue, self.store, client, channels=(name,), incident_hours=0))
        read = partial(found, me=Me(TEAM_ID, BOT_USER, BOT_ID))
        known: dict[str, Any] = {"team": TEAM_ID, "me": BOT_USER, "sleep": lambda _seconds: None}
        self.away = Away(self.desk, client, read, **known)
        later = lambda: time.time() + HOURS  # noqa: E731
        self.sweep = Sweep(self.desk, client, read, older=self.away.offer, clock=later, **known)
        self.store.begin(TEAM_ID, self.channel, workspace.workspace.now())

    def says(self, text: str, thread: str | None = None) -> str:
        """Somebody writes; nobody listens."""
        return self.workspace.says(text, self.channel, thread_ts=thread)

    def lines(self) -> list[dict[str, Any]]:
        """What the bot posted in the channel itself."""
        own = self.workspace.channel(self.channel).messages.values()
        return [dict(m) for m in own if m.get("bot_id") and m.get("thread_ts", m["ts"]) == m["ts"]]

    def press(self, line: dict[str, Any], user: str = YOU) -> str:
        """Somebody presses the line's button."""
        [value] = [e["value"] for b in line["blocks"] for e in b.get("elements", ()) if e["action_id"] == EXPLAIN]
        return self.away.explain(Press(TEAM_ID, self.channel, "", user, f"{EXPLAIN}:{line['ts']}"), line["ts"], value)

    def answers(self, *stamps: str) -> list[int]:
        """How many answers each message has, once the bot is done."""
        self.desk.close(10)
        return [sum(bool(m.get("bot_id")) for m in self.workspace.replies(ts, self.channel)) for ts in stamps]


@pytest.fixture
def left(workspace: Practice, client: WebClient, catalogue: Catalogue, request: pytest.FixtureRequest) -> Left:
    """A bot and a channel for one test."""
    name = request.node.name.replace("_", "-").removeprefix("test-")[:60].lower()
    return Left(workspace, client, catalogue, name)


def test_old_bounces_are_offered_in_one_line(left: Left) -> None:
    """In the channel and in threads, chat and questions not counted; nothing is answered unasked."""
    root = left.says("any idea?")
    stamps = [left.says(PASTE), left.says(f"{PASTE} again"), root]
    left.says(PASTE, thread=root)
    left.says("lunch at 12?")
    left.sweep.run()
    left.sweep.run()
    [line] = left.lines()

    assert "3 bounces unread. Explain them?" in line["text"]
    assert left.answers(*stamps) == [0, 0, 0]


def test_pressed_each_is_explained_once(left: Left) -> None:
    """In its own thread, however often it is pressed and by whom; the line says who did, and has no button any more."""
    stamps = [left.says(PASTE), left.says(f"{PASTE} again")]
    left.sweep.run()
    [line] = left.lines()

    assert [left.press(line), left.press(line), left.press(line, "U0OTHER")] == ["", PRESSED, PRESSED]
    assert left.answers(*stamps) == [1, 1]
    [after] = left.lines()
    assert f"<@{YOU}> had me explain 2 bounces" in str(after["blocks"])
    assert EXPLAIN not in str(after["blocks"])


def test_one_that_somebody_answered_meanwhile_is_left_alone(left: Left) -> None:
    """Claimed is claimed, whichever way it came to that."""
    first, second = left.says(PASTE), left.says(f"{PASTE} again")
    assert left.store.claim(TEAM_ID, left.channel, first, first, "bounce")
    left.sweep.run()
    [line] = left.lines()
    left.press(line)

    assert "1 bounce unread" in line["text"]
    assert left.answers(first, second) == [0, 1]


def test_nothing_from_a_pause_or_from_before_is_offered(left: Left) -> None:
    """What was said then was never for the bot."""
    left.says(PASTE)
    now = left.workspace.workspace.now()
    left.store.choose((TEAM_ID, left.channel, ""), Chosen(since=now - 60, until=now + 60, by=YOU))
    left.sweep.run()
    left.store.choose((TEAM_ID, left.channel, ""), Chosen())
    left.store.begin(TEAM_ID, left.channel, now + 1, anew=True)
    left.sweep.run()

    assert left.lines() == []


def test_an_archived_channel_gets_no_line(left: Left) -> None:
    """Slack refuses it for good: nothing is raised, and it is not tried again."""
    left.says(PASTE)
    left.workspace.fail_next("chat.postMessage", "is_archived")
    left.sweep.run()
    left.sweep.run()

    assert left.lines() == []


def test_a_slack_that_is_too_busy_is_asked_again(left: Left) -> None:
    """A line that could not be posted comes with a later sweep; a press that found nothing to read may be repeated."""
    stamp = left.says(PASTE)
    left.workspace.fail_next("conversations.history", 500, times=5)
    assert left.sweep.run().again
    left.sweep.run()
    [line] = left.lines()
    left.workspace.fail_next("conversations.history", 500, times=5)
    first, second = left.press(line), left.press(line)

    assert ("too busy" in first, second) == (True, "")
    assert left.answers(stamp) == [1]


@pytest.mark.parametrize("value", ["", "1", "a;b;c", "1.0;2.0;0", "9" * 400])
def test_a_button_that_says_nothing_does_nothing(left: Left, value: str) -> None:
    """Values travel through Slack: what is none is answered with a sentence."""
    assert left.away.explain(Press(TEAM_ID, left.channel, "", YOU, "x:1.0"), "1.0", value) == OLD
