"""Postfix log lines, as smtp(8), smtpd(8), local(8) and cleanup(8) write them."""

from __future__ import annotations

import re

from bot.reading.context import addresses, phase_of
from bot.reading.page import Page
from bot.reading.reply import parse
from bot.reading.values import values_of
from bot.terms import Finding, State

DELIVERY = re.compile(
    r"to=<?(?P<to>[^>,\s]*)>?,.*?\bdsn=(?P<dsn>\d\.\d+\.\d+),\s*status=(?P<status>[\w-]+)\s*(?:\((?P<said>.*)\))?",
    re.DOTALL,
)
REJECT = re.compile(
    r"(?:reject(?:_warning)?|discard|hold|warn): (?P<command>[\w -]+?)(?: command)? from (?P<client>\S+?): (?P<said>[45]\d\d .*?)(?:; (?=from=|to=|proto=)(?P<rest>.*))?$"
)
SAID = re.compile(
    r"host (?P<host>[^\s\[]+)\[(?P<ip>[^\]]*)\](?::\d+)? (?:said|refused to talk to me): (?P<said>.*)", re.DOTALL
)
NOTICE = re.compile(r"[ \t>|*]*<[^<>\s]+@[^<>\s]+>")
TO = re.compile(r"\bto=<(?P<to>[^>]*)>")
STATES: dict[str, State] = {
    "bounced": "given-up",
    "deferred": "queued",
    "sent": "delivered",
    "expired": "given-up",
    "undeliverable": "given-up",
}


def read(page: Page) -> tuple[Finding, ...]:
    """A finding for each line that tells of a refusal, in order; deliveries only where nothing was refused."""
    low = page.low
    if "status=" not in low and "reject:" not in low and " said: " not in low and "refused to talk" not in low:
        return ()
    found = [f for line in page.text.split("\n") if (f := finding(line))]
    return tuple([f for f in found if f.state != "delivered"] or found)


def finding(line: str) -> Finding | None:
    """What one log line says; None for any other line."""
    if "status=" in line and (m := DELIVERY.search(line)):
        return delivery(m, line)
    if "reject" in line and (m := REJECT.search(line)):
        return rejection(m)
    if " said: " in line or " refused to talk" in line:
        # "<ann@example.com>: host … said: …" is a line of the notice, which goes on in the next one.
        return said(m, line) if not NOTICE.match(line) and (m := SAID.search(line)) else None
    return None


def delivery(m: re.Match[str], line: str) -> Finding:
    """A delivery attempt: ``to=…, relay=…, dsn=…, status=… (what was said)``."""
    words = m["said"] or ""
    remote = SAID.search(words)
    reply = parse(remote["said"] if remote else words)
    relay = re.search(r"relay=([^\s\[,]+)", line)
    status = m["status"].partition("-")[0]
    return Finding(
        reply=reply.reply if remote or reply.enhanced else None,
        enhanced=reply.enhanced or m["dsn"],
        words=reply.words or words,
        evidence=words or line.strip(),
        state=STATES.get(status, "unknown"),
        recipient=m["to"] or None,
        host=remote["host"] if remote else (relay[1] if relay and relay[1] not in ("none", "local") else ""),
        phase=phase_of(words),
        dialect="postfix",
        values=values_of(reply.words),
    )


def rejection(m: re.Match[str]) -> Finding:
    """What our own Postfix refused: the client is the other side."""
    reply = parse(m["said"])
    to = TO.search(m["rest"] or "")
    return Finding(
        reply=reply.reply,
        enhanced=reply.enhanced,
        words=reply.words,
        evidence=m["said"],
        state="queued" if (reply.reply or "")[:1] == "4" else "given-up",
        recipient=to["to"] if to else None,
        reporter=m["client"],
        phase=phase_of(m["command"]),
        dialect="postfix",
        values=values_of(reply.words),
    )


def said(m: re.Match[str], line: str) -> Finding | None:
    """A remote host's reply without the delivery's status: only where it holds a code."""
    reply = parse(m["said"])
    if not (reply.reply or reply.enhanced):
        return None
    named = addresses(line[: m.start()]) or addresses(m["said"])
    return Finding(
        reply=reply.reply,
        enhanced=reply.enhanced,
        words=reply.words,
        evidence=m["said"].strip(),
        state="queued" if (reply.reply or "")[:1] == "4" else "unknown",
        recipient=named[0] if named else None,
        host=m["host"],
        phase=phase_of(m["said"]),
        dialect="postfix",
        values=values_of(reply.words),
    )
