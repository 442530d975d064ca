"""A process that cannot go on says in one sentence what to mend, and ends so that its supervisor notices."""

from __future__ import annotations

import logging
import pathlib
import threading
from collections.abc import Iterator

import pytest
import structlog

from bot.app import LOST, MISTAKEN, WELL, pointed_at, run
from bot.practice import Practice
from bot.settings import Settings
from bot.slack import socket
from tests.e2e.conftest import PASTE


class Process:
    """The bot as an operator runs it, on a thread of its own; ``status`` is how it ended."""

    def __init__(self, practice: Practice, folder: pathlib.Path) -> None:
        self.practice, self.stop, self.status = practice, threading.Event(), -1
        settings = Settings(database_url=f"sqlite:///{folder / 'bot.sqlite3'}")
        self._settings = pointed_at(practice, settings)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def begin(self) -> None:
        """Starts."""
        self._thread.start()

    def start(self) -> None:
        """Starts, and waits until it is connected."""
        self.begin()
        self.practice.connected()
        self.practice.idle()

    def ended(self) -> int:
        """How it ended."""
        self._thread.join(30)
        return self.status

    def _run(self) -> None:
        self.status = run(self._settings, self.stop)


@pytest.fixture
def process(tmp_path: pathlib.Path) -> Iterator[Process]:
    """A process that is not started, and a workspace of its own; the log is as it was afterwards."""
    handlers, level = logging.root.handlers[:], logging.root.level
    with Practice(ack_within=1.0) as server:
        made = Process(server, tmp_path)
        yield made
        made.stop.set()
        made.ended()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    structlog.reset_defaults()


def test_told_to_stop_it_ends_well(process: Process) -> None:
    """A deploy is no failure."""
    process.start()
    process.stop.set()

    assert process.ended() == WELL


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth"])
def test_a_bot_token_that_is_taken_back_ends_it(
    process: Process, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the first answer that Slack refuses so; the sentence names the setting, and no token."""
    process.start()
    process.practice.fail_next("chat.postMessage", code)
    process.practice.says(PASTE)
    status, said = process.ended(), capsys.readouterr().err.splitlines()[-1]

    assert (status, said.partition(":")[0]) == (LOST, f"Slack refuses SLACK_BOT_TOKEN ({code})")
    assert "xoxb-practice" not in said


@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
@pytest.mark.parametrize("how", [503, "ratelimited", "internal_error"])
def test_a_slack_that_is_away_at_the_start_is_worth_another_start(
    process: Process, method: str, how: str | int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is to be mended in the settings, so the supervisor goes on starting it."""
    process.practice.fail_next(method, how, times=20)
    process.begin()
    status, said = process.ended(), capsys.readouterr().err.splitlines()[-1]

    assert (status, "cannot be reached" in said) == (LOST, True)


def test_a_token_that_is_none_needs_a_person(process: Process, capsys: pytest.CaptureFixture[str]) -> None:
    """Another start would say the same."""
    process.practice.fail_next("auth.test", "invalid_auth", times=20)
    process.begin()
    status, said = process.ended(), capsys.readouterr().err.splitlines()[-1]

    assert (status, said.partition(":")[0]) == (MISTAKEN, "Slack refuses SLACK_BOT_TOKEN (invalid_auth)")


def test_a_slack_that_stays_away_ends_it(
    process: Process, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After so long that a new process, or a person, may know better."""
    monkeypatch.setattr(socket, "DEADLINE", 0.3)
    process.start()
    process.practice.fail_next("apps.connections.open", 503, times=200)
    process.practice.cut()
    status, said = process.ended(), capsys.readouterr().err.splitlines()[-1]

    assert (status, "out of reach" in said) == (LOST, True)
