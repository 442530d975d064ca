"""Shared channels (Slack Connect): silent until somebody switches reading on, and closed to other companies' people."""

from __future__ import annotations

from typing import Any

import pytest

from bot.practice import events
from bot.practice.people import User
from bot.practice.wire import Parcel
from bot.slack.company import outsider
from tests.e2e.conftest import PASTE, Bot

THEIRS = "T0PARTNER"


def shared(bot: Bot, text: str, **changes: Any) -> str:
    """Posts a message in #email-ops as if that were shared with another company."""
    place = bot.practice.channel("email-ops")
    message = bot.practice.workspace.add(place, events.user_message("U0PRIYA", text, []))
    stage = bot.practice.stage
    told = events.wrapped(events.posted(message, place) | changes, stage.clock(), stage.verification)
    stage.wire.send(Parcel("events_api", told | {"is_ext_shared_channel": True}))
    return str(message["ts"])


def test_a_shared_channel_is_not_read_until_it_is_switched_on(alone: Bot) -> None:
    """Its name in the settings is not enough: other companies would read the answers."""
    alone.start()

    assert alone.answers(shared(alone, PASTE)) == []

    alone.practice.command("/smtp watch on")
    alone.practice.idle()

    assert len(alone.answers(shared(alone, PASTE))) == 1


def test_other_companies_people_are_answered_only_where_it_is_switched_on(bot: Bot) -> None:
    """Our own people may ask by name in a shared channel; theirs may not."""
    asked = "<@U0SMTPBOT> 451 4.7.1"

    assert bot.answers(shared(bot, asked, user_team=THEIRS)) == []
    assert len(bot.answers(shared(bot, asked, user_team="T0PRACTICE"))) == 1


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ({"type": "block_actions", "user": {"team_id": THEIRS}}, True),
        ({"type": "block_actions", "user": {"team_id": "T0PRACTICE"}}, False),
        ({"type": "block_actions", "user": {}}, False),
        ({"type": "block_actions", "user": {"team_id": THEIRS}, "enterprise": {"id": "E1"}}, False),
        ({"type": "event_callback", "user": {"team_id": THEIRS}}, False),
        ({"command": "/smtp", "user_id": "U1"}, False),
    ],
)
def test_whose_press_is_refused(body: dict[str, Any], refused: bool) -> None:
    """Only what another company's people press; within one organisation the teams differ."""
    assert outsider(body, "T0PRACTICE") is refused


def test_a_press_from_another_company_gets_one_kind_sentence(bot: Bot) -> None:
    """They alone see it, and nothing changes."""
    ts = bot.practice.says("550 5.7.1 <kim@example.com>: Relay access denied")
    [card] = bot.answers(ts)
    users = bot.practice.workspace.users
    users["U0PARTNER"] = User("U0PARTNER", "robin", "Robin Lee", "#2b6cb0", team=THEIRS)
    bot.practice.channel("email-ops").members.add("U0PARTNER")
    bot.practice.presses("Quiet in this thread", card, "U0PARTNER")
    bot.practice.idle()
    [said] = bot.practice.ephemerals("U0PARTNER")

    assert "company that runs me" in said["text"]
    assert bot.answers(ts) == [card]
