"""From paste to card, over Socket Mode, with everything real but Slack."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.conftest import PASTE, Bot

CHAT = (
    "lunch at 12? 451 people",
    "HTTP 503 from the load balancer again",
    "kernel 5.4.1 is out, port 587 is open",
    "Yahoo is 421ing us again",
    "the 5.7.26 fix is out",
    "good morning :wave: <@U1> & <everybody>",
)


def test_a_paste_gets_one_card_in_its_thread(bot: Bot) -> None:
    """A bounce in a watched channel is answered once, in its thread, with blocks, text and the case."""
    [card] = bot.answers(bot.practice.says(PASTE))

    assert card["blocks"]
    assert 0 < len(card["text"]) <= 300
    assert "event_payload" in card["metadata"]


@pytest.mark.parametrize("text", CHAT)
def test_chat_is_left_alone(bot: Bot, text: str) -> None:
    """People talking about codes get no reply, and nobody is asked anything about the channel."""
    before = len(bot.practice.calls())

    assert bot.answers(bot.practice.says(text)) == []
    assert len(bot.practice.calls()) == before


def test_a_redelivered_paste_still_has_one_card(bot: Bot) -> None:
    """Slack delivers again what it thinks was not acknowledged."""
    bot.practice.lose_acks()
    ts = bot.practice.says(PASTE)
    bot.answers(ts)
    bot.practice.redeliver(ts, attempt=2)

    assert len(bot.answers(ts)) == 1


def test_a_mention_beside_its_message_is_one_question(bot: Bot) -> None:
    """Slack tells of a mention twice, as app_mention and as message: one answer."""
    assert len(bot.answers(bot.practice.says(f"@smtp-bot {PASTE}"))) == 1
    assert len(bot.answers(bot.practice.says("@smtp-bot what is 451 4.7.1?"))) == 1


def test_a_mention_is_a_question_in_any_channel(bot: Bot) -> None:
    """Where the bot is a member it answers to its name, and to nothing else."""
    assert len(bot.answers(bot.practice.says("@smtp-bot 550 5.1.1", "ops"), "ops")) == 1
    assert bot.answers(bot.practice.says(PASTE, "ops"), "ops") == []


def test_a_direct_message_is_a_question(bot: Bot) -> None:
    """Nobody else is there to be meant."""
    direct = bot.practice.direct()

    assert len(bot.answers(bot.practice.says("451 4.7.1", direct), direct)) == 1


@pytest.mark.parametrize("text", ["@smtp-bot zxqv blorptastic", "@smtp-bot", "@smtp-bot help"])
def test_who_asks_gets_an_answer_always(bot: Bot, text: str) -> None:
    """Not knowing is an answer: it says what to paste."""
    [answer] = bot.answers(bot.practice.says(text, "ops"), "ops")

    assert "aste" in answer["text"] + str(answer.get("blocks"))


def test_a_bounce_in_a_thread_is_answered_there(bot: Bot) -> None:
    """Somebody asks, somebody pastes below: the card is in that thread, and the thread has its case."""
    ts = bot.practice.says("mail to example.com hangs, any idea?")
    bot.practice.says("nope", thread_ts=ts)
    bot.practice.says(PASTE, thread_ts=ts)

    assert len(bot.answers(ts)) == 1

    bot.practice.says("do we retry?", thread_ts=ts)

    assert len(bot.answers(ts)) == 2


def test_edits_and_deletions_of_chat_are_left_alone(bot: Bot) -> None:
    """Chat stays chat when it is edited; a deleted message is nobody's question."""
    ts = bot.practice.says("something else")
    bot.practice.edits(ts, "something else again")
    assert bot.answers(ts) == []

    bot.practice.deletes(ts)
    bot.practice.invites("general")
    bot.practice.idle()


