"""The queue as ``mailq`` lists it (Postfix, Sendmail): why a mail waits, in brackets, and whom it waits for under it."""

from __future__ import annotations

import re

from bot.reading.context import ADDRESS, host_of, told
from bot.reading.page import Page
from bot.reading.reply import parse
from bot.reading.values import values_of
from bot.terms import Finding

WHY = re.compile(r"[ \t>]*\((?P<said>.{10,2000})\)[ \t]*$")
ALONE = re.compile(rf"[ \t>]+<?(?P<to>{ADDRESS.pattern})>?[ \t]*$", re.ASCII)
# "-Queue ID-  --Size--" (Postfix), "-----Q-ID----- --Size--" (Sendmail)
HEADING = re.compile(r"-Queue ID-|-Q-ID-|[0-9A-Za-z]{6,20}[*!]?[ \t]+\d+[ \t]+\w{3} \w{3}[ \t]+\d{1,2} \d\d:\d\d")


def read(page: Page) -> tuple[Finding, ...]:
    """A finding for each recipient that a mail in the queue still waits for, where the queue says why."""
    if page.mail or "\n" not in page.text or "@" not in page.text or not HEADING.search(page.text):
        return ()
    found: list[Finding] = []
    said = ""
    for line in page.text.split("\n"):
        if why := WHY.match(line):
            said = why["said"]
        elif said and (to := ALONE.match(line)):
            found.append(finding(said, to["to"]))
        elif not line.strip() or line[:1].isalnum():
            said = ""
    return tuple(found)


def finding(said: str, to: str) -> Finding:
    """What the queue says of one recipient."""
    reply = parse(said)
    return Finding(
        reply=reply.reply,
        enhanced=reply.enhanced,
        words=reply.words,
        evidence=said,
        state="queued",
        recipient=to,
        host=host_of(said),
        phase=told(said)[1],
        dialect="queue",
        values=values_of(reply.words),
    )
