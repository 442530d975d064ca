"""DNS look-ups are off by default, and an old button gets a sentence; switched on, a window asks for names and shows."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

from bot.cards import actions
from bot.practice import Practice
from bot.terms import Case
from catalogue import Catalogue
from tests.checks.conftest import local_dns
from tests.e2e.conftest import Bot
from tests.e2e.test_conversation import SPF

CASE = Case(entry="google.auth.none")


def test_look_ups_are_off_by_default(bot: Bot) -> None:
    """No button is shown; one of an earlier time is answered."""
    ts = bot.practice.says(SPF)
    bot.answers(ts)
    bot.practice.says("how do we fix spf?", thread_ts=ts)
    answer = bot.answers(ts)[-1] | {"channel": bot.practice.channel("email-ops").id}
    assert "Check DNS" not in str(answer)

    answer["blocks"][-1]["elements"][0] |= {"action_id": actions.CHECK, "value": actions.pack(CASE)}
    seen = len(bot.whispers())
    bot.practice.presses(actions.CHECK, answer)
    assert "switched off" in bot.whispers(seen)[0]["text"]


@pytest.fixture
def asking(catalogue: Catalogue, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bot]:
    """A bot that may ask DNS: the tests' own server."""
    with local_dns() as lookup, Practice(ack_within=1.0) as server:
        monkeypatch.setattr("bot.app.lookup", lambda _settings: lookup)
        running = Bot(catalogue, tmp_path / "bot.sqlite3", server)
        running.start()
        yield running
        running.stop()


def test_dns_is_asked_for_what_the_reply_names_and_what_is_typed(asking: Bot) -> None:
    """The window has the reply's names; a typo is told at its field; the answer stands above, and can be asked anew."""
    bot = asking
    ts = bot.practice.says(SPF)
    bot.answers(ts)
    bot.practice.says("how do we fix spf?", thread_ts=ts)
    answer = bot.answers(ts)[-1] | {"channel": bot.practice.channel("email-ops").id}
    bot.practice.presses("Check DNS", answer)
    bot.practice.idle()
    view = bot.practice.modal()
    assert view is not None
    assert "203.0.113.9" in str(view["blocks"])

    bot.practice.submits(view, {"domain": "news example", "ip": "203.0.113.9", "wanted": ["spf"]})
    bot.practice.idle()
    assert "TXT" not in str(bot.practice.modal())

    bot.practice.submits(view, {"domain": "news.example.com", "ip": "203.0.113.9", "wanted": ["spf"]})
    bot.practice.waits_for(lambda: "It covers 203.0.113.9 now." in str(bot.practice.modal()))
    shown = bot.practice.modal()
    assert shown is not None
    assert "TXT news.example.com" in str(shown["blocks"])

    bot.practice.submits(shown, {"domain": "news.example.com", "ip": "203.0.113.99", "wanted": ["spf"]})
    bot.practice.waits_for(lambda: "It does not cover 203.0.113.99." in str(bot.practice.modal()))
