"""The heartbeat of a process: prolongs what it holds, takes up what others left, sweeps after it was away."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog

from bot.delivery.desk import Desk
from bot.delivery.resume import Resume
from bot.delivery.sweep import Sweep
from bot.store import StoreError

BEAT, SOON = 10.0, 0.3

log = structlog.get_logger("bot.delivery")


class Upkeep:
    """Runs in threads from ``start`` to ``stop``. ``connected`` says that events come (again) from now on.

    ``errands`` are run at every beat, one after the other.
    """

    def __init__(
        self,
        desk: Desk,
        resume: Resume,
        sweep: Sweep,
        *,
        team: str,
        errands: tuple[Callable[[], None], ...] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._desk, self._resume, self._sweep, self._errands = desk, resume, sweep, errands
        self._team, self._clock = team, clock
        # Whether events come, once there is a connection that knows.
        self.live: Callable[[], bool] = lambda: True
        self._beat = min(BEAT, desk.store.lease / 4)
        self._wake, self._ended = threading.Event(), threading.Event()
        self._swept: tuple[str, ...] = ()
        self._away, self._more = True, False
        # Reading Slack and posting can take longer than a lease: the heartbeat waits for nobody.
        runs = (self._beats, self._reads, self._runs)
        self._threads = [threading.Thread(target=run, daemon=True) for run in runs]

    def start(self) -> None:
        """Begins."""
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """Ends, at the latest after so many seconds."""
        self._ended.set()
        self._wake.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(seconds)

    def connected(self) -> None:
        """A connection is there: what came before it is swept."""
        self._away = True
        self._wake.set()

    def missed(self) -> None:
        """A message had no room: it is looked for with the next beat."""
        self._away = True

    def _beats(self) -> None:
        while not self._ended.wait(self._beat):
            self._safely(self.beat)

    def _reads(self) -> None:
        while not self._ended.is_set():
            self._wake.clear()
            self._safely(self.read)
            self._wake.wait(SOON if self._more else self._beat)

    def _runs(self) -> None:
        while not self._ended.wait(self._beat):
            for errand in self._errands:
                self._safely(errand)

    def beat(self) -> None:
        """Prolongs the claims in hand, and moves the watermarks of swept channels while events come."""
        self._desk.renew()
        if self.live() and not self._away and self._swept:
            self._desk.store.reach([(self._team, channel) for channel in self._swept], self._clock())

    def read(self) -> None:
        """Resumes what is due, and sweeps where the process was away."""
        self._more = self._resume.run() > 0
        if self._away:
            # Before the sweep: a connection that is made meanwhile asks for another one.
            self._away, again = False, True
            try:
                swept = self._sweep.run()
                self._swept, again = swept.channels, swept.again
            finally:
                self._away = self._away or again

    @staticmethod
    def _safely(work: Callable[[], None]) -> None:
        try:
            work()
        except StoreError as wrong:
            log.error("upkeep_failed", mend=str(wrong))
        except Exception as wrong:
            log.error("upkeep_failed", exc_info=wrong)
