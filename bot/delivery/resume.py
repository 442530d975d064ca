"""Takes up what another process left: claims whose owner is gone, each by its message in Slack."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

import msgspec
import structlog
from slack_sdk import WebClient

from bot.delivery.desk import Desk
from bot.delivery.errors import code_of, trouble
from bot.delivery.jobs import Job
from bot.delivery.paging import message_at
from bot.delivery.posted import Posted
from bot.delivery.posting import FAILURES
from bot.delivery.threads import Known
from bot.delivery.work import Work
from bot.store import Claim

# A message's ts; the key of a button is another, and whoever pressed it presses it again.
TS = re.compile(r"\d{1,12}\.\d{1,8}")
# Few at a time: what waits when a process ends counts as one of its attempts (bot.store.claims.MOST_ATTEMPTS).
MOST = 8
READER = Callable[[str, Mapping[str, Any]], Posted]

log = structlog.get_logger("bot.delivery")


class Resume:
    """Resumes for one desk; ``read`` turns a channel's message, as Slack's history has it, into a value."""

    def __init__(self, desk: Desk, client: WebClient, read: READER) -> None:
        self._desk, self._client, self._read = desk, client, read

    def run(self) -> int:
        """Takes up claims that are due, the oldest first; how many. Raises StoreError."""
        for claim in self._desk.store.exhausted():
            self._desk.delivery.report.exhausted(claim)
        room = MOST - self._desk.resumed()
        found = (claim for claim in self._desk.store.expired() if TS.fullmatch(claim.ts))
        return sum(map(self._resumed, islice(found, max(room, 0))))

    def _resumed(self, due: Claim) -> bool:
        """Takes one up; False where another process was faster, or Slack does not tell yet what there is to do."""
        try:
            message = self._message(due)
            posted = self._read(due.channel, message) if message else None
            judged = self._judged(due, posted) if posted else None
        except FAILURES as wrong:
            log.warning("resume_unread", channel=due.channel, code=code_of(wrong))
            if trouble(wrong) != "refused":
                return False
            posted = judged = None
        claim = self._desk.store.claim(due.team, due.channel, due.ts, due.thread, due.kind)
        if claim is None:
            return False
        self._desk.delivery.report.resumed(claim)
        if posted is None:
            self._desk.delivery.report.gone(claim)
            self._desk.store.failed(claim)
        elif judged is None:
            self._desk.store.passed(claim)
        else:
            self._desk.put(Job(claim, posted, *judged))
        return True

    def _judged(self, due: Claim, posted: Posted) -> tuple[Work, Known | None] | None:
        """What a claimed message calls for; one that was claimed for a reaction was asked about, whoever wrote it."""
        if due.kind != "reacted":
            return self._desk.delivery.judged(posted)
        asked = msgspec.structs.replace(posted, mention=True, bot_id="", app_id="", subtype="")
        judged = self._desk.delivery.judged(asked)
        return (msgspec.structs.replace(judged[0], kind=due.kind), judged[1]) if judged else None

    def _message(self, due: Claim) -> Mapping[str, Any] | None:
        """The message of a claim, None where it is gone; raises what the Web API raises."""
        return message_at(self._client, due.channel, due.thread or due.ts, due.ts) or None
