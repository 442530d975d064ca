"""Between the websocket and the app: chat ends at the door, commands are acknowledged whatever waits, rooms are bounded."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt import BoltRequest, BoltResponse
from slack_sdk import WebClient

from bot.delivery import Delivery, Posted
from bot.delivery.posted import ordinary
from bot.meter import Name
from bot.slack import intake
from bot.slack.events import Me
from bot.slack.intake import Intake
from bot.slack.socket import Envelope
from bot.store import Store
from catalogue import Catalogue

ME = Me("T1", "U0BOT", "B0BOT")
COMMAND = {"channel_id": "C1", "user_id": "U1", "channel": "C1", "user": "U1"}
BOUNCE = "550 5.1.1 <ann@example.com>: Recipient address rejected: User unknown"


class Slack:
    """The other end of a connection: what was acknowledged, in order."""

    def __init__(self) -> None:
        self.acknowledged: list[tuple[str, Any]] = []

    def acknowledge(self, envelope_id: str, payload: Any = None) -> None:
        """Notes an acknowledgement."""
        self.acknowledged.append((envelope_id, payload))

    @property
    def ids(self) -> list[str]:
        """What was acknowledged."""
        return [envelope_id for envelope_id, _ in self.acknowledged]


class App:
    """An app whose workers all wait until it is told to go on."""

    def __init__(self) -> None:
        self.go, self.seen = threading.Event(), list[str]()
        self.response = BoltResponse(status=200, body="")

    def dispatch(self, request: BoltRequest) -> BoltResponse:
        """Takes as long as it takes."""
        self.seen.append(str(request.body["n"]))
        assert self.go.wait(20)
        return self.response


class Door:
    """An intake with its app, and what it turned away."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.app, self.slack, self.away = App(), Slack(), 0
        self.delivery = Delivery(catalogue, Store("sqlite://"), WebClient(), channels=("email-ops",))
        self.intake = Intake(self.app, self.delivery, ME, turned_away=self._away)  # type: ignore[arg-type]

    def _away(self) -> None:
        self.away += 1

    def message(self, n: str, text: str, **event: Any) -> None:
        """Somebody writes in a channel."""
        said = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "ts": "1.1", "text": text}
        payload = {"n": n, "type": "event_callback", "event": said | event}
        self.intake.take(self.slack, Envelope("events_api", n, payload))

    def command(self, n: str, **payload: Any) -> None:
        """Somebody types a command, or with a ``type`` presses or submits something."""
        kind = "interactive" if "type" in payload else "slash_commands"
        known: dict[str, Any] = {
            "n": n,
            "response_url": "https://hooks.slack.com/x",
            "channel": {"id": "C1"},
            "user": {"id": "U1"},
        }
        known |= (
            {"view": {"id": "V1", "type": "modal"}, "trigger_id": "1.x"}
            if kind == "interactive"
            else {"command": "/smtp", **COMMAND}
        )
        known |= {"actions": [{"action_id": "a"}], "container": {"type": "message", "message_ts": "1.1"}}
        self.intake.take(self.slack, Envelope(kind, n, known | payload))

    def until(self, seen: Callable[[], bool]) -> None:
        """Waits, but not for ever."""
        end = time.monotonic() + 10
        while not seen():
            assert time.monotonic() < end
            time.sleep(0.002)

    def counted(self, name: Name, *labels: str) -> int:
        """A count of the meter."""
        return self.delivery.report.meter.counts().get((name, labels), 0)


@pytest.fixture
def door(catalogue: Catalogue) -> Door:
    """An intake whose app is stuck."""
    return Door(catalogue)


def test_chat_ends_at_the_door(door: Door) -> None:
    """Ordinary chat and the bot's own words are acknowledged at once and reach no worker."""
    door.message("chat", "lunch at 12?")
    door.message("own", BOUNCE, user="U0BOT")

    assert door.slack.ids == ["chat", "own"]
    assert door.intake.depth == 0
    assert door.counted("messages", "silent") == 2


def test_a_bounce_is_acknowledged_by_the_app_alone(door: Door) -> None:
    """Only after its claim: an app that fails acknowledges nothing, and Slack brings the message again."""
    door.message("good", BOUNCE)
    door.until(lambda: door.app.seen == ["good"])
    assert door.slack.ids == []
    door.app.go.set()
    door.until(lambda: door.slack.ids == ["good"])
    door.app.response = BoltResponse(status=500, body="")
    door.message("bad", BOUNCE)
    door.intake.close(10)

    assert door.app.seen == ["good", "bad"]
    assert door.slack.ids == ["good"]


