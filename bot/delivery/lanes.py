"""Claimed messages waiting for their answer: a lane for each channel, so that a slow one stops no other."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar

# In a lane so many are looked at for one that may overtake those before it.
AHEAD = 32


class Lined(Protocol):
    """What waits in a lane."""

    @property
    def lane(self) -> str:
        """The channel that it is for."""
        ...

    @property
    def ties(self) -> frozenset[str] | None:
        """What it must not overtake, nor be done beside of: whatever shares a tie with it. None: everything here."""
        ...


J = TypeVar("J", bound=Lined)


class Lanes(Generic[J]):
    """Runs jobs on threads of its own: at most ``abreast`` of one channel at a time, ``most`` waiting in all.

    Jobs of a channel that share a tie are run one after the other, in the order in which they came; all of them are
    in a channel that is ``narrow``. ``run`` must not raise.
    """

    def __init__(
        self,
        run: Callable[[J], None],
        *,
        workers: int = 16,
        abreast: int = 2,
        most: int = 2_000,
        narrow: Callable[[str], bool] = lambda _lane: False,
    ) -> None:
        self._run, self._workers, self._abreast, self._most = run, workers, abreast, most
        self._narrow = narrow
        self._lanes: dict[str, deque[J]] = {}
        self._active: list[J] = []
        self._busy: Counter[str] = Counter()
        self._threads = self._idle = 0
        self._lock = threading.Lock()
        self._more, self._done = threading.Condition(self._lock), threading.Condition(self._lock)
        self._open = True

    def put(self, job: J) -> bool:
        """Takes a job; False where there is no room for it, or no more time."""
        with self._lock:
            if not self._open or self._waiting() >= self._most:
                return False
            self._lanes.setdefault(job.lane, deque()).append(job)
            if not self._full(job.lane):
                self._call()
        return True

    @property
    def waiting(self) -> int:
        """How many jobs have not begun."""
        with self._lock:
            return self._waiting()

    def jobs(self) -> list[J]:
        """All jobs here, those that are running first."""
        with self._lock:
            return self._all()

    def close(self, seconds: float) -> list[J]:
        """Takes no more jobs and waits so long for those that are here; gives the ones that were not done."""
        end = time.monotonic() + seconds
        with self._lock:
            self._open = False
            self._more.notify_all()
            while (self._active or self._lanes) and (left := end - time.monotonic()) > 0:
                self._done.wait(left)
            rest = self._all()
            self._lanes.clear()
            self._more.notify_all()
            return rest

    def _all(self) -> list[J]:
        return [*self._active, *(job for lane in self._lanes.values() for job in lane)]

    def _waiting(self) -> int:
        return sum(map(len, self._lanes.values()))

    def _work(self) -> None:
        while (job := self._taken()) is not None:
            try:
                self._run(job)
            finally:
                with self._lock:
                    self._active.remove(job)
                    self._busy[job.lane] -= 1
                    self._done.notify_all()

    def _taken(self) -> J | None:
        """The next job, waited for; None at the end."""
        with self._lock:
            while (place := self._place()) is None:
                if not self._open and not self._lanes:
                    return None
                self._idle += 1
                self._more.wait()
                self._idle -= 1
            job = self._out(*place)
            self._active.append(job)
            self._busy[job.lane] += 1
            if self._lanes and self._place() is not None:
                self._call()
            return job

    def _call(self) -> None:
        """Has one more thread look for a job; whoever is done with one looks by itself."""
        if self._idle:
            self._more.notify()
        elif self._threads < self._workers:
            self._threads += 1
            threading.Thread(target=self._work, name=f"lane-{self._threads}", daemon=True).start()

    def _full(self, lane: str) -> bool:
        busy = self._busy[lane]
        return busy >= self._abreast or (busy > 0 and self._narrow(lane))

    def _place(self) -> tuple[str, int] | None:
        """Where the first job that may begin waits, in the lane that has waited longest."""
        for name, lane in self._lanes.items():
            if not self._full(name):
                place = first(lane, [job.ties for job in self._active if job.lane == name])
                if place is not None:
                    return name, place
        return None

    def _out(self, name: str, place: int) -> J:
        """Takes a job out of its lane; that lane goes to the end of the line."""
        lane = self._lanes.pop(name)
        job = lane[place]
        del lane[place]
        if lane:
            self._lanes[name] = lane
        else:
            self._busy = +self._busy
        return job


def first(lane: Iterable[Lined], active: Iterable[frozenset[str] | None]) -> int | None:
    """The place of the first job in a lane that is tied to none before it and none that is ``active``."""
    held: set[str] = set()
    beside = list(active)
    for ties in beside:
        if ties is None:
            return None
        held |= ties
    for place, job in enumerate(itertools.islice(lane, AHEAD)):
        if (ties := job.ties) is None:
            return None if beside or place else place
        if held.isdisjoint(ties):
            return place
        held |= ties
    return None
