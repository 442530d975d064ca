"""qmail-send log lines: ``delivery 42: failure: 192.0.2.40_does_not_like_recipient./Remote_host_said:_550_…/``.

qmail writes spaces as ``_`` and line ends as ``/`` (qmail-log(5)); the recipient stands in the line that starts the delivery.
"""

from __future__ import annotations

import re

from bot.reading.context import phase_of
from bot.reading.page import Page
from bot.reading.reply import parse
from bot.reading.values import values_of
from bot.terms import Finding, State

STARTS = re.compile(r"\bstarting delivery (?P<number>\d+): msg \d+ to (?:remote|local) (?P<to>\S+)")
ENDS = re.compile(r"\bdelivery (?P<number>\d+): (?P<fate>failure|deferral): (?P<said>\S+)")
HOST = re.compile(
    r"(?:Connected_to_|^)(?P<host>[\w.-]+?)_(?:does_not_like|failed|but)|Giving_up_on_(?P<up>[\w.-]+?)\./"
)
STATES: dict[str, State] = {"failure": "given-up", "deferral": "queued"}


def read(page: Page) -> tuple[Finding, ...]:
    """A finding for each delivery that failed or was put off, with the recipient where its start is in the text too."""
    if "delivery " not in page.text:
        return ()
    to = {m["number"]: m["to"] for m in STARTS.finditer(page.text)}
    return tuple(finding(m, to.get(m["number"])) for m in ENDS.finditer(page.text))


def finding(m: re.Match[str], to: str | None) -> Finding:
    """What one line says."""
    said = m["said"].replace("_", " ").replace("/", "\n").strip()
    reply = parse(said)
    host = HOST.search(m["said"])
    return Finding(
        reply=reply.reply,
        enhanced=reply.enhanced,
        words=reply.words,
        evidence=" ".join(said.split()),
        state=STATES[m["fate"]],
        recipient=to,
        host=(host["host"] or host["up"] or "") if host else "",
        phase="rcpt" if "does not like recipient" in said else phase_of(said),
        dialect="qmail",
        values=values_of(reply.words),
    )
