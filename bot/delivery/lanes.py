"""Claimed messages waiting for their answer: a lane for each channel, so that a slow one stops no other."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar


class Lined(Protocol):
    """What waits in a lane."""

    @property
    def lane(self) -> str:
        """The channel that it is for."""
        ...


J = TypeVar("J", bound=Lined)


class Lanes(Generic[J]):
    """Runs jobs on threads of its own: at most ``abreast`` of one channel at a time, ``most`` waiting in all.

    slack.dev, rate limits: about one message a second and channel. ``run`` must not raise.
    """

    def __init__(self, run: Callable[[J], None], *, workers: int = 16, abreast: int = 2, most: int = 2_000) -> None:
        self._run, self._workers, self._abreast, self._most = run, workers, abreast, most
        self._lanes: dict[str, deque[J]] = {}
        self._active: list[J] = []
        self._busy: Counter[str] = Counter()
        self._threads = 0
        self._changed = threading.Condition()
        self._open = True

    def put(self, job: J) -> bool:
        """Takes a job; False where there is no room for it, or no more time."""
        with self._changed:
            if not self._open or self._waiting() >= self._most:
                return False
            self._lanes.setdefault(job.lane, deque()).append(job)
            if self._threads < min(self._workers, self._waiting() + len(self._active)):
                self._threads += 1
                threading.Thread(target=self._work, name=f"lane-{self._threads}", daemon=True).start()
            self._changed.notify()
        return True

    @property
    def waiting(self) -> int:
        """How many jobs have not begun."""
        with self._changed:
            return self._waiting()

    def jobs(self) -> list[J]:
        """All jobs here, those that are running first."""
        with self._changed:
            return [*self._active, *(job for lane in self._lanes.values() for job in lane)]

    def close(self, seconds: float) -> list[J]:
        """Takes no more jobs and waits so long for those that are here; gives the ones that were not done."""
        end = time.monotonic() + seconds
        with self._changed:
            self._open = False
            self._changed.notify_all()
            while (self._active or self._lanes) and (left := end - time.monotonic()) > 0:
                self._changed.wait(left)
            rest = [*self._active, *(job for lane in self._lanes.values() for job in lane)]
            self._lanes.clear()
            return rest

    def _waiting(self) -> int:
        return sum(map(len, self._lanes.values()))

    def _work(self) -> None:
        while True:
            with self._changed:
                while (job := self._next()) is None:
                    if not self._open and not self._lanes:
                        return
                    self._changed.wait()
                self._active.append(job)
                self._busy[job.lane] += 1
            try:
                self._run(job)
            finally:
                with self._changed:
                    self._active.remove(job)
                    self._busy[job.lane] -= 1
                    self._changed.notify_all()

    def _next(self) -> J | None:
        """The first job of the lane that has waited longest and may move; that lane goes to the end of the line."""
        for name, lane in self._lanes.items():
            if self._busy[name] < self._abreast:
                job = lane.popleft()
                del self._lanes[name]
                if lane:
                    self._lanes[name] = lane
                else:
                    self._busy = +self._busy
                return job
        return None
