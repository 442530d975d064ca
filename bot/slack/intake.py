"""Between the websocket and the app: ordinary chat ends at the door, commands never wait behind messages.

Slack wants an acknowledgement within three seconds (docs.slack.dev/interactivity/handling-user-interaction), also when
every worker is busy with large pastes. Whatever has no room here is not acknowledged, so that Slack brings it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from typing import Any, Protocol, TypeVar

import msgspec
import structlog
from slack_bolt import Ack, App, BoltRequest, BoltResponse
from structlog.contextvars import bound_contextvars

from bot.delivery import Delivery, Thread
from bot.delivery.lanes import Lanes
from bot.delivery.posted import Posted, ordinary
from bot.slack.admission import READ
from bot.slack.door import Door
from bot.slack.events import CHANGES, Me, posted
from bot.slack.socket import Envelope

# What only claims a message, what people wait for (which may call Slack many times), and all that can wait.
MESSAGES, COMMANDS, OTHERS = "messages", "commands", "others"
WORKERS = {MESSAGES: 6, COMMANDS: 16, OTHERS: 4}
# So much may wait: some megabytes, and more than a workspace writes in a minute.
ROOM = {MESSAGES: 500, COMMANDS: 200, OTHERS: 200}
# From so many waiting on, chat in threads is no longer looked at.
BUSY = 100
FREE: frozenset[str] = frozenset()

log = structlog.get_logger("bot.slack")
T = TypeVar("T")


class Inline(Executor):
    """Runs at once what Bolt would give to threads of its own: here every request has its worker already."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """The result of a call that is over."""
        done: Future[T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


class Received(msgspec.Struct, frozen=True):
    """An envelope that waits for a worker of its lane; ``acknowledge`` says once that it has arrived."""

    lane: str
    envelope: Envelope
    acknowledge: Acknowledge

    @property
    def ties(self) -> frozenset[str]:
        """None: what comes over the wire may be looked at in any order."""
        return FREE


class Line(Protocol):
    """What envelopes came over, and acknowledgements go back by: a websocket's session, or one HTTP request."""

    def acknowledge(self, envelope_id: str, payload: Mapping[str, Any] | None = None) -> None:
        """Tells Slack that an envelope has arrived, and what is to be done with it."""


class Acknowledge:
    """Acknowledges one envelope, at most once."""

    def __init__(self, session: Line, envelope_id: str) -> None:
        self._session, self._id, self._done = session, envelope_id, False

    def __call__(self, payload: Mapping[str, Any] | None = None) -> None:
        """Sends it; nothing where it was sent before."""
        if not self._done:
            self._done = True
            self._session.acknowledge(self._id, payload)


class Prompt(Ack):
    """Bolt's ``ack`` that reaches Slack when it is called, not when its listener is through."""

    def __init__(self, send: Acknowledge) -> None:
        self._given: BoltResponse | None = None
        super().__init__()  # type: ignore[no-untyped-call]
        self._send = send

    @property
    def response(self) -> BoltResponse | None:
        """What was acknowledged with; None before.

        Bolt (thread_runner, 1.30) takes it back where a listener fails after it, waits for three seconds, and then has
        the next listener that fits answer too: here it stays given.
        """
        return self._given

    @response.setter
    def response(self, value: BoltResponse | None) -> None:
        self._given = value or self._given

    def __call__(self, *args: Any, **kwargs: Any) -> BoltResponse:
        """Acknowledges with what Slack wants back, as the window that takes the place of one."""
        response = super().__call__(*args, **kwargs)
        self._send(payload_of(response))
        return response


