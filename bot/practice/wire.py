"""The way from the workspace to the app: parcels, their acknowledgements, and redelivery of what got none in time."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.practice.people import JSON

Kind = Literal["events_api", "slash_commands", "interactive"]
# Slack sends an event again at most three times (docs.slack.dev/apis/events-api).
RETRIES = 3
REMEMBERED = 2_000


@dataclass
class Parcel:
    """One payload on its way; ``answered`` gets what the app acknowledged it with, ``lost`` why nobody did."""

    kind: Kind
    payload: JSON
    answered: Callable[[JSON | None], None] = lambda payload: None
    lost: Callable[[str], None] = lambda reason: None
    attempt: int = 0
    reason: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def envelope(self) -> JSON:
        """The Socket Mode envelope; an event's first delivery says ``retry_attempt`` 0 (bolt-js#2487)."""
        events = self.kind == "events_api"
        retry = {"retry_attempt": self.attempt, "retry_reason": self.reason} if events else {}
        answerable = {"accepts_response_payload": not events}
        return {"envelope_id": self.id, "payload": self.payload, "type": self.kind, **answerable, **retry}


class Carrier(Protocol):
    """What takes parcels to the app."""

    def carry(self, parcel: Parcel, acked: Callable[[str, JSON | None], None]) -> bool:
        """Sends without waiting; calls ``acked`` on the loop's thread. False where nobody is there to take it."""


class Wire:
    """Sends parcels over a carrier. All of it runs on the server's loop; ``send`` may be called from any thread."""

    def __init__(self, within: float) -> None:
        self.within = within
        self.carrier: Carrier | None = None
        self.sent: deque[JSON] = deque(maxlen=REMEMBERED)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: dict[str, tuple[Parcel, asyncio.TimerHandle]] = {}
        self._queued = 0
        self._lose = 0
        self._moved = time.monotonic()

    def bind(self, loop: asyncio.AbstractEventLoop, carrier: Carrier) -> None:
        """Says on which loop and by which carrier parcels travel."""
        self._loop, self.carrier = loop, carrier

    def send(self, parcel: Parcel) -> None:
        """Puts a parcel on its way."""
        if self._loop is None or self._loop.is_closed():
            raise RuntimeError("The practice workspace is not running: call start() first.")
        self._queued += 1
        if parcel.kind == "events_api" and parcel.attempt == 0:
            self.sent.append(parcel.payload)
        self._loop.call_soon_threadsafe(self._take, parcel)

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        """Calls a function on the loop after so many seconds."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._loop.call_later, seconds, call)

    def lose(self, times: int) -> None:
        """The next acknowledgements get lost on the way, so that Slack sends again what was acknowledged."""
        self._lose = times

    def touch(self) -> None:
        """Notes that something moved just now."""
        self._moved = time.monotonic()

    def quiet_for(self) -> float:
        """Since when nothing is on its way, in seconds; 0 while something is."""
        return 0.0 if self._queued or self._waiting else time.monotonic() - self._moved

    def close(self) -> None:
        """Stops waiting for acknowledgements."""
        for _, timer in self._waiting.values():
            timer.cancel()
        self._waiting.clear()

    def _take(self, parcel: Parcel) -> None:
        self._queued -= 1
        self._launch(parcel)

    def _launch(self, parcel: Parcel) -> None:
        assert self._loop is not None
        assert self.carrier is not None
        self.touch()
        there = self.carrier.carry(parcel, self._acked)
        if not there and parcel.kind != "events_api":
            parcel.lost("dispatch_failed")
            return
        # Without anybody connected Slack counts the attempt as failed and tries again later.
        reason = "timeout" if there else "connection_failed"
        self._waiting[parcel.id] = (parcel, self._loop.call_later(self.within, self._late, parcel, reason))

    def _acked(self, parcel_id: str, payload: JSON | None) -> None:
        self.touch()
        if self._lose and parcel_id in self._waiting:
            self._lose -= 1
            return
        parcel, timer = self._waiting.pop(parcel_id, (None, None))
        if parcel is None or timer is None:
            return
        timer.cancel()
        parcel.answered(payload)

    def _late(self, parcel: Parcel, reason: str) -> None:
        del self._waiting[parcel.id]
        if parcel.kind != "events_api":
            parcel.lost("operation_timeout")
        elif parcel.attempt < RETRIES:
            self._launch(Parcel(parcel.kind, parcel.payload, attempt=parcel.attempt + 1, reason=reason))
        else:
            parcel.lost(reason)
