"""A message is posted once, whatever Slack answers."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from bot.delivery.errors import Undeliverable, Undelivered
from bot.delivery.posting import PATIENCE, Place, Poster
from bot.practice import Practice
from bot.terms import Message
from tests.delivery.conftest import Time

CARD = Message(
    "A card",
    ({"type": "section", "text": {"type": "mrkdwn", "text": "A card"}},),
    {"event_type": "smtp_bot_card", "event_payload": {"case": "{}"}},
)
CHANNEL = "C0EMAILOPS"


@pytest.fixture
def poster(client: WebClient, time: Time) -> Poster:
    """A poster whose waits take no time."""
    return Poster(client, clock=time, sleep=time.sleep)


@pytest.fixture
def place(workspace: Practice) -> Place:
    """The thread of a new message."""
    ts = workspace.says("a bounce")
    return Place(CHANNEL, ts, ts)


def texts(workspace: Practice, place: Place) -> list[str]:
    """The replies in the thread."""
    return [str(message["text"]) for message in workspace.replies(place.thread, CHANNEL)]


def test_a_card_is_posted_in_the_thread(workspace: Practice, poster: Poster, place: Place) -> None:
    """Text, blocks and metadata arrive; the metadata also says what is answered; nothing is unfurled."""
    ts = poster.post(place, CARD)
    reply = workspace.replies(place.thread, CHANNEL)[0]

    assert (reply["ts"], reply["text"], len(reply["blocks"])) == (ts, "A card", 1)
    assert reply["metadata"] == {
        "event_type": "smtp_bot_card",
        "event_payload": {"case": "{}", "answers": place.answers},
    }
    call = workspace.calls("chat.postMessage")[-1][1]
    assert [call[flag] for flag in ("unfurl_links", "unfurl_media")] == [False, False]


@pytest.mark.parametrize("how", [500, 503, "internal_error", "fatal_error", "service_unavailable", "request_timeout"])
@pytest.mark.parametrize("performed", [False, True], ids=["not-posted", "posted"])
def test_a_doubtful_failure_makes_one_card(
    workspace: Practice, poster: Poster, place: Place, how: str | int, performed: bool
) -> None:
    """Whether or not Slack had posted before it failed, one card is there in the end, and its ts is known."""
    workspace.fail_next("chat.postMessage", how, performed=performed)

    ts = poster.post(place, CARD)

    assert texts(workspace, place) == ["A card"]
    assert ts == workspace.replies(place.thread, CHANNEL)[0]["ts"]


@pytest.mark.parametrize("performed", [False, True], ids=["not-posted", "posted"])
def test_a_timeout_makes_one_card(workspace: Practice, poster: Poster, place: Place, performed: bool) -> None:
    """No answer within the client's patience is a doubt as well."""
    workspace.fail_next("chat.postMessage", "timeout", performed=performed, seconds=3)
    poster.post(place, CARD)

    assert texts(workspace, place) == ["A card"]


def test_looking_can_fail_too(workspace: Practice, poster: Poster, place: Place) -> None:
    """While the thread cannot be read, nothing is posted again."""
    workspace.fail_next("chat.postMessage", 500, performed=True)
    workspace.fail_next("conversations.replies", 500, times=2)
    poster.post(place, CARD)

    assert texts(workspace, place) == ["A card"]


def test_retry_after_is_obeyed(workspace: Practice, poster: Poster, place: Place, time: Time) -> None:
    """429 waits as long as Slack says; nothing was posted, so nobody looks."""
    before = len(workspace.calls("conversations.replies"))
    workspace.fail_next("chat.postMessage", "ratelimited", times=2, retry_after=17)
    poster.post(place, CARD)

    assert time.slept == [17.0, 17.0]
    assert texts(workspace, place) == ["A card"]
    assert len(workspace.calls("conversations.replies")) == before


def test_a_wait_beyond_patience_is_not_begun(workspace: Practice, poster: Poster, place: Place, time: Time) -> None:
    """Somebody takes the claim up later, with a new card; the lane is free for others."""
    workspace.fail_next("chat.postMessage", "ratelimited", retry_after=int(PATIENCE) + 1)

    with pytest.raises(Undelivered):
        poster.post(place, CARD)
    assert time.slept == []


def test_a_slack_that_stays_away_ends_in_a_free_claim(
    workspace: Practice, poster: Poster, place: Place, time: Time
) -> None:
    """Attempts are bounded, and so is the time they take."""
    workspace.fail_next("chat.postMessage", 500, times=8)
    workspace.fail_next("conversations.replies", 500, times=8)
    with pytest.raises(Undelivered):
        poster.post(place, CARD)
    drain(workspace, poster, place)

    assert time.now <= PATIENCE


