"""What people do reaches the app as Slack would send it."""

from __future__ import annotations

import pytest

from bot.practice import Practice
from bot.practice.manifest import Manifest
from bot.practice.reactions import ReactionError
from tests.practice.app import MODAL, Recorder


def test_text_is_escaped_and_comes_with_rich_text(app: Recorder) -> None:
    """`text` has Slack's three escapes and its links; the rich_text block has the words plain."""
    app.practice.says("550 <bob@example.com> & more at mx.example.com")
    [event] = app.events("message")

    assert "550 &lt;<mailto:bob@example.com|bob@example.com>&gt; &amp; more at" in event["text"]
    assert "<http://mx.example.com|mx.example.com>" in event["text"]
    [section] = event["blocks"][0]["elements"]
    assert "550 <" == section["elements"][0]["text"]


def test_an_event_that_the_manifest_does_not_ask_for_is_not_sent(app: Recorder) -> None:
    """The bot is in a private channel, but only message.channels and message.im are subscribed."""
    channel = app.practice.adds_channel("secrets", private=True)
    app.practice.says("550 5.1.1 unknown", channel)
    app.practice.says("hello")

    assert ["hello"] == [event["text"] for event in app.events("message")]


def test_a_channel_without_the_bot_is_not_heard(app: Recorder) -> None:
    """Nothing said in #general reaches the bot before it is invited; the invitation does."""
    app.practice.says("550 5.1.1 unknown", "general")
    app.practice.invites("general")

    assert [] == [event for event in app.events("message") if event.get("text", "").startswith("550")]
    [joined] = app.events("member_joined_channel")
    assert "U0ALEX" == joined["inviter"]


def test_edits_and_deletions_are_told_with_what_was_before(app: Recorder) -> None:
    """`message_changed` and `message_deleted` are hidden, with a ts of their own and the message before."""
    ts = app.practice.says("one")
    app.practice.edits(ts, "two")
    app.practice.deletes(ts)
    _, changed, deleted = app.events("message")

    assert ("message_changed", ts, "one", "two") == (
        changed["subtype"],
        changed["message"]["ts"],
        changed["previous_message"]["text"],
        changed["message"]["text"],
    )
    assert ("message_deleted", ts, True) == (deleted["subtype"], deleted["deleted_ts"], deleted["hidden"])
    assert 3 == len({ts, changed["ts"], deleted["ts"]})


def test_a_reaction_is_told_and_counted_once_a_person(app: Recorder) -> None:
    """`reaction_added` names who reacted and whose message it is; the same again is refused."""
    ts = app.practice.says("550 5.1.1 unknown", user="U0PRIYA")
    app.practice.reacts(ts, "eyes")
    with pytest.raises(ReactionError, match="already_reacted"):
        app.practice.reacts(ts, "eyes")
    app.practice.unreacts(ts, "eyes")
    [added] = app.events("reaction_added")
    [removed] = app.events("reaction_removed")

    assert ("U0ALEX", "eyes", "U0PRIYA", ts) == (
        added["user"],
        added["reaction"],
        added["item_user"],
        added["item"]["ts"],
    )
    assert "eyes" == removed["reaction"]
    assert "reactions" not in app.practice.messages()[0]


def test_a_mail_arrives_as_slack_makes_it(app: Recorder) -> None:
    """A forwarded mail is Slackbot's file with a bot_id and an empty text, and keeps few of its headers."""
    app.practice.forwards_email("Undelivered Mail", "550 5.1.1 unknown")
    [event] = app.events("message")
    [file] = event["files"]

    assert ("USLACKBOT", "BSLACKBOT", "", "email") == (event["user"], event["bot_id"], event["text"], file["mode"])
    assert {"date", "in_reply_to", "reply_to", "message_id"} == set(file["headers"])


def test_a_file_is_for_the_bots_token_only(app: Recorder) -> None:
    """A download without the token gets a page to sign in, with status 200, as Slack does."""
    from urllib.request import Request, urlopen

    app.practice.uploads("bounce.eml", b"Status: 5.1.1")
    [event] = app.events("message")
    url = event["files"][0]["url_private_download"]
    with urlopen(url) as page:
        assert page.read().startswith(b"<!DOCTYPE html>")
    with urlopen(Request(url, headers={"Authorization": f"Bearer {app.practice.bot_token}"})) as file:
        assert b"Status: 5.1.1" == file.read()


def test_a_message_shortcut_carries_its_message(app: Recorder) -> None:
    """The payload has the message, its ts and its channel; a shortcut that the manifest lacks is none."""
    ts = app.practice.says("550 5.1.1 unknown")
    [message] = app.practice.messages()
    app.practice.shortcut("explain", message)
    [payload] = app.payloads("message_action")

    assert (ts, "550 5.1.1 unknown", "email-ops") == (
        payload["message_ts"],
        payload["message"]["text"],
        payload["channel"]["name"],
    )
    with pytest.raises(LookupError, match="It has: explain"):
        app.practice.shortcut("nothing", message)


