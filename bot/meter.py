"""What a process has done, counted in memory: rooms that act count here, and know nothing of who shows the figures."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter
from typing import Literal

import msgspec

# Counted by name and labels; what each means, and its labels, is said in bot.health.metrics.
Name = Literal[
    "messages",
    "answers",
    "unrecognised",
    "late",
    "failed",
    "errors",
    "slack_errors",
    "sweeps",
    "resumed",
    "connections",
    "disconnections",
    "turned_away",
]
# Upper bounds in seconds: people wait a moment, a minute while Slack limits, hours where the bot was away.
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 180.0, 600.0)


class Times(msgspec.Struct, frozen=True):
    """How long cards took: how many within each of ``BOUNDS`` and above the last, and the sum of all in seconds."""

    within: tuple[int, ...]
    total: float


class Meter:
    """Counts of one process, safe between threads. Labels are words of a short list: never an id, never a text."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[Name, tuple[str, ...]]] = Counter()
        self._within, self._total = [0] * (len(BOUNDS) + 1), 0.0

    def count(self, name: Name, *labels: str) -> None:
        """Adds one."""
        with self._lock:
            self._counts[name, labels] += 1

    def took(self, seconds: float) -> None:
        """Notes that a card was there so long after its message was heard."""
        with self._lock:
            self._within[bisect_left(BOUNDS, seconds)] += 1
            self._total += seconds

    def counts(self) -> dict[tuple[Name, tuple[str, ...]], int]:
        """All counts so far, by name and labels."""
        with self._lock:
            return dict(self._counts)

    def times(self) -> Times:
        """How long cards took so far."""
        with self._lock:
            return Times(tuple(self._within), self._total)
