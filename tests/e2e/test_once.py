"""Never lost, never twice: what happens between Slack, the claim and the card when something breaks."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from bot.practice import Practice
from tests.e2e.conftest import PASTE, Bot


def claims(bot: Bot) -> list[tuple[str, str]]:
    """The claims in the database's file: ts and state."""
    with sqlite3.connect(bot.database) as connection:
        return connection.execute("SELECT ts, state FROM answers ORDER BY id").fetchall()


def seen_at_ack(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> list[list[tuple[str, str]]]:
    """A list that grows by what the database holds whenever the server gets an acknowledgement."""
    wire, seen = bot.practice.stage.wire, []
    acked = wire._acked

    def looked(parcel_id: str, payload: dict[str, Any] | None) -> None:
        seen.append(claims(bot))
        acked(parcel_id, payload)

    monkeypatch.setattr(wire, "_acked", looked)
    return seen


def test_the_claim_is_in_the_database_before_slack_hears_of_it(alone: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the acknowledgement arrives at Slack, a crash can no longer lose the message."""
    alone.start()
    seen = seen_at_ack(alone, monkeypatch)
    ts = alone.practice.says(PASTE)
    alone.answers(ts)

    assert [[claim[0] for claim in held] for held in seen[:1]] == [[ts]]
    assert claims(alone) == [(ts, "posted")]


def test_without_a_claim_there_is_no_acknowledgement(alone: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the database is locked nothing is acknowledged, and Slack's redelivery brings the card in the end."""
    monkeypatch.setattr("bot.store.opening.BUSY", 0.1)
    alone.start()
    seen = seen_at_ack(alone, monkeypatch)
    other = sqlite3.connect(alone.database, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    ts = alone.practice.says(PASTE)
    with pytest.raises(TimeoutError):
        alone.practice.waits_for(lambda: seen, 1.5)
    other.rollback()
    other.close()

    assert alone.practice.waits_for(lambda: alone.practice.replies(ts))
    assert len(alone.answers(ts)) == 1


def test_without_a_channels_name_there_is_no_acknowledgement(alone: Bot) -> None:
    """When Slack cannot say whether the channel is one to read, the message comes again."""
    alone.practice.fail_next("conversations.info", 500)
    alone.start()
    ts = alone.practice.says(PASTE)

    assert alone.practice.waits_for(lambda: alone.practice.replies(ts))
    assert len(alone.answers(ts)) == 1


def test_two_instances_answer_once(alone: Bot) -> None:
    """Each delivery may go to another instance: the database they share decides."""
    alone.start()
    alone.start()
    alone.practice.lose_acks(2)
    pastes = [alone.practice.says(f"{PASTE} {n}") for n in range(5)]
    for ts in pastes:
        alone.practice.redeliver(ts, attempt=2)
        alone.practice.redeliver(ts, attempt=3)

    assert [len(alone.answers(ts)) for ts in pastes] == [1] * 5


@pytest.mark.parametrize(
    ("how", "performed"), [(500, True), (500, False), ("ratelimited", False), ("invalid_blocks", False)]
)
def test_a_failing_post_makes_one_answer(bot: Bot, how: str | int, performed: bool) -> None:
    """Posted or not, refused or told to wait: one answer."""
    bot.practice.fail_next("chat.postMessage", how, performed=performed)
    ts = bot.practice.says(PASTE)
    bot.practice.waits_for(lambda: [m for m in bot.practice.replies(ts) if m.get("bot_id")])

    assert len(bot.answers(ts)) == 1


def test_a_bounce_without_a_connection_is_delivered_later(alone: Bot) -> None:
    """What was pasted while the connection was cut comes when it is back, once."""
    alone.start()
    alone.practice.cut()
    ts = alone.practice.says(PASTE)

    assert alone.practice.waits_for(lambda: alone.practice.replies(ts), 30)
    assert len(alone.answers(ts)) == 1


def test_slack_asking_for_a_new_connection_loses_nothing(alone: Bot) -> None:
    """Slack renews connections every few hours."""
    alone.start()
    alone.practice.refresh()
    pastes = [alone.practice.says(f"{PASTE} {n}") for n in range(3)]
    alone.practice.waits_for(lambda: all(alone.practice.replies(ts) for ts in pastes), 30)

    assert [len(alone.answers(ts)) for ts in pastes] == [1] * 3


def test_a_refused_thread_ends_quietly(alone: Bot, practice: Practice) -> None:
    """A paste deleted before its answer is closed for good, and nothing else breaks."""
    alone.start()
    alone.practice.fail_next("chat.postMessage", "thread_not_found")
    ts = alone.practice.says(PASTE)
    alone.practice.idle()

    assert claims(alone) == [(ts, "failed")]
    assert len(alone.answers(alone.practice.says(PASTE))) == 1