def test_other_apps_are_left_alone_but_those_named(bot: Bot) -> None:
    """SMTP_BOT_APPS names Grafana here; Jenkins is left alone, as is a webhook."""
    assert bot.answers(bot.practice.app_says(PASTE, name="Jenkins")) == []
    assert bot.answers(bot.practice.app_says(PASTE, name="Jenkins", webhook=True)) == []
    assert len(bot.answers(bot.practice.app_says(PASTE, name="Grafana"))) == 1


def test_a_forwarded_email_is_read(bot: Bot) -> None:
    """It comes from Slackbot with a bot_id and no text; its plain text is in the event."""
    report = "Diagnostic-Code: smtp; 550 5.1.1 <ann@example.com>: Recipient address rejected: User unknown"

    assert len(bot.answers(bot.practice.forwards_email("Undelivered Mail Returned to Sender", report))) == 1


def test_a_broadcast_reply_is_read_once(bot: Bot) -> None:
    """A reply that was also sent to the channel is one message."""
    ts = bot.practice.says("look")
    bot.practice.broadcasts(PASTE, ts)

    assert len(bot.answers(ts)) == 1


def test_a_channel_is_read_by_its_name_whatever_its_id(bot: Bot) -> None:
    """A private channel of another name is not read; its name is asked for once."""
    channel = bot.practice.adds_channel("mail-night-shift", private=True)
    before = len(bot.practice.calls("conversations.info"))

    assert bot.answers(bot.practice.says(PASTE, channel), channel) == []
    assert bot.answers(bot.practice.says(PASTE, channel), channel) == []
    assert len(bot.practice.calls("conversations.info")) == before + 1


def mrkdwn(value: Any) -> list[str]:
    """Every text in blocks in which Slack reads markup; rich text is shown as it is."""
    if isinstance(value, dict):
        own = [value["text"]] if value.get("type") == "mrkdwn" else []
        return own + [text for inner in value.values() for text in mrkdwn(inner)]
    return [text for inner in value for text in mrkdwn(inner)] if isinstance(value, list) else []


def types(value: Any) -> list[str]:
    """The type of everything in blocks."""
    if isinstance(value, dict):
        return [str(value.get("type"))] + [kind for inner in value.values() for kind in types(inner)]
    return [kind for inner in value for kind in types(inner)] if isinstance(value, list) else []


@pytest.mark.parametrize(
    "text",
    [
        " ",
        "\x00\x01\x02\x1b[31m550 5.1.1\x07",
        "\ud800 550 5.1.1 user unknown \udfff",
        "550 5.1.1 <!channel> <!here> <!everyone> user unknown",
        "550 5.1.1 <https://evil.example.com|https://support.google.com> user unknown",
        "550 5.1.1 &lt;!channel&gt; <@U0PRIYA> <!subteam^S1> user unknown @channel",
        "550 5.1.1 \u202e\u2066user unknown\u2069 \u200f abc",
        "550 5.1.1 *_~`bold`~_* > quote ```code``` user unknown",
        "550 5.1.1 " + "x" * 39_000,
        "x" * 40_000,
        "550 5.1.1 user unknown\n" * 1_700,
        "a\n" * 5_000,
        "550 5.1.1 user <" + "<" * 5_000 + "mailto:" * 500 + "|" * 500,
    ],
    ids=lambda text: ascii(text[:24]),
)
def test_hostile_pastes(bot: Bot, text: str) -> None:
    """A card or silence: never a ping, never a forged link, never a post that Slack refuses."""
    posts = len(bot.practice.calls("chat.postMessage"))
    answers = bot.answers(bot.practice.says(text))
    markup = [text for answer in answers for text in (answer["text"], *mrkdwn(answer.get("blocks")))]

    assert len(answers) <= 1
    assert len(bot.practice.calls("chat.postMessage")) == posts + len(answers)
    assert not [text for text in markup for ping in ("<!", "<@", "<https://evil", "<mailto:") if ping in text]
    assert not [kind for kind in types(answers) if kind in ("broadcast", "user", "usergroup", "link")]
    assert all("blocks" in answer for answer in answers)
