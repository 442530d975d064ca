"""The Web API answers, and refuses, as Slack does."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.practice import Practice
from bot.practice.people import JSON
from tests.practice.app import HOME, MODAL, plain


def error(refused: pytest.ExceptionInfo[SlackApiError]) -> str:
    """Slack's name of an error."""
    return str(refused.value.response["error"])


def test_a_message_too_large_for_slack_is_refused(client: WebClient) -> None:
    """Limits of texts, blocks and their sum, each with Slack's error and where it is."""
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C0EMAILOPS", text="t", blocks=[long])

    assert "invalid_blocks" == error(refused)
    assert "must be less than 3001 characters" in refused.value.response["response_metadata"]["messages"][0]
    many = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}] * 5
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C0EMAILOPS", text="t", blocks=many)
    assert "msg_blocks_too_long" == error(refused)


@pytest.mark.parametrize(
    ("channel", "more", "expected"),
    [
        ("C0NOWHERE", {}, "channel_not_found"),
        ("C0GENERAL", {}, "not_in_channel"),
        ("C0EMAILOPS", {"thread_ts": "1.000000"}, "thread_not_found"),
        ("C0EMAILOPS", {"text": " "}, "no_text"),
        ("C0EMAILOPS", {"metadata": {"event_type": ""}}, "invalid_metadata_format"),
    ],
)
def test_a_message_to_nowhere_is_refused(
    client: WebClient, channel: str, more: dict[str, object], expected: str
) -> None:
    """Unknown channels, channels without the bot, unknown threads, empty texts, broken metadata."""
    with pytest.raises(SlackApiError) as refused:
        client.api_call("chat.postMessage", json={"channel": channel, "text": "hello", **more})

    assert expected == error(refused)


def test_only_the_bots_own_messages_can_be_changed(practice: Practice, client: WebClient) -> None:
    """chat.update and chat.delete work on what the bot posted, and on nothing else."""
    theirs = practice.says("hello")
    mine = str(client.chat_postMessage(channel="C0EMAILOPS", text="one")["ts"])
    client.chat_update(channel="C0EMAILOPS", ts=mine, text="two")
    for method in (client.chat_update, client.chat_delete):
        with pytest.raises(SlackApiError, match="cant_"):
            method(channel="C0EMAILOPS", ts=theirs, text="mine now")

    assert ["hello", "two"] == [message["text"] for message in practice.messages()]
    client.chat_delete(channel="C0EMAILOPS", ts=mine)
    assert ["hello"] == [message["text"] for message in practice.messages()]


def test_metadata_is_for_those_who_ask(client: WebClient) -> None:
    """conversations.replies shows metadata only with include_all_metadata."""
    metadata = {"event_type": "case", "event_payload": {"entry": "reply.550"}}
    ts = str(client.chat_postMessage(channel="C0EMAILOPS", text="card", metadata=metadata)["ts"])
    [without] = client.conversations_replies(channel="C0EMAILOPS", ts=ts)["messages"]
    [whole] = client.conversations_replies(channel="C0EMAILOPS", ts=ts, include_all_metadata=True)["messages"]

    assert "metadata" not in without
    assert metadata == whole["metadata"]


def test_a_scheduled_message_is_posted_when_it_is_due(practice: Practice, client: WebClient) -> None:
    """It waits in the list, and is then in the channel."""
    due = int(time.time()) + 3600
    client.chat_scheduleMessage(channel="C0EMAILOPS", post_at=due, text="still failing?")
    [waiting] = client.chat_scheduledMessages_list()["scheduled_messages"]
    assert (due, "still failing?") == (waiting["post_at"], waiting["text"])
    assert [] == practice.messages()

    practice.stage.schedule.post_due(due)
    assert ["still failing?"] == [message["text"] for message in practice.messages()]
    assert [] == client.chat_scheduledMessages_list()["scheduled_messages"]


