"""Channels, threads and people that are no more what they were: a sentence or nothing, and never an error of the bot's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.conftest import PASTE, Bot
from tests.e2e.test_away import unheard


def errors(bot: Bot) -> int:
    """How many errors of its own the bot has counted."""
    counts = bot.newest[0].meter.counts()
    return sum(count for (name, _), count in counts.items() if name == "errors")


def test_a_question_at_the_end_of_a_long_thread_is_answered(alone: Bot) -> None:
    """500 replies after the card, also once the bot's memory is gone."""
    alone.start()
    ts = alone.practice.says(PASTE)
    assert len(alone.answers(ts)) == 1
    for n in range(500):
        unheard(alone, f"looking into it, {n}", ts)
    alone.restart()
    alone.practice.says("do we retry?", thread_ts=ts)

    assert len(alone.answers(ts)) == 2
    assert errors(alone) == 0


def test_a_bounce_in_a_long_thread_that_nobody_heard_is_found(alone: Bot) -> None:
    """The sweep reads a thread to its end, however much was written meanwhile."""
    alone.start()
    root = alone.practice.says("any idea?")
    alone.practice.idle()
    alone.stop()
    alone.practice.waits_for(lambda: not alone.practice.stage.sockets.connections)
    for n in range(450):
        unheard(alone, f"me too {n}", root)
    unheard(alone, PASTE, root)
    alone.start()
    alone.practice.waits_for(lambda: alone.practice.replies(root)[-1].get("bot_id"), 30)

    assert len(alone.answers(root)) == 1


@pytest.mark.parametrize(
    "code", ["is_archived", "not_in_channel", "channel_not_found", "thread_not_found", "no_permission"]
)
def test_a_channel_that_is_gone_ends_in_silence(bot: Bot, code: str) -> None:
    """Archived, or the bot was taken out between the paste and its card: nothing is posted, and the next is answered."""
    before = errors(bot)
    bot.practice.fail_next("chat.postMessage", code)
    gone = bot.practice.says(PASTE)
    assert bot.answers(gone) == []

    assert len(bot.answers(bot.practice.says(PASTE))) == 1
    assert errors(bot) == before


BUTTONS: tuple[tuple[str, Callable[[Bot, dict[str, object]], None]], ...] = (
    ("chat.postEphemeral", lambda bot, card: bot.practice.presses("ask.steps", card)),
    ("chat.update", lambda bot, card: bot.practice.presses("case.take", card)),
    ("users.info", lambda bot, card: bot.practice.presses("case.take", card)),
)


@pytest.mark.parametrize("code", ["user_not_found", "user_not_in_channel", "is_archived", "message_not_found"])
@pytest.mark.parametrize(("method", "act"), BUTTONS, ids=[method for method, _ in BUTTONS])
def test_a_press_where_somebody_or_something_is_gone(
    bot: Bot, code: str, method: str, act: Callable[[Bot, dict[str, object]], None]
) -> None:
    """Whoever pressed has left, or the card was deleted: nothing, or a sentence."""
    ts = bot.practice.says(PASTE)
    [card] = bot.answers(ts)
    before = errors(bot)
    bot.practice.fail_next(method, code)
    act(bot, card)
    bot.practice.idle()
    while bot.practice.faults.take(method):
        pass

    assert errors(bot) == before


def test_an_answer_that_could_not_be_shared_is_shared_by_the_next_press(bot: Bot) -> None:
    """Whoever pressed mends what was in the way, and presses again; once shared, a third press says so."""
    ts = bot.practice.says(PASTE)
    [card] = bot.answers(ts)
    before = len(bot.whispers())
    bot.practice.presses("Keep the address?", card)
    [answer] = bot.whispers(before)
    bot.practice.fail_next("chat.postMessage", "not_in_channel")
    bot.practice.presses("share.answer", answer)
    assert len(bot.answers(ts)) == 1

    for _ in "ab":
        bot.practice.presses("share.answer", answer)
    assert len(bot.answers(ts)) == 2
    assert "already" in bot.whispers(before)[-1]["text"]
