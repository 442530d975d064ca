"""Sendmail log lines: ``to=<…>, delay=…, mailer=…, dsn=5.1.1, stat=User unknown`` (Sendmail operations guide)."""

from __future__ import annotations

import re

from bot.reading.page import Page
from bot.reading.reply import parse
from bot.reading.values import values_of
from bot.terms import Finding

LINE = re.compile(
    r"\bto=<?(?P<to>[^>,\s]+)>?,.*?(?:relay=(?P<relay>[^\s,\[]+).*?)?(?:dsn=(?P<dsn>\d\.\d+\.\d+),\s*)?stat=(?P<stat>.*)$"
)


def read(page: Page) -> tuple[Finding, ...]:
    """A finding for each line of a delivery that failed or was put off."""
    if "stat=" not in page.text:
        return ()
    return tuple(f for line in page.text.split("\n") if (m := LINE.search(line)) and (f := finding(m)))


def finding(m: re.Match[str]) -> Finding | None:
    """What one line says of its recipient; None where it was sent."""
    stat = m["stat"].strip()
    if stat.lower().startswith("sent"):
        return None
    reply = parse(stat)
    return Finding(
        reply=reply.reply,
        enhanced=reply.enhanced or m["dsn"],
        words=stat if not reply.reply else reply.words,
        evidence=stat,
        state="queued" if stat.lower().startswith("deferred") or (m["dsn"] or "5")[0] == "4" else "given-up",
        recipient=m["to"],
        host=(m["relay"] or "").rstrip("."),
        dialect="sendmail",
        values=values_of(reply.words),
    )