class Intake:
    """Takes envelopes to the app. ``turned_away`` is called where a message must be looked for later."""

    def __init__(self, app: App, delivery: Delivery, me: Me, *, turned_away: Callable[[], None]) -> None:
        self._app, self._delivery, self._me, self._turned_away = app, delivery, me, turned_away
        self._door = Door(delivery.client.base_url)
        self._lanes = {
            name: Lanes(self._dispatch, workers=WORKERS[name], abreast=WORKERS[name], most=ROOM[name])
            for name in WORKERS
        }

    @property
    def depth(self) -> int:
        """How many envelopes are in hand or wait for a worker."""
        return sum(len(lanes.jobs()) for lanes in self._lanes.values())

    def take(self, session: Line, envelope: Envelope) -> None:
        """Acknowledges what is nothing, and has a worker do the rest; never waits."""
        acknowledge = Acknowledge(session, envelope.envelope_id)
        if not self._door.opens(envelope.payload):
            acknowledge()
            return
        lane = lane_of(envelope)
        if lane == MESSAGES and self._idle(posted(envelope.payload, self._me)):
            acknowledge()
            self._delivery.report.silent()
            return
        if not self._lanes[lane].put(Received(lane, envelope, acknowledge)):
            self._delivery.report.meter.count("turned_away", lane)
            log.warning("no_room", lane=lane)
            if lane == MESSAGES:
                self._turned_away()
        elif lane == COMMANDS and envelope.payload.get("type") != "view_submission":
            # Nothing but its arrival is to be said of it; a window submitted may be told what is missing in it.
            acknowledge()

    def close(self, seconds: float) -> None:
        """Finishes what is here within so many seconds; the rest was not acknowledged, or its people see it."""
        for lanes in self._lanes.values():
            lanes.close(seconds)

    def _idle(self, message: Posted) -> bool:
        """Whether a message needs no second look: ordinary chat, and under load also chat in threads without a card."""
        if ordinary(message):
            return True
        busy = message.in_thread and self._lanes[MESSAGES].waiting >= BUSY
        thread = Thread(message.team, message.channel, message.thread)
        if busy and ordinary(message, threads=True) and not self._delivery.threads.remembered(thread):
            self._delivery.report.meter.count("messages", "dropped")
            return True
        return False

    def _dispatch(self, received: Received) -> None:
        """Has the app do it; acknowledged where Bolt says that all is well."""
        envelope, acknowledge = received.envelope, received.acknowledge
        retried = {"x-slack-retry-num": envelope.retry_attempt, "x-slack-retry-reason": envelope.retry_reason}
        request = BoltRequest(
            mode="socket_mode",
            body=envelope.payload,
            headers={name: str(value) for name, value in retried.items() if value is not None},
            context={"ack": Prompt(acknowledge)},
        )
        try:
            # Listeners run in this thread: each line that they log says where it was.
            with bound_contextvars(**placed(envelope.payload)):
                response = self._app.dispatch(request)
        except Exception as wrong:
            self._delivery.report.meter.count("errors")
            log.error("request_failed", type=envelope.type, exc_info=wrong)
            return
        if response.status == 200:
            acknowledge(payload_of(response))


def placed(payload: Mapping[str, Any]) -> dict[str, str]:
    """The team and the channel of a payload, as far as it names them: an event's, a command's or a press's."""
    event, team, channel = payload.get("event"), payload.get("team"), payload.get("channel")
    found = {
        "team": team.get("id") if isinstance(team, dict) else payload.get("team_id"),
        "channel": (channel.get("id") if isinstance(channel, dict) else payload.get("channel_id"))
        or (event.get("channel") if isinstance(event, dict) else None),
    }
    return {name: value for name, value in found.items() if isinstance(value, str)}


def lane_of(envelope: Envelope) -> str:
    """Which workers an envelope is for."""
    if envelope.type != "events_api":
        return COMMANDS
    event = envelope.payload.get("event")
    if not isinstance(event, dict) or str(event.get("subtype")) in CHANGES:
        return OTHERS
    return MESSAGES if event.get("type") in READ else OTHERS


def payload_of(response: BoltResponse) -> Mapping[str, Any] | None:
    """What an acknowledgement tells Slack beyond having arrived."""
    if not response.body:
        return None
    if response.first_headers().get("content-type", "").startswith("application/json"):
        said: dict[str, Any] = msgspec.json.decode(response.body)
        return said
    return {"text": response.body}