def test_commands_are_acknowledged_while_all_workers_are_busy(door: Door) -> None:
    """Pastes that take for ever and more commands than workers: each command has its acknowledgement at once."""
    for n in range(50):
        door.message(f"paste{n}", BOUNCE)
    for n in range(intake.WORKERS[intake.COMMANDS] + 20):
        door.command(f"command{n}")
        door.command(f"press{n}", type="block_actions")

    assert sorted(door.slack.ids) == sorted(f"{kind}{n}" for n in range(36) for kind in ("command", "press"))
    door.app.go.set()


def test_a_submitted_window_waits_for_what_is_to_be_said(door: Door) -> None:
    """Its acknowledgement may show what is missing; it has workers that no paste can take."""
    for n in range(20):
        door.message(f"paste{n}", BOUNCE)
    door.app.response = BoltResponse(status=200, body={"response_action": "clear"})
    door.command("window", type="view_submission")
    door.until(lambda: "window" in door.app.seen)
    assert door.slack.ids == []
    door.app.go.set()
    door.intake.close(10)

    assert ("window", {"response_action": "clear"}) in door.slack.acknowledged


def test_under_load_chat_in_threads_is_dropped_and_bounces_never(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chat in a thread without a card is acknowledged and counted; bounces and questions to the bot wait their turn."""
    monkeypatch.setattr(intake, "BUSY", 5)
    for n in range(intake.WORKERS[intake.MESSAGES] + 5):
        door.message(f"paste{n}", BOUNCE)
    door.until(lambda: len(door.app.seen) == intake.WORKERS[intake.MESSAGES])
    waiting = door.intake.depth
    door.message("chat", "same here", thread_ts="1.0")
    door.message("bounce", BOUNCE, thread_ts="1.0")
    door.message("question", "<@U0BOT> do we retry?", thread_ts="1.0")

    assert door.slack.ids == ["chat"]
    assert door.counted("messages", "dropped") == 1
    assert door.intake.depth == waiting + 2
    door.app.go.set()


def test_what_has_no_room_is_not_acknowledged(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full lane turns away: Slack brings the message again, and a sweep is asked for."""
    monkeypatch.setitem(intake.ROOM, intake.MESSAGES, 3)
    door = Door(catalogue)
    for n in range(intake.WORKERS[intake.MESSAGES]):
        door.message(f"paste{n}", BOUNCE)
        door.until(lambda: len(door.app.seen) > n)  # noqa: B023 - asked before the next round
    for n in range(5):
        door.message(f"more{n}", BOUNCE)
    door.app.go.set()
    door.intake.close(10)

    assert door.away == 2
    assert door.counted("turned_away", "messages") == 2
    assert {"more3", "more4"}.isdisjoint(door.slack.ids)
    assert len(door.slack.ids) == intake.WORKERS[intake.MESSAGES] + 3


PIECES = st.sampled_from(
    [
        "550 5.1.1",
        "421 ",
        "lunch",
        "\n",
        "said: ",
        "status=bounced",
        "Subject: x\n",
        "{",
        "ann@example.com",
        "4.7.1 try",
        " ",
    ]
)


@given(text=st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map("".join)), reply=st.booleans())
def test_nothing_that_calls_for_an_answer_ends_at_the_door(text: str, reply: bool, catalogue: Catalogue) -> None:
    """What the door takes for chat is silence for the strict reading too, whatever the text."""
    delivery = Delivery(catalogue, Store("sqlite://"), WebClient(), channels=("C1",))
    said = Posted("T1", "C1", "2.0", text, thread_ts="1.0" if reply else "", channel_type="channel", user="U1")
    if ordinary(said, threads=True):
        assert delivery.judged(said) is None
    delivery.store.close()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "type", "ts", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = (
    "type",
    "subtype",
    "text",
    "channel",
    "channel_type",
    "ts",
    "thread_ts",
    "user",
    "bot_id",
    "files",
    "blocks",
    "attachments",
)


@given(
    event=JSON
    | st.dictionaries(
        st.sampled_from(KEYS), JSON | st.sampled_from(["message", "message_changed", BOUNCE]), max_size=8
    ),
    kind=st.sampled_from(["events_api", "slash_commands", "interactive", "hello", ""]),
)
def test_nothing_that_comes_stops_the_reader(event: Any, kind: str, catalogue: Catalogue) -> None:
    """Whatever stands in a payload: the door takes it or leaves it, and raises nothing."""
    door = Door(catalogue)
    door.app.go.set()
    door.intake.take(door.slack, Envelope(kind, "e", {"n": "e", "type": "event_callback", "event": event}))
    door.intake.close(10)
    door.delivery.store.close()

    assert door.slack.ids == ["e"]
