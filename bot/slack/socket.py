"""Socket Mode: connected without a gap, connected again when that breaks, given up where it cannot be mended."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
import structlog
from slack_sdk import WebClient
from websockets.exceptions import WebSocketException

from bot.delivery.errors import code_of, retry_after, trouble
from bot.delivery.posting import FAILURES
from bot.meter import Meter
from bot.slack.ending import OPEN, Ending
from bot.slack.websocket import Websocket

# Slack greets a new connection within a second (docs.slack.dev/apis/events-api/using-socket-mode): who does not is
# connected to nobody.
HELLO = 10.0
# Without a connection for so long a new process is tried: its supervisor waits between two, and tells somebody.
DEADLINE = 180.0
LONGEST_WAIT = 15.0
# Slack says ten seconds before it closes a connection that it will.
LEAVING = 30.0
BROKEN = (*FAILURES, WebSocketException)
LOST = "Slack was out of reach for {minutes:.0f} minutes: look at the network, the proxy and status.slack.com."

log = structlog.get_logger("bot.slack")


class Envelope(msgspec.Struct, frozen=True):
    """What comes over the websocket: ``payload`` for the app, to be acknowledged by ``envelope_id``."""

    type: str = ""
    envelope_id: str = ""
    payload: dict[str, Any] = {}
    retry_attempt: int | None = None
    retry_reason: str | None = None
    reason: str | None = None


DECODER = msgspec.json.Decoder(Envelope)


def decoded(raw: str | bytes) -> Envelope | None:
    """A frame as a value; None where it is no envelope. Half a surrogate pair, which msgspec refuses, is kept."""
    try:
        return DECODER.decode(raw)
    except msgspec.DecodeError:
        try:
            return msgspec.convert(json.loads(raw), Envelope)
        except (ValueError, msgspec.ValidationError, RecursionError):
            return None
    except RecursionError:
        # Lists in lists without end: nothing that Slack sends, and no reason to lose the connection.
        return None


class Session:
    """One connection; acknowledgements may be sent from any thread, and go out together where many came together."""

    def __init__(self, websocket: Websocket) -> None:
        self._websocket, self._reader = websocket, 0
        self._due: list[str] = []

    def read(self, within: float | None) -> Iterator[Envelope]:
        """What came last; raises as Websocket.receive does."""
        self._reader = threading.get_ident()
        for raw in self._websocket.receive(within):
            if (envelope := decoded(raw)) is not None:
                yield envelope
        due, self._due = self._due, []
        if due:
            self._websocket.send(due)

    def acknowledge(self, envelope_id: str, payload: Mapping[str, Any] | None = None) -> None:
        """Tells Slack that an envelope has arrived; where the connection is gone, it comes again over another."""
        said = json.dumps({"envelope_id": envelope_id} | ({"payload": payload} if payload else {}))
        if threading.get_ident() == self._reader:
            self._due.append(said)
            return
        with contextlib.suppress(*BROKEN):
            self._websocket.send([said])

    def close(self) -> None:
        """Ends the connection."""
        self._websocket.close()


class Socket:
    """Keeps a connection open from ``start`` to ``close``; ``take`` gets all that comes and must not block.

    ``greeted`` is called when events begin to come (again). After DEADLINE without a connection it ends the process.
    """

    def __init__(
        self,
        client: WebClient,
        app_token: str,
        take: Callable[[Session, Envelope], None],
        *,
        greeted: Callable[[], None],
        ending: Ending,
        meter: Meter,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client, self._token, self._take = client, app_token, take
        self._greeted, self._ending, self._meter, self._clock = greeted, ending, meter, clock
        self._sessions: list[Session] = []
        self._closed = threading.Event()
        self._seen = clock()

    @property
    def live(self) -> bool:
        """Whether events come."""
        return bool(self._sessions) and not self._closed.is_set()

    def start(self) -> None:
        """Opens the first connection; raises what the Web API or the network raised."""
        self._follow(self._opened())

    def close(self) -> None:
        """Leaves Slack."""
        self._closed.set()
        for session in tuple(self._sessions):
            session.close()

    def _follow(self, session: Session | None = None) -> None:
        threading.Thread(target=self._run, args=(session,), name="socket", daemon=True).start()

    def _run(self, session: Session | None) -> None:
        """Reads one connection to its end; another one follows, before that end where Slack announces it."""
        session = session or self._reopened()
        if session is None:
            return
        self._sessions.append(session)
        followed = False
        for envelope in self._read(session):
            if envelope.type == "disconnect" and not followed:
                log.info("reconnecting", reason=envelope.reason)
                followed = True
                self._follow()
            elif envelope.type == "hello":
                self._meter.count("connections")
                self._greeted()
            else:
                self._safely(session, envelope)
        self._sessions.remove(session)
        session.close()
        self._meter.count("disconnections")
        if not followed and not self._closed.is_set():
            self._seen = self._clock()
            self._follow()

    def _safely(self, session: Session, envelope: Envelope) -> None:
        """Hands an envelope on; one that breaks something is not acknowledged, and the connection lives."""
        try:
            self._take(session, envelope)
        except Exception as wrong:
            self._meter.count("errors")
            log.error("envelope_failed", type=envelope.type, exc_info=wrong)

    def _read(self, session: Session) -> Iterator[Envelope]:
        """All that comes, beginning with Slack's hello, until the connection ends."""
        within: float | None = HELLO
        while not self._closed.is_set():
            try:
                for envelope in session.read(within):
                    if envelope.type in ("hello", "disconnect"):
                        within = None if envelope.type == "hello" else LEAVING
                    yield envelope
            except BROKEN as wrong:
                if not self._closed.is_set():
                    log.info("connection_ended", code=code_of(wrong))
                return

    def _opened(self) -> Session:
        """A new connection; raises what the Web API or the network raised."""
        address = str(self._client.apps_connections_open(app_token=self._token)["url"])
        return Session(Websocket(address, context=self._client.ssl, proxy=self._client.proxy))

    def _reopened(self) -> Session | None:
        """A new connection, tried until there is one; None where the bot leaves, or gives up."""
        attempt = 0
        while not self._closed.is_set():
            try:
                return self._opened()
            except BROKEN as wrong:
                self._ending.refused(code_of(wrong), OPEN)
                wait = retry_after(wrong) if trouble(wrong) == "limited" else min(0.2 * 2**attempt, LONGEST_WAIT)
                log.warning("reconnect_failed", code=code_of(wrong), wait=wait)
            if not self._sessions and self._clock() - self._seen > DEADLINE:
                self._ending.end(LOST.format(minutes=DEADLINE / 60))
                return None
            attempt += 1
            self._closed.wait(wait)
        return None