def test_a_scheduled_message_can_be_taken_back(practice: Practice, client: WebClient) -> None:
    """Until a minute before; a time in the past or beyond 120 days is refused."""
    now = int(time.time())
    ident = str(client.chat_scheduleMessage(channel="C0EMAILOPS", post_at=now + 600, text="x")["scheduled_message_id"])
    client.chat_deleteScheduledMessage(channel="C0EMAILOPS", scheduled_message_id=ident)
    practice.stage.schedule.post_due(now + 1000)
    assert [] == practice.messages()

    soon = str(client.chat_scheduleMessage(channel="C0EMAILOPS", post_at=now + 50, text="x")["scheduled_message_id"])
    refused: list[tuple[Callable[[], object], str]] = [
        (lambda: client.chat_deleteScheduledMessage(channel="C0EMAILOPS", scheduled_message_id=soon), "invalid_sched"),
        (lambda: client.chat_scheduleMessage(channel="C0EMAILOPS", post_at=now - 5, text="x"), "time_in_past"),
        (lambda: client.chat_scheduleMessage(channel="C0EMAILOPS", post_at=now + 11_000_000, text="x"), "time_too_far"),
    ]
    for call, expected in refused:
        with pytest.raises(SlackApiError, match=expected):
            call()


def test_a_reaction_is_the_bots_once(practice: Practice, client: WebClient) -> None:
    """reactions.add twice is already_reacted; reactions.get shows it; reactions.remove takes it back."""
    ts = practice.says("550 5.1.1 unknown")
    client.reactions_add(channel="C0EMAILOPS", timestamp=ts, name="eyes")
    with pytest.raises(SlackApiError, match="already_reacted"):
        client.reactions_add(channel="C0EMAILOPS", timestamp=ts, name="eyes")
    [one] = client.reactions_get(channel="C0EMAILOPS", timestamp=ts)["message"]["reactions"]
    assert ("eyes", 1) == (one["name"], one["count"])

    client.reactions_remove(channel="C0EMAILOPS", timestamp=ts, name="eyes")
    with pytest.raises(SlackApiError, match="no_reaction"):
        client.reactions_remove(channel="C0EMAILOPS", timestamp=ts, name="eyes")


def test_a_trigger_opens_one_modal(practice: Practice, client: WebClient) -> None:
    """Used a second time, or unknown, it is refused; so is a view that is no modal."""
    trigger = practice.stage.trigger("U0ALEX")
    client.views_open(trigger_id=trigger, view=MODAL)
    for ident, expected in ((trigger, "exchanged_trigger_id"), ("nonsense", "invalid_trigger_id")):
        with pytest.raises(SlackApiError, match=expected):
            client.views_open(trigger_id=ident, view=MODAL)
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_open(trigger_id=practice.stage.trigger("U0ALEX"), view=HOME)


def test_a_stack_holds_three_modals(practice: Practice, client: WebClient) -> None:
    """views.push on top of the third is refused, and on top of none."""
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        client.views_push(trigger_id=practice.stage.trigger("U0ALEX"), view=MODAL)
    client.views_open(trigger_id=practice.stage.trigger("U0ALEX"), view=MODAL)
    for _ in range(2):
        client.views_push(trigger_id=practice.stage.trigger("U0ALEX"), view=MODAL)
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        client.views_push(trigger_id=practice.stage.trigger("U0ALEX"), view=MODAL)


