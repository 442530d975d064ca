"""Where claimed messages wait for their answer, and what happens to them when the process ends."""

from __future__ import annotations

import msgspec
from structlog.contextvars import bound_contextvars

from bot.delivery.delivery import Delivery
from bot.delivery.errors import Undelivered
from bot.delivery.jobs import Job
from bot.delivery.lanes import Lanes
from bot.delivery.posted import Posted
from bot.delivery.report import about

# So many answers of one channel are worked on at once, as far as they have nothing to do with each other.
ABREAST = 4


class Desk:
    """Delivers in lanes; every job here is claimed in the database, so that none is lost with the process."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery, self.store = delivery, delivery.store
        # slack.dev, rate limits: about one message a second and channel, short bursts allowed. Who was told to wait is
        # not asked for several at once: each but one would be refused again.
        self._lanes: Lanes[Job] = Lanes(self._run, abreast=ABREAST, narrow=delivery.poster.limited)

    def put(self, job: Job) -> None:
        """Has a job done in its channel's lane; without room there its claim is free for the next try."""
        if not self._lanes.put(job):
            self.store.release(job.claim)

    def hear(self, posted: Posted) -> None:
        """Admits a message that no event told of, and has it answered where it calls for that."""
        if job := self.delivery.admit(posted):
            self.put(msgspec.structs.replace(job, late=True))

    def renew(self) -> None:
        """Prolongs all claims that this process is busy with; raises StoreError."""
        self.delivery.holding.renew(job.claim for job in self._lanes.jobs())

    def resumed(self) -> int:
        """How many jobs here were left by another process."""
        return sum(job.claim.attempts > 1 for job in self._lanes.jobs())

    def depth(self) -> int:
        """How many claimed messages are in hand or wait."""
        return len(self._lanes.jobs())

    def close(self, seconds: float) -> None:
        """Finishes what is claimed within so many seconds, and leaves the rest to the next process."""
        self.delivery.poster.hurry()
        for job in self._lanes.close(seconds):
            self.store.release(job.claim)

    def _run(self, job: Job) -> None:
        """Delivers in a lane; what goes wrong is logged, and the claim is taken up again when its lease ends."""
        try:
            with bound_contextvars(**about(job.claim)):
                if self.delivery.holding.still(job.claim):
                    self.delivery.deliver(job)
        except Undelivered:
            self.delivery.report.late(job.claim)
        except Exception as wrong:  # noqa: BLE001 - the report logs it
            self.delivery.report.broken(job.claim, wrong)
