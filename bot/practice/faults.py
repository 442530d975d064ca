"""What goes wrong on purpose: the next calls of a Web API method fail as a test asks for it."""

from __future__ import annotations

import threading
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """How a call fails: an error's name, ``ratelimited``, an HTTP status, or ``timeout`` (no answer for a while).

    ``performed``: the call is carried out all the same, only its answer is bad; that is how messages get doubled.
    """

    how: str | int
    performed: bool = False
    retry_after: int = 1
    seconds: float = 60.0


class Faults:
    """The failures in store, by method."""

    def __init__(self) -> None:
        self._planned: dict[str, list[Fault]] = {}
        self._lock = threading.Lock()

    def plan(self, method: str, fault: Fault, times: int) -> None:
        """The next ``times`` calls of a method fail so."""
        with self._lock:
            self._planned.setdefault(method, []).extend([fault] * times)

    def take(self, method: str) -> Fault | None:
        """The failure that is next for a method, if there is one."""
        with self._lock:
            planned = self._planned.get(method)
            return planned.pop(0) if planned else None