def drain(workspace: Practice, poster: Poster, place: Place) -> None:
    """Uses up the failures that are left."""
    for method in ("chat.postMessage", "conversations.replies"):
        while workspace.faults.take(method):
            pass


@pytest.mark.parametrize("code", ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"])
def test_a_card_that_slack_refuses_goes_as_text(
    workspace: Practice, poster: Poster, place: Place, code: str, time: Time
) -> None:
    """A mistake of ours in a card must not lose the answer."""
    workspace.fail_next("chat.postMessage", code)
    poster.post(place, CARD)
    reply = workspace.replies(place.thread, CHANNEL)[0]

    assert reply["text"] == "A card"
    assert "blocks" not in reply
    assert reply["metadata"]["event_payload"]["answers"] == place.answers


def test_really_invalid_blocks_go_as_text(workspace: Practice, poster: Poster, place: Place) -> None:
    """The practice server's own refusal, for blocks with a header that is too long."""
    blocks = ({"type": "header", "text": {"type": "plain_text", "text": "x" * 151}},)
    poster.post(place, Message("A card", blocks))

    assert texts(workspace, place) == ["A card"]


def test_metadata_that_slack_refuses_is_left_out(workspace: Practice, poster: Poster, place: Place) -> None:
    """A card without what a follow-up needs is better than none."""
    poster.post(place, Message("A card", CARD.blocks, {"event_type": "x", "event_payload": {"case": "x" * 9_000}}))
    reply = workspace.replies(place.thread, CHANNEL)[0]

    assert "metadata" not in reply
    assert len(reply["blocks"]) == 1


@pytest.mark.parametrize("code", ["not_in_channel", "is_archived", "invalid_auth", "restricted_action"])
def test_a_refusal_for_good_is_not_tried_again(
    workspace: Practice, poster: Poster, place: Place, time: Time, code: str
) -> None:
    """The word that Slack used for it is passed on."""
    workspace.fail_next("chat.postMessage", code)

    with pytest.raises(Undeliverable) as caught:
        poster.post(place, CARD)
    assert (caught.value.code, time.slept, texts(workspace, place)) == (code, [], [])


def test_a_deleted_paste_is_not_answered(workspace: Practice, poster: Poster) -> None:
    """Its thread is gone."""
    with pytest.raises(Undeliverable, match="thread_not_found"):
        poster.post(Place(CHANNEL, "1.000001", "1.000001"), CARD)


def test_who_takes_over_looks_first(workspace: Practice, poster: Poster, place: Place) -> None:
    """After a crash between posting and recording, the card that is there is the answer."""
    first = poster.post(place, CARD)

    assert poster.post(place, CARD, again=True) == first
    assert texts(workspace, place) == ["A card"]


def test_a_card_in_a_busy_thread_is_found(workspace: Practice, poster: Poster, place: Place) -> None:
    """Also where more was written before it than Slack gives at once."""
    for n in range(230):
        workspace.says(f"me too, {n}", thread_ts=place.thread)
    ts = poster.post(place, CARD)

    assert poster.post(place, CARD, again=True) == ts
    assert texts(workspace, place).count("A card") == 1


def test_who_takes_over_posts_where_nothing_is(workspace: Practice, poster: Poster, place: Place) -> None:
    """After a crash before posting, the card is posted."""
    poster.post(place, CARD, again=True)

    assert texts(workspace, place) == ["A card"]


def test_another_answer_in_the_thread_is_not_this_one(workspace: Practice, poster: Poster, place: Place) -> None:
    """Two messages of one thread have two answers."""
    poster.post(place, CARD)
    question = workspace.says("do we retry?", thread_ts=place.thread)
    poster.post(Place(CHANNEL, place.thread, question), Message("An answer"), again=True)

    assert texts(workspace, place) == ["A card", "do we retry?", "An answer"]


def test_a_post_to_the_channel_is_found_there(workspace: Practice, poster: Poster) -> None:
    """A card that goes to the channel itself is looked for in the channel."""
    place = Place(CHANNEL, "", "post:1.2")
    workspace.fail_next("chat.postMessage", 500, performed=True)
    ts = poster.post(place, CARD)

    assert [
        m["ts"]
        for m in workspace.messages()
        if m.get("metadata", {}).get("event_payload", {}).get("answers") == "post:1.2"
    ] == [ts]


def test_a_connection_refused_is_tried_again(time: Time) -> None:
    """A server that is not there has posted nothing; the bot waits for it, and gives up in time."""
    poster = Poster(
        WebClient("xoxb-x", base_url="http://127.0.0.1:9/api/", retry_handlers=[]), clock=time, sleep=time.sleep
    )

    with pytest.raises(Undelivered):
        poster.post(Place(CHANNEL, "1.0", "1.0"), CARD)
    assert time.slept[:3] == [1.0, 2.0, 4.0]
