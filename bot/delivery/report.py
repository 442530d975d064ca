"""Tells the log and the meter what became of a message, with ids and never a word of it."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog

from bot.meter import Meter
from bot.store import Claim
from bot.terms import Answer, Case

log = structlog.get_logger("bot.delivery")

REFUSED = "invite the bot into the channel again, or unarchive it, and paste the bounce once more."
# What the bot says of itself answers no paste.
UNASKED = frozenset(("away", "surge", "week"))
NOT_SAID = "invite the bot into the channel again, or unarchive it; no bounce was lost."
EXHAUSTED = (
    "ten processes began this answer and none finished it, so it is not tried again: answer the message yourself, look"
    " for answer_failed with the same case, and report it."
)
GONE = "the message was deleted, or the bot may not read it any more: nothing to do."


class Report:
    """What is told of the messages of one process."""

    def __init__(self, meter: Meter, clock: Callable[[], float] = time.monotonic) -> None:
        self.meter, self.now = meter, clock

    def silent(self) -> None:
        """A message that calls for no answer; not logged, since that is nearly all of them."""
        self.meter.count("messages", "silent")

    def heard(self, claim: Claim | None) -> None:
        """A message that calls for an answer: claimed here, or answered or claimed by another."""
        self.meter.count("messages", "claimed" if claim else "known")

    def posted(self, claim: Claim, case: Case | None, since: float = 0.0) -> None:
        """An answer that is in its place; ``since`` is when its message was heard (0: not by this process)."""
        found: dict[str, str | float] = {"entry": case.entry, "basis": case.basis} if case else {}
        if since:
            seconds = self.now() - since
            self.meter.took(seconds)
            found["seconds"] = round(seconds, 3)
        self.meter.count("answers", claim.kind, case.basis if case else "")
        log.info("answered", **about(claim), attempts=claim.attempts, **found)

    def private(self, answer: Answer) -> None:
        """An answer that one person sees."""
        if answer.causes:
            first = answer.causes[0].diagnosis
            self.meter.count("answers", "private", first.basis)
            log.info("answered", kind="private", entry=first.entry.id, basis=first.basis)
        else:
            self.unrecognised()

    def unrecognised(self) -> None:
        """A question in which no error was found."""
        self.meter.count("unrecognised")

    def refused(self, claim: Claim, code: str) -> None:
        """An answer that Slack refuses for good."""
        self.meter.count("failed", "refused")
        log.warning("answer_refused", **about(claim), code=code, mend=NOT_SAID if claim.kind in UNASKED else REFUSED)

    def gone(self, claim: Claim) -> None:
        """A claim whose message is no longer there to be answered."""
        self.meter.count("failed", "gone")
        log.warning("answer_gone", **about(claim), mend=GONE)

    def resumed(self, claim: Claim) -> None:
        """A claim taken up from a process that is gone."""
        self.meter.count("resumed")
        log.info("claim_resumed", **about(claim), attempts=claim.attempts)

    def exhausted(self, claim: Claim) -> None:
        """A claim that is given up after too many attempts."""
        self.meter.count("failed", "exhausted")
        log.error("answer_given_up", **about(claim), attempts=claim.attempts, mend=EXHAUSTED)

    def late(self, claim: Claim) -> None:
        """An answer that Slack did not take in time; it is tried again."""
        self.meter.count("late")
        log.warning("answer_late", **about(claim))

    def broken(self, claim: Claim, wrong: Exception) -> None:
        """An answer that an error of ours prevents; it is tried again when its lease ends."""
        self.meter.count("errors")
        log.error("answer_failed", **about(claim), exc_info=wrong)


def about(claim: Claim) -> dict[str, str | int]:
    """Which message an event is about: ids, and the claim's number as ``case``, the same in every line of it."""
    return {"case": claim.id, "team": claim.team, "channel": claim.channel, "ts": claim.ts, "kind": claim.kind}