def test_a_home_is_published_for_a_person(practice: Practice, client: WebClient) -> None:
    """A stale hash is refused, an unknown person too."""
    first = client.views_publish(user_id="U0ALEX", view=HOME)["view"]
    second = client.views_publish(user_id="U0ALEX", view=HOME, hash=first["hash"])["view"]
    assert first["id"] == second["id"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_publish(user_id="U0ALEX", view=HOME, hash=first["hash"])
    with pytest.raises(SlackApiError, match="user_not_found"):
        client.views_publish(user_id="U0NOBODY", view=HOME)


def test_a_menu_with_options_of_its_own_is_no_external_one(practice: Practice, client: WebClient) -> None:
    """An external select gets its options from the app, and from nowhere else."""
    menu = {"type": "external_select", "action_id": "a", "options": [{"text": plain("x"), "value": "x"}]}
    view = {**MODAL, "blocks": [{"type": "input", "label": plain("Entry"), "element": menu}]}
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_open(trigger_id=practice.stage.trigger("U0ALEX"), view=view)


def test_a_response_url_works_five_times(practice: Practice) -> None:
    """The sixth post to it is refused."""
    from slack_sdk.webhook import WebhookClient

    url = practice.stage.hooks.url(practice.channel("email-ops"), "U0ALEX")
    answers = [WebhookClient(url).send(text=f"answer {number}") for number in range(6)]

    assert [200] * 5 + [404] == [answer.status_code for answer in answers]
    assert ("used_url", 5) == (answers[-1].body, len(practice.ephemerals()))


def test_the_bots_channels_are_those_it_is_in(client: WebClient) -> None:
    """users.conversations leaves out what conversations.list shows besides; leaving takes a channel off."""
    assert ["email-ops", "ops"] == [one["name"] for one in client.users_conversations()["channels"]]
    assert ["email-ops", "general", "ops"] == [one["name"] for one in client.conversations_list()["channels"]]

    client.conversations_leave(channel="C0OPS")
    assert ["email-ops"] == [one["name"] for one in client.users_conversations()["channels"]]


@pytest.mark.parametrize(("token", "expected"), [("", "not_authed"), ("xoxb-wrong", "invalid_auth")])
def test_a_wrong_token_is_refused(practice: Practice, token: str, expected: str) -> None:
    """auth.test says whether there was none or a wrong one."""
    with pytest.raises(SlackApiError, match=expected):
        WebClient(token or None, base_url=practice.api_url).auth_test()


@pytest.mark.parametrize(
    ("method", "given", "scope"),
    [
        ("chat.postMessage", {"channel": "C0EMAILOPS", "text": "hello"}, "chat:write"),
        ("conversations.history", {"channel": "C0EMAILOPS"}, "channels:history"),
        ("conversations.info", {"channel": "C0EMAILOPS"}, "channels:read"),
        ("users.conversations", {"types": "public_channel,im"}, "im:read"),
        ("users.info", {"user": "U0ALEX"}, "users:read"),
        ("files.getUploadURLExternal", {"filename": "a.csv", "length": 3}, "files:write"),
    ],
)
def test_a_call_without_its_scope_is_refused(
    client: WebClient, practice: Practice, monkeypatch: pytest.MonkeyPatch, *, method: str, given: JSON, scope: str
) -> None:
    """With the name of what is needed, as Slack does; a list of several kinds as a whole."""
    granted = ("chat:write", "channels:history", "channels:read", "im:read", "users:read", "files:write")
    monkeypatch.setattr(practice.stage, "scopes", frozenset(granted))
    client.api_call(method, json=given)
    monkeypatch.setattr(practice.stage, "scopes", frozenset(granted) - {scope})
    with pytest.raises(SlackApiError) as caught:
        client.api_call(method, json=given)

    assert (caught.value.response["error"], caught.value.response["needed"]) == ("missing_scope", scope)


def test_planned_failures_come_once(practice: Practice, client: WebClient) -> None:
    """A call that fails after it was carried out leaves its message there."""
    practice.fail_next("chat.postMessage", "internal_error", performed=True)
    with pytest.raises(SlackApiError, match="internal_error"):
        client.chat_postMessage(channel="C0EMAILOPS", text="doubled?")
    practice.fail_next("chat.postMessage", "ratelimited", retry_after=7)
    with pytest.raises(SlackApiError) as limited:
        client.chat_postMessage(channel="C0EMAILOPS", text="later")

    assert "7" == limited.value.response.headers["Retry-After"]
    assert ["doubled?"] == [message["text"] for message in practice.messages()]


def test_nobody_posts_in_an_archived_channel(practice: Practice, client: WebClient) -> None:
    """The channel is still seen, and says that it is archived."""
    practice.archives("ops")
    with pytest.raises(SlackApiError, match="is_archived"):
        client.chat_postMessage(channel="C0OPS", text="hello")

    assert client.conversations_info(channel="C0OPS")["channel"]["is_archived"]


def test_a_file_is_uploaded_in_three_calls(practice: Practice, client: WebClient) -> None:
    """As slack_sdk does it: an address, the bytes, and the file is in the thread."""
    ts = practice.says("how was the week?")
    client.files_upload_v2(
        channel="C0EMAILOPS", thread_ts=ts, filename="week.csv", content="cause,count", initial_comment="This week"
    )
    [reply] = practice.replies(ts)
    [file] = reply["files"]

    assert ("week.csv", "This week", "file_share") == (file["name"], reply["text"], reply["subtype"])
    assert b"cause,count" == practice.workspace.contents[file["id"]]
