"""Shared channels (Slack Connect): silent until somebody switches reading on, and closed to other companies' people."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from bot.delivery.people import People
from bot.practice import Practice, events
from bot.practice.people import User
from bot.practice.wire import Parcel
from bot.slack.company import GUESTS, REFUSED, refusal
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


BUTTON = {"type": "block_actions", "actions": [{"action_id": "case.take", "value": "1"}]}
INFORMING = {"type": "block_actions", "actions": [{"action_id": "ask.steps", "value": "x"}]}
ORGANISATION = {"enterprise": {"id": "E1"}}


@pytest.mark.parametrize(
    ("body", "who", "said"),
    [
        (BUTTON, "U0ALEX", ""),
        (BUTTON, "U0THEIRS", REFUSED),
        (INFORMING, "U0THEIRS", REFUSED),
        (BUTTON | ORGANISATION, "U0SISTER", ""),
        (BUTTON | ORGANISATION, "U0THEIRS", REFUSED),
        (BUTTON, "U0GUEST", GUESTS),
        (INFORMING, "U0GUEST", ""),
        ({"type": "block_actions", "actions": [{"action_id": "ask.menu", "value": "broken"}]}, "U0GUEST", ""),
        ({"type": "block_actions", "actions": [{"action_id": "case.menu", "value": "hand"}]}, "U0GUEST", GUESTS),
        ({"type": "view_submission", "view": {"callback_id": "case.solved"}}, "U0GUEST", GUESTS),
        ({"type": "view_submission", "view": {"callback_id": "paste.explain"}}, "U0GUEST", ""),
        ({"type": "message_action"}, "U0GUEST", ""),
        ({"type": "event_callback"}, "U0THEIRS", ""),
        ({"command": "/smtp", "user_id": "U1"}, "U0THEIRS", ""),
    ],
)
def test_whose_press_is_refused(practice: Practice, body: dict[str, Any], who: str, said: str) -> None:
    """Of other companies' people all; of guests what moves a case; within one organisation the teams differ."""
    users = practice.workspace.users | {
        "U0THEIRS": User("U0THEIRS", "robin", "Robin Lee", "#2b6cb0", team=THEIRS, enterprise="E2"),
        "U0SISTER": User("U0SISTER", "kim", "Kim Roe", "#2b6cb0", team="T0SISTER", enterprise="E1"),
        "U0GUEST": User("U0GUEST", "sam", "Sam Guest", "#2b6cb0", guest=True),
    }
    practice.workspace.users.update(users)
    people = People(WebClient(practice.bot_token, base_url=practice.api_url))

    assert refusal(body | {"user": {"id": who, "team_id": users[who].team}}, "T0PRACTICE", people) == said


def test_where_slack_does_not_tell_who_is_a_guest_nobody_is(practice: Practice) -> None:
    """Without users:read everybody may press; and Slack is not asked again for a while."""
    people = People(WebClient(practice.bot_token, base_url=practice.api_url))
    practice.fail_next("users.info", "missing_scope")
    before = len(practice.calls("users.info"))

    assert [refusal(BUTTON | {"user": {"id": "U0GUEST"}}, "T0PRACTICE", people) for _ in "ab"] == ["", ""]
    assert len(practice.calls("users.info")) == before + 1


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


def test_guests_ask_and_members_move_cases(bot: Bot) -> None:
    """A guest's press on [I take it] is refused kindly, in the thread; what informs is answered; commands likewise."""
    ts = bot.practice.says("550 5.7.1 <kim@example.com>: Relay access denied")
    [card] = bot.answers(ts)
    guest = bot.practice.adds_person("visitor", guest=True)
    for what in ("I take it", "Next step"):
        bot.practice.presses(what, card, guest)
    bot.practice.command("/smtp pause 2h", user=guest)
    bot.practice.idle()
    said = bot.practice.ephemerals(guest)

    assert any("a case is moved by members" in one["text"] and one["thread_ts"] == ts for one in said)
    assert any("reading is switched by members" in one["text"] for one in said)
    assert len(said) == 3
    assert [one["ts"] for one in bot.answers(ts)] == [card["ts"]]
    assert "I read this channel" in bot.command("/smtp status")["text"]


def test_status_in_a_shared_channel_is_true(alone: Bot) -> None:
    """A channel that the settings name is not read while other companies are in it, until somebody switches that on."""
    channel = alone.practice.adds_channel("with-partner", shared=True)
    alone.settings = type(alone.settings)(database_url=alone.settings.database_url, channels=("with-partner",))
    alone.start()

    assert "do not read" in (said := alone.command("/smtp status", channel)["text"])
    assert "other companies" in said
    assert alone.answers(alone.practice.says(PASTE, channel), channel) == []

    alone.practice.command("/smtp watch on", channel)
    alone.practice.idle()

    assert "I read this channel" in alone.command("/smtp status", channel)["text"]
    assert len(alone.answers(alone.practice.says(PASTE, channel), channel)) == 1
