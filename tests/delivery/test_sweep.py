"""A sweep reads what was written meanwhile to its end, and what fails is read again."""

from __future__ import annotations

from functools import partial

import pytest
from slack_sdk import WebClient

from bot.delivery import Delivery
from bot.delivery.desk import Desk
from bot.delivery.resume import Resume
from bot.delivery.sweep import Sweep
from bot.delivery.upkeep import Upkeep
from bot.practice import Practice
from bot.practice.people import BOT_ID, BOT_USER, TEAM_ID
from bot.slack.events import Me, found
from bot.store import Store
from catalogue import Catalogue

PASTE = "550 5.1.1 <ann@example.com>: Recipient address rejected: User unknown in virtual mailbox table"


class Away:
    """A bot that came to a channel of the test's own a while ago, and does not listen."""

    def __init__(self, workspace: Practice, client: WebClient, catalogue: Catalogue, name: str) -> None:
        self.workspace, self.name = workspace, name
        self.channel = workspace.adds_channel(name)
        store = Store("sqlite://")
        self.desk = Desk(Delivery(catalogue, store, client, channels=(name,), incident_hours=0))
        read = partial(found, me=Me(TEAM_ID, BOT_USER, BOT_ID))
        self.sweep = Sweep(self.desk, client, read, team=TEAM_ID, me=BOT_USER, sleep=lambda _seconds: None)
        self.upkeep = Upkeep(self.desk, Resume(self.desk, client, read), self.sweep, team=TEAM_ID)
        store.begin(TEAM_ID, self.channel, workspace.workspace.now())

    def says(self, text: str) -> str:
        """Somebody writes; nobody listens."""
        return self.workspace.says(text, self.channel)

    def answered(self, ts: str) -> int:
        """How many answers a message has, once the bot is done."""
        self.desk.close(10)
        return len(self.workspace.replies(ts, self.channel))


@pytest.fixture
def away(workspace: Practice, client: WebClient, catalogue: Catalogue, request: pytest.FixtureRequest) -> Away:
    """A bot and a channel for one test."""
    return Away(workspace, client, catalogue, request.node.name.replace("_", "-").removeprefix("test-")[:60].lower())


def test_a_paste_before_much_chat_is_found(away: Away, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many pages of chat came after it: the history is read back to where it was left."""
    monkeypatch.setattr("bot.delivery.history.PAGE", 2)
    ts = away.says(PASTE)
    for number in range(70):
        away.says(f"lunch at {number}?")
    away.upkeep.read()

    assert away.answered(ts) == 1


def test_a_channel_that_could_not_be_read_is_read_again(away: Away) -> None:
    """While Slack fails nothing is forgotten: the next look sweeps again, and the one after that has nothing to do."""
    ts = away.says(PASTE)
    away.workspace.fail_next("conversations.history", 500, times=5 * 10)
    away.upkeep.read()
    while away.workspace.faults.take("conversations.history"):
        pass
    away.upkeep.read()
    before = len(away.workspace.calls("conversations.history"))
    away.upkeep.read()

    assert len(away.workspace.calls("conversations.history")) == before
    assert away.answered(ts) == 1


def test_an_app_without_history_does_not_ask_for_ever(away: Away, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the least-privilege manifest Slack refuses, and would refuse the next time as well."""
    least = frozenset(("commands", "chat:write", "app_mentions:read", "files:read"))
    monkeypatch.setattr(away.workspace.stage, "scopes", least)
    away.upkeep.read()
    before = len(away.workspace.calls("users.conversations"))
    away.upkeep.read()

    assert len(away.workspace.calls("users.conversations")) == before


@pytest.mark.parametrize("lacking", ["im:read", "groups:read"])
def test_one_kind_that_may_not_be_listed_hides_no_other(
    away: Away, lacking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack refuses a list of all kinds where one scope is missing: each kind is asked for by itself."""
    granted = away.workspace.stage.scopes
    assert granted is not None
    monkeypatch.setattr(away.workspace.stage, "scopes", granted - {lacking})
    ts = away.says(PASTE)
    away.upkeep.read()

    assert away.answered(ts) == 1


def test_a_thread_that_is_gone_hides_no_other(away: Away) -> None:
    """A known case's thread was deleted: the rest of the channel is swept all the same."""
    ts = away.says(PASTE)
    away.upkeep.read()
    assert away.answered(ts) == 1
    away.workspace.channel(away.channel).messages.pop(ts)

    assert away.channel in away.sweep.run().channels
