"""Slack's bad days: calls that fail by chance, and events that come more than once."""

from __future__ import annotations

import random
import threading
from collections import Counter

from bot.practice import Practice
from bot.practice.faults import Fault, Faults
from bot.practice.wire import Parcel

HOW = (
    Fault("ratelimited", retry_after=1),
    Fault("ratelimited", retry_after=2),
    Fault(500),
    Fault(503),
    Fault("internal_error"),
    Fault(500, performed=True),
    Fault(502, performed=True),
)


class Chance(Faults):
    """Lets a share of all calls fail; ``performed`` ones are carried out, and only their answer is bad."""

    def __init__(self, seed: int, share: float) -> None:
        super().__init__()
        self._chance, self._share, self._guard = random.Random(seed), share, threading.Lock()
        self.count: Counter[str] = Counter()

    def take(self, method: str) -> Fault | None:
        """The failure of this call, if it fails."""
        with self._guard:
            if self._chance.random() >= self._share:
                return None
            fault = self._chance.choice(HOW)
            self.count[f"{fault.how}{' after it was carried out' if fault.performed else ''}"] += 1
            return fault

    def end(self) -> None:
        """From now on all is well."""
        self._share = 0.0


def repeat_events(practice: Practice, seed: int) -> None:
    """Every event comes one to three times from now on."""
    chance, send = random.Random(seed), practice.stage.wire.send

    def sending(parcel: Parcel) -> None:
        send(parcel)
        if parcel.kind == "events_api" and parcel.attempt == 0:
            for attempt in range(1, chance.randint(1, 3)):
                send(Parcel("events_api", parcel.payload, attempt=attempt, reason="timeout"))

    practice.stage.wire.send = sending  # type: ignore[method-assign]
