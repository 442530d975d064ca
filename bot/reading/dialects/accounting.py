"""Comma-separated logs: PowerMTA's accounting file and Exchange's message tracking log, with or without their heading.

PowerMTA 5 user's guide, "Accounting"; Microsoft, "Message tracking" (fields of MSGTRK*.LOG, since Exchange 2013).
"""

from __future__ import annotations

import csv
import re

from bot.reading.context import addresses
from bot.reading.page import Page
from bot.reading.reply import parse
from bot.reading.values import values_of
from bot.terms import Finding, State

# Where a row without its file's heading has what we look for: the columns as the programs write them by default.
POWERMTA = ("type", "timelogged", "timequeued", "orig", "rcpt", "orcpt", "dsnaction", "dsnstatus", "dsndiag", "dsnmta")
TRACKING = (
    "date-time", "client-ip", "client-hostname", "server-ip", "server-hostname", "source-context", "connector-id", "source",
    "event-id", "internal-message-id", "message-id", "network-message-id", "recipient-address", "recipient-status",
)  # fmt: skip
# Exchange 2007 and 2010 had no network-message-id.
TRACKING_2010 = tuple(name for name in TRACKING if name != "network-message-id")
ROW = re.compile(
    r"^(?P<powermta>[bt](?:q|r|a)?,\d{4}-\d\d-\d\d )|^\d{4}-\d\d-\d\dT[^,\n]{8,20},(?:[^,\n]{0,200},){6}[A-Z]{2,20},(?P<event>FAIL|DEFER|DSN|BADMAIL),",
    re.MULTILINE,
)
HEADING = re.compile(
    r"^(?:#Fields: ?)?(?P<names>(?:type,timeLogged|date-time,)[\w,-]{10,2000})", re.IGNORECASE | re.MULTILINE
)
STATES: dict[str, State] = {
    "b": "given-up", "rb": "given-up", "t": "queued", "tq": "queued", "d": "delivered", "fail": "given-up", "badmail": "given-up",
    "dsn": "given-up", "defer": "queued",
}  # fmt: skip


def read(page: Page) -> tuple[Finding, ...]:
    """A finding for each row of a mail that was refused or put off."""
    if page.mail or "," not in page.text or not ROW.search(page.text):
        return ()
    heading = HEADING.search(page.text)
    names = tuple(heading["names"].lower().split(",")) if heading else ()
    return tuple(f for line in page.text.split("\n") if ROW.match(line) and (f := finding(line, names)))


def finding(line: str, names: tuple[str, ...]) -> Finding | None:
    """What one row says; None where it cannot be taken apart."""
    try:
        values = next(csv.reader([line]))
    except (csv.Error, StopIteration):
        return None
    row = dict(zip(names or columns(values), values, strict=False))
    said = row.get("dsndiag") or row.get("recipient-status") or row.get("dsnstatus") or ""
    to = addresses(row.get("rcpt") or row.get("recipient-address") or "")
    reply, status = parse(said), parse(row.get("dsnstatus", ""))
    host = row.get("dsnmta", "").partition(" ")[0] or row.get("server-hostname", "")
    return Finding(
        reply=reply.reply,
        enhanced=reply.enhanced or status.enhanced,
        words=reply.words,
        evidence=" ".join(said.split()),
        state=STATES.get((row.get("event-id") or row.get("type") or "").lower(), "unknown"),
        recipient=to[0] if to else None,
        host=host.lower(),
        dialect="accounting",
        values=values_of(reply.words),
    )


def columns(values: list[str]) -> tuple[str, ...]:
    """The names of a row's columns where no heading gives them."""
    if len(values[0]) < 4:
        return POWERMTA
    return TRACKING if len(values) > 12 and "@" in values[12] else TRACKING_2010
