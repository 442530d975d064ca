"""Sendmail log lines: ``to=<…>, delay=…, mailer=…, dsn=5.1.1, stat=User unknown`` (Sendmail operations guide)."""

from __future__ import annotations

import re

from bot.reading.page import Page
from bot.reading.reply import parse
from bot.reading.values import values_of
from bot.terms import Finding
from catalogue.entries import Phase

LINE = re.compile(
    r"\bto=<?(?P<to>[^>,\s]+)>?,.*?(?:relay=(?P<relay>[^\s,\[]+).*?)?(?:dsn=(?P<dsn>\d\.\d+\.\d+),\s*)?stat=(?P<stat>.*)$"
)
REJECT = re.compile(
    r"\bruleset=check_(?P<rule>\w+), arg1=<?(?P<arg>[^>,\s]*)>?,(?: arg2=[^,]*,)* relay=(?P<client>[^,]*), reject=(?P<said>[45]\d\d.*)$"
)
RULES: dict[str, Phase] = {"rcpt": "rcpt", "mail": "mail", "relay": "connect", "data": "data", "eoh": "end-of-data"}


def read(page: Page) -> tuple[Finding, ...]:
    """A finding for each line of a delivery that failed or was put off; deliveries only where nothing was refused."""
    if "stat=" not in page.text and "reject=" not in page.text:
        return ()
    found: list[Finding] = []
    for line in page.text.split("\n"):
        if m := LINE.search(line):
            found.append(finding(m))
        elif "reject=" in line and (m := REJECT.search(line)):
            found.append(rejection(m))
    return tuple([f for f in found if f.state != "delivered"] or found)


def rejection(m: re.Match[str]) -> Finding:
    """What our own Sendmail refused: the client is the other side."""
    reply = parse(m["said"])
    return Finding(
        reply=reply.reply,
        enhanced=reply.enhanced,
        words=reply.words,
        evidence=m["said"],
        state="queued" if (reply.reply or "")[:1] == "4" else "given-up",
        recipient=(m["arg"] or None) if m["rule"] == "rcpt" else None,
        reporter=m["client"],
        phase=RULES.get(m["rule"]),
        dialect="sendmail",
        values=values_of(reply.words),
    )


def finding(m: re.Match[str]) -> Finding:
    """What one line says of its recipient."""
    stat = m["stat"].strip()
    if stat.lower().startswith("sent"):
        return Finding(
            enhanced=m["dsn"], words=stat, evidence=stat, state="delivered", recipient=m["to"], dialect="sendmail"
        )
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
