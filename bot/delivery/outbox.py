"""Posts for a claim: held meanwhile, closed where Slack refuses it for good, free again where Slack takes too long."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.delivery.errors import Undeliverable, Undelivered
from bot.delivery.holding import Holding
from bot.delivery.posting import Place, Poster
from bot.delivery.report import Report
from bot.store import Claim, Store
from bot.terms import Message

# What somebody pressed: they mend what is in the way (invite the bot) and press again, so the claim is taken back.
PRESSED = ("publish", "share")


class Outbox:
    """What posts and records for the claims of one process; whoever posts records that it is ``posted``."""

    def __init__(self, store: Store, poster: Poster, holding: Holding, report: Report) -> None:
        self._store, self._poster, self._holding, self._report = store, poster, holding, report

    def post(
        self,
        claim: Claim,
        place: Place,
        message: Message,
        *,
        late: bool = False,
        refused: Callable[[str], object] = lambda _code: None,
    ) -> str:
        """Posts, and gives the message's ts; it is looked for first after another attempt, and where ``late``.

        Raises Undeliverable where Slack refuses it for good, and Undelivered where Slack takes too long: whoever comes
        next may try again. ``refused`` hears what Slack did not take of the message.
        """
        try:
            with self._holding.hold(claim):
                still = partial(self._holding.still, claim)
                again = late or claim.attempts > 1
                return self._poster.post(place, message, again=again, still=still, refused=refused)
        except Undeliverable as wrong:
            if claim.kind in PRESSED:
                self._store.withdraw(claim)
            else:
                self._report.refused(claim, wrong.code)
                self._store.failed(claim)
            raise
        except Undelivered:
            self._store.release(claim)
            raise
