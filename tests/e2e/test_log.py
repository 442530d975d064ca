"""The whole bot at its most talkative: nothing of what people wrote, no address and no token is in its log."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot import logs
from bot.delivery import Delivery
from bot.practice import Practice
from bot.store import LEASE, Store
from bot.store.claims import MOST_ATTEMPTS
from tests.e2e.conftest import Bot

WORDS = ("quokka", "marmoset", "wombat", "user unknown", "mx.hush.example")
PASTE = (
    "<quokka@hush.example>: host mx.hush.example[192.0.2.7] said: 550 5.1.1 <quokka@hush.example>: Recipient address"
    " rejected: user unknown, marmoset (in reply to RCPT TO command)"
)


class Talk(io.StringIO):
    """What was logged, and what may never be in it."""

    def events(self) -> list[dict[str, Any]]:
        """The events so far; each line must be one JSON object."""
        return [json.loads(line) for line in self.getvalue().splitlines()]

    def named(self, event: str) -> list[dict[str, Any]]:
        """The events of one name."""
        return [one for one in self.events() if one["event"] == event]


@pytest.fixture
def talk(practice: Practice, quiet_again: None) -> Iterator[Talk]:
    """The log of the bots at DEBUG; in the end nothing secret is in it."""
    stream = Talk()
    logs.configure(stream, logging.DEBUG, "json")
    yield stream
    secrets = (*WORDS, practice.bot_token, practice.app_token, "xoxb-", "xapp-", "/hooks/", "@")
    assert [] == [secret for secret in secrets if secret in stream.getvalue()]


def test_a_working_day_leaves_no_word_in_the_log(bot: Bot, talk: Talk) -> None:
    """Pastes, a file, a command, a question, buttons, an edit and a deletion: ids, codes and times are logged."""
    practice = bot.practice
    ts = practice.says(PASTE)
    [card] = bot.answers(ts)
    practice.says("do we retry?", thread_ts=ts)
    practice.says("the quokka from marmoset says hi", thread_ts=ts)
    practice.says("wombat for lunch, quokka@hush.example?")
    practice.uploads("wombat.txt", PASTE.encode())
    practice.command(f"/smtp {PASTE}")
    practice.command("/smtp zzyx wombat")
    practice.idle()
    for button in ("ask.steps", "I take it"):
        practice.presses(button, card | {"channel": practice.channel("email-ops").id})
        practice.idle()
    practice.edits(ts, PASTE.replace("5.1.1", "5.2.2"))
    practice.idle()
    practice.deletes(ts)
    practice.idle()
    answered = talk.named("answered")

    assert {"bounce", "followup", "private"} <= {one["kind"] for one in answered}
    first = next(one for one in answered if one["kind"] == "bounce")
    assert (ts, practice.channel("email-ops").id, "info") == (first["ts"], first["channel"], first["level"])
    assert first["case"] > 0
    assert first["team"]
    assert first["basis"]
    assert first["seconds"] >= 0
    assert {(practice.channel("email-ops").id, first["team"])} == {(one["channel"], one["team"]) for one in answered}


def test_slacks_errors_carry_the_case(bot: Bot, talk: Talk) -> None:
    """Each line of one message has the same case, so that they are found together."""
    bot.practice.fail_next("chat.postMessage", 500)
    bot.answers(bot.practice.says(PASTE))
    bot.practice.waits_for(lambda: talk.named("answered"))
    [failed], [answered] = talk.named("post_failed"), talk.named("answered")

    assert failed["case"] == answered["case"]
    assert ("http_500", "doubtful") == (failed["code"], failed["trouble"])


def test_exceptions_are_logged_without_their_words(bot: Bot, talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of ours that quotes the paste, in a lane and in a listener: kind and places, case or reference."""

    def breaks(*_given: object, **_named: object) -> None:
        raise ValueError(f"{PASTE} {bot.practice.bot_token}")

    monkeypatch.setattr(Delivery, "message", breaks)
    monkeypatch.setattr(Delivery, "private", breaks)
    bot.practice.says(PASTE)
    bot.practice.command(f"/smtp {PASTE}")
    bot.practice.idle()
    [lane], [listener] = talk.named("answer_failed"), talk.named("failed")

    assert ("ValueError", "ValueError", "error") == (lane["exception"], listener["exception"], lane["level"])
    assert "breaks" in lane["at"]
    assert lane["case"] > 0
    assert listener["reference"]


def test_a_message_that_is_given_up_is_said_with_what_to_do(alone: Bot, talk: Talk) -> None:
    """After too many processes a claim ends as failed: an error line names the message and the next step."""
    alone.start()
    alone.stop()
    team, ago = "T0PRACTICE", [0.0]
    channel, ts = alone.practice.channel("email-ops").id, "1700000000.000100"
    store = Store(alone.settings.database_url, clock=lambda: ago[0])
    for _ in range(MOST_ATTEMPTS):
        assert store.claim(team, channel, ts, ts, "bounce")
        ago[0] += LEASE
    store.close()
    alone.start()
    alone.practice.waits_for(lambda: talk.named("answer_given_up"))
    [line] = talk.named("answer_given_up")

    assert ("error", channel, ts, MOST_ATTEMPTS) == (line["level"], line["channel"], line["ts"], line["attempts"])
    assert "answer the message yourself" in line["mend"]
    assert alone.newest[0].meter.counts()["failed", ("exhausted",)] == 1
