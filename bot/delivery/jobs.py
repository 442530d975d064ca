"""What is in hand: a claimed message with what to do about it, and a button that somebody pressed."""

from __future__ import annotations

from typing import Protocol

import msgspec

from bot.delivery.posted import Posted
from bot.delivery.threads import Known, Thread
from bot.delivery.work import Work
from bot.store import Claim, Kept


class Job(msgspec.Struct, frozen=True):
    """A message that this process has claimed, and what to do about it; ``since`` when it was heard (0: not here).

    ``late`` where no event told of it: its answer may be there, and only the database's memory of that be lost, as
    after a power cut or with an older copy of the file.
    """

    claim: Claim
    posted: Posted
    work: Work
    known: Known | None = None
    since: float = 0.0
    late: bool = False

    @property
    def lane(self) -> str:
        """The channel that the answer goes to."""
        return self.posted.channel

    @property
    def ties(self) -> frozenset[str] | None:
        """Its thread, and its cause: the second card of an incident must know of the first.

        None while its files are not read: they may hold any cause.
        """
        if self.work.files:
            return None
        causes = self.work.answer.causes if self.work.answer else ()
        return frozenset((self.posted.thread, *(cause.diagnosis.entry.id for cause in causes[:1])))


class Press(msgspec.Struct, frozen=True):
    """A button pressed: where, by whom, and ``key``, which is the same when the same button is pressed again."""

    team: str
    channel: str
    thread: str
    user: str
    key: str


class Follow(Protocol):
    """What is done once a bounce in a case's thread was answered: ``before`` is the case as it was."""

    def __call__(self, thread: Thread, before: Kept, user: str, *, same: bool) -> None:
        """``same``: it was the same reply again, by ``user``."""
