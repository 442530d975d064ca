"""The Socket Mode connection: nothing is lost on it, one that is deaf is replaced, and what cannot be mended is said."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from bot.app import web_client
from bot.meter import Meter
from bot.practice import Practice
from bot.settings import Settings
from bot.slack import socket, websocket
from bot.slack.ending import Ending
from bot.slack.socket import Envelope, Session, Socket
from tests.slack.relay import Relay, odd


class Line:
    """A socket on a practice server, and what came over it."""

    def __init__(self, practice: Practice) -> None:
        self.practice, self.heard, self.hellos = practice, list[str](), 0
        self.ending = Ending(threading.Event())
        settings = Settings(bot_token=practice.bot_token, app_token=practice.app_token, api_url=practice.api_url)
        client = web_client(settings, ending=self.ending)
        self.socket = Socket(
            client, practice.app_token, self._take, greeted=self._greeted, ending=self.ending, meter=Meter()
        )

    def start(self) -> None:
        """Connects, and waits for the hello."""
        self.socket.start()
        self.practice.waits_for(lambda: self.hellos)

    def _take(self, session: Session, envelope: Envelope) -> None:
        self.heard.append(str(envelope.payload["event"].get("text")))
        session.acknowledge(envelope.envelope_id)

    def _greeted(self) -> None:
        self.hellos += 1


@pytest.fixture
def practice() -> Iterator[Practice]:
    """A server of the test's own."""
    with Practice(ack_within=30.0) as server:
        yield server


@pytest.fixture
def line(practice: Practice) -> Iterator[Line]:
    """A socket that is not connected yet."""
    made = Line(practice)
    yield made
    made.socket.close()


@pytest.fixture
def relay(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    """A wire to the server that can be troubled."""
    made = Relay(int(practice.url.rstrip("/").rpartition(":")[2]))
    monkeypatch.setattr(websocket, "dialled", made.dial)
    yield made
    made.close()


def test_a_flood_in_odd_pieces_arrives_whole(line: Line, relay: Relay) -> None:
    """However the network cuts it: each message once, in order, and each acknowledged."""
    relay._pieces = odd(7)
    line.start()
    said = [f"message {n} {'ä€😀' * (n % 50)}" for n in range(600)]
    for text in said:
        line.practice.says(text)
    line.practice.idle(seconds=30)

    assert line.heard == said
    assert line.practice.stage.wire.quiet_for() > 0


def test_a_large_message_arrives(line: Line, relay: Relay) -> None:
    """A payload of many pieces is no trouble."""
    line.start()
    text = "x" * 39_000
    line.practice.says(text)

    assert line.practice.waits_for(lambda: line.heard == [text])


def test_a_deaf_connection_is_replaced(line: Line, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks open and nothing passes: the silence after a ping gives it away."""
    monkeypatch.setattr(websocket, "PING", 0.1)
    monkeypatch.setattr(websocket, "DEAF", 0.4)
    line.start()
    relay.passing.clear()
    line.practice.waits_for(lambda: not line.socket.live, 10)
    relay.passing.set()
    line.practice.waits_for(lambda: line.hellos == 2, 20)
    line.practice.says("after")

    assert line.practice.waits_for(lambda: line.heard == ["after"])
    assert line.ending.reason == ""


def test_a_quiet_connection_is_left_alone(line: Line, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pings are answered, a night without a message is no reason to go."""
    monkeypatch.setattr(websocket, "PING", 0.02)
    monkeypatch.setattr(websocket, "DEAF", 0.3)
    line.start()
    with pytest.raises(TimeoutError):
        line.practice.waits_for(lambda: relay.opened > 1, 0.8)

    assert line.socket.live


def test_a_connection_without_a_hello_is_none(line: Line, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opened and never greeted: the next one is tried."""
    monkeypatch.setattr(socket, "HELLO", 0.2)
    monkeypatch.setattr(websocket, "PING", 0.1)
    sockets = line.practice.stage.sockets
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sockets, "_hello", lambda: {"type": "unknown"})
        line.socket.start()
        line.practice.waits_for(lambda: sockets.opened >= 2, 10)

    assert line.practice.waits_for(lambda: line.hellos, 10)


def test_an_announced_end_loses_nothing(line: Line) -> None:
    """Slack asks for a new connection: it is opened at once, and all that was said arrives over the one or the other."""
    line.practice.stage.wire.within = 0.3
    line.start()
    for n in range(60):
        line.practice.says(f"message {n}")
        if n == 30:
            line.practice.refresh()

    assert line.practice.waits_for(lambda: len(set(line.heard)) == 60 and line.hellos == 2, 20)


def test_what_cannot_be_reached_for_long_ends_the_process(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, so that its supervisor starts another and somebody looks."""
    monkeypatch.setattr(socket, "DEADLINE", 0.5)
    line.start()
    line.practice.fail_next("apps.connections.open", 503, times=100)
    line.practice.cut()
    line.practice.waits_for(lambda: line.ending.reason, 20)

    assert "out of reach" in line.ending.reason
    assert line.ending._stop.is_set()


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth"])
def test_a_token_that_is_taken_back_ends_the_process(line: Line, code: str) -> None:
    """No second try: the sentence says which token to make again, and where."""
    line.start()
    line.practice.fail_next("apps.connections.open", code)
    line.practice.cut()
    line.practice.waits_for(lambda: line.ending.reason, 20)

    assert line.ending.reason.startswith(f"Slack refuses SLACK_APP_TOKEN ({code}): make an app-level token")
