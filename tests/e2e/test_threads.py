"""Questions in the thread of a card, also after a restart."""

from __future__ import annotations

from tests.e2e.conftest import PASTE, Bot

NAMED = "550 5.7.1 Service unavailable, Client host [192.0.2.77] blocked using zen.spamhaus.org"


def test_a_question_in_a_cards_thread_is_answered(bot: Bot) -> None:
    """Once, in the thread."""
    ts = bot.practice.says(PASTE)
    bot.answers(ts)
    question = bot.practice.says("do we retry?", thread_ts=ts)
    assert len(bot.answers(ts)) == 2

    bot.practice.redeliver(question)

    assert len(bot.answers(ts)) == 2


def test_chat_in_a_cards_thread_is_left_alone(bot: Bot) -> None:
    """People talk to each other there."""
    ts = bot.practice.says(PASTE)
    bot.answers(ts)
    for text in ("thanks!", "I'll look after lunch", "Tom, can you take this"):
        bot.practice.says(text, thread_ts=ts)

    assert len(bot.answers(ts)) == 1


def test_a_question_in_another_thread_is_left_alone(bot: Bot) -> None:
    """Only a thread with a card knows what is meant."""
    ts = bot.practice.says("retry the deployment?")
    bot.practice.says("do we retry?", thread_ts=ts)

    assert bot.answers(ts) == []


def test_a_question_after_a_restart_knows_the_bounce(alone: Bot) -> None:
    """Codes come from the database, IP and list from the card in Slack, which is read once."""
    alone.start()
    ts = alone.practice.says(NAMED)
    alone.answers(ts)
    alone.restart()
    alone.practice.says("what are the steps?", thread_ts=ts)
    answer = alone.answers(ts)[-1]

    assert len(alone.answers(ts)) == 2
    assert "192.0.2.77" in str(answer)
    assert len([given for _, given in alone.practice.calls("conversations.replies") if "latest" in given]) == 1

    alone.practice.says("do we retry?", thread_ts=ts)

    assert len(alone.answers(ts)) == 3
    assert len([given for _, given in alone.practice.calls("conversations.replies") if "latest" in given]) == 1


def test_a_card_that_cannot_be_read_is_no_reason_for_silence(alone: Bot) -> None:
    """Then the answer knows codes and entry only."""
    alone.start()
    ts = alone.practice.says(NAMED)
    alone.answers(ts)
    alone.restart()
    alone.practice.fail_next("conversations.replies", 500)
    alone.practice.says("do we retry?", thread_ts=ts)

    assert len(alone.answers(ts)) == 2


def test_a_second_bounce_in_a_thread_gets_its_own_card(bot: Bot) -> None:
    """And is what the next question is about."""
    ts = bot.practice.says(PASTE)
    bot.answers(ts)
    bot.practice.says(NAMED, thread_ts=ts)

    assert len(bot.answers(ts)) == 2


def test_a_mention_in_a_cards_thread_is_always_answered(bot: Bot) -> None:
    """Also where it is no question that the bot knows."""
    ts = bot.practice.says(PASTE)
    bot.answers(ts)
    bot.practice.says("@smtp-bot zxqv blorptastic", thread_ts=ts)

    assert len(bot.answers(ts)) == 2