def test_a_global_shortcut_opens_a_modal_and_its_submission_is_answered(app: Recorder) -> None:
    """The trigger opens one modal; errors stay at their block, an update replaces the contents."""
    app.practice.global_shortcut("paste")
    view = app.modal()
    app.practice.submits(view, {"text": ""})
    app.practice.submits(view, {"text": "550 5.1.1"})
    app.practice.idle()

    changed = app.practice.modal()
    assert changed is not None
    assert "Explained: 550 5.1.1" == changed["blocks"][0]["text"]["text"]
    assert MODAL["title"]["text"] == view["title"]["text"]


def test_a_closed_modal_is_told_where_the_app_asked(app: Recorder) -> None:
    """`view_closed` comes with notify_on_close."""
    app.practice.global_shortcut("paste")
    app.practice.closes(app.modal())

    [closed] = app.payloads("view_closed")
    assert "pasted" == closed["view"]["callback_id"]
    assert app.practice.modal() is None


def test_two_people_have_modals_of_their_own(app: Recorder) -> None:
    """One person's new modal leaves the other's open."""
    app.practice.global_shortcut("paste", "U0ALEX")
    app.practice.global_shortcut("paste", "U0PRIYA")
    app.practice.idle()

    assert app.practice.modal("U0ALEX") is not None
    assert app.practice.modal("U0PRIYA") is not None


def test_a_menu_asks_the_app_for_its_options(app: Recorder) -> None:
    """What is typed goes to the app as block_suggestion, and its options come back."""
    app.practice.global_shortcut("paste")
    view = app.modal()
    options = app.practice.asks_options("entry", "grey", view)

    assert ["greylisting"] == [one["value"] for one in options]


def test_the_home_is_published_and_its_search_is_an_action(app: Recorder) -> None:
    """Opening the tab is told; typing in an input that dispatches is a block action with its value."""
    app.practice.opens_home()
    app.practice.waits_for(lambda: app.practice.workspace.homes.get("U0ALEX"))
    app.practice.presses_in_view("search", app.practice.workspace.homes["U0ALEX"], {"search": "451"})
    app.practice.idle()

    assert "Found for 451" == app.practice.workspace.homes["U0ALEX"]["blocks"][-1]["text"]["text"]
    app.practice.opens_home(tab="messages")
    first, second = app.events("app_home_opened")
    assert ("home", "messages") == (first["tab"], second["tab"])
    assert "view" not in first
    assert "home" == second["view"]["type"]


def test_an_event_whose_acknowledgement_is_lost_comes_again(app: Recorder) -> None:
    """The same event, with the same event_id."""
    app.practice.lose_acks()
    app.practice.says("550 5.1.1 unknown")
    app.practice.waits_for(lambda: len(app.bodies) > 1)
    first, second = app.bodies

    assert first["event_id"] == second["event_id"]


def test_a_command_that_nobody_takes_is_said_so(practice: Practice) -> None:
    """Slackbot tells the person that the app is not there."""
    practice.command("/smtp 451")
    practice.waits_for(practice.ephemerals)

    assert 'failed with the error "dispatch_failed"' in practice.ephemerals()[0]["text"]


def test_a_manifest_says_which_messages_are_subscribed() -> None:
    """Channels, private channels and direct messages are three subscriptions."""
    manifest = Manifest(events=frozenset(("message.groups",)))

    assert manifest.subscribed({"type": "message", "channel_type": "group"})
    assert not manifest.subscribed({"type": "message", "channel_type": "channel"})
    assert not manifest.subscribed({"type": "reaction_added"})


def test_a_step_of_a_workflow_ends_with_outputs_or_an_error(app: Recorder) -> None:
    """function_executed brings the inputs; how it ended is known by its execution."""
    good = app.practice.runs_step("explain", {"text": "550 5.1.1"})
    bad = app.practice.runs_step("explain", {})
    app.practice.waits_for(lambda: app.practice.stage.steps[good] and app.practice.stage.steps[bad])

    assert {"outputs": {"verdict": "keep the address"}} == app.practice.stage.steps[good]
    assert {"error": "There was no text."} == app.practice.stage.steps[bad]


def test_a_channel_shared_with_another_company_says_so(app: Recorder) -> None:
    """Its events are marked, and its people belong to another team."""
    channel = app.practice.adds_channel("partner-mail", shared=True)
    person = app.practice.adds_person("sam", team="T0OTHER")
    app.practice.says("550 5.1.1 unknown", channel, user=person)
    app.practice.idle()
    [body] = app.bodies

    assert body["is_ext_shared_channel"]
    assert "T0OTHER" == app.client.users_info(user=person)["user"]["team_id"]
    assert app.client.conversations_info(channel=channel)["channel"]["is_ext_shared"]
