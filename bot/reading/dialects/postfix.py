"""Postfix log lines, as smtp(8), smtpd(8), local(8) and cleanup(8) write them."""

from __future__ import annotations

import re

import msgspec

from bot.reading.context import addresses, host_of, phase_of
from bot.reading.page import Page
from bot.reading.reply import parse
from bot.reading.values import values_of
from bot.terms import Finding, State

# The parts of a delivery's line, looked for one after the other, so that no line can be slow.
DELIVERED_TO = re.compile(r"(?<![\w-])to=<?(?P<to>[^>,\s]*)>?,")
DSN = re.compile(r"\bdsn=(?P<dsn>\d\.\d+\.\d+)")
STATUS = re.compile(r"\bstatus=(?P<status>[\w-]+)\s*(?:\((?P<said>.*)\))?", re.DOTALL)
RELAY = re.compile(r"\brelay=([^\s\[,]+)")
REJECT = re.compile(
    r"(?P<what>reject(?:_warning)?|discard|hold|warn): (?P<command>[\w -]+?)(?: command)? from (?P<client>\S+?): (?P<said>[45](?:\d\d |\.\d{1,3}\.\d{1,3} ).*?)(?:; (?=from=|to=|proto=)(?P<rest>.*))?$"
)
# cleanup(8) puts the reason of a header or body check last.
CHECKED = re.compile(
    r"(?P<what>reject): (?P<command>header|body) .* from (?P<client>[^\s;]+); (?P<rest>from=<[^>]*> to=<[^>]*>[^:]*): (?P<said>[45]\.\d{1,3}\.\d{1,3} .*)$"
)
SAID = re.compile(
    r"host (?P<host>[^\s\[]+)\[(?P<ip>[^\]]*)\](?::\d+)? (?:said|refused to talk to me): (?P<said>.*)", re.DOTALL
)
# qmgr(8) says once for all recipients that it gave up, without naming them.
EXPIRED = re.compile(
    r"\b(?P<id>[0-9A-Za-z]{6,20}): from=<[^>]*>,\s*status=(?P<said>(?:force-)?expired, returned to sender)"
)
QUEUE_ID = re.compile(r": (?P<id>[0-9A-Za-z]{6,20}): ")
# What smtp(8) says itself, where a line of its notice stands alone: no server answered.
OWN = re.compile(
    r"(?:<(?P<to>[^<>\s]{1,64}@[^<>\s]{1,255})>[^:\n]{0,300}: )?(?P<said>(?:(?:connect to|lost connection with|conversation with) [\w.-]{1,255}\["
    r"|Host or domain name not found\. |mail for \S{1,255} loops back to myself).*)$"
)
LOGGED = re.compile(r"\bpostfix[\w/-]*\[\d+\]: |\]: [0-9A-Za-z]{6,20}: ")
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
    if "\n" not in low.strip() and ((own := OWN.match(page.text.strip())) is not None):
        return (unanswered(own),)
    if "status=" not in low and "reject" not in low and " said: " not in low and "refused to talk" not in low:
        return ()
    lines = page.text.split("\n")
    found = [(line, f) for line in lines if (f := finding(line))]
    expired = EXPIRED.finditer(page.text) if "expired, returned" in low else ()
    said = given_up(found, {m["id"]: m for m in expired})
    return tuple([f for f in said if f.state != "delivered"] or said)


def unanswered(m: re.Match[str]) -> Finding:
    """A recipient whose server never answered."""
    return Finding(words=m["said"], evidence=m[0], recipient=m["to"], host=host_of(m["said"]), dialect="postfix")


def given_up(found: list[tuple[str, Finding]], expired: dict[str, re.Match[str]]) -> list[Finding]:
    """The findings, those of mails that the queue gave up marked so; an expired mail without another line has its own."""
    told: list[Finding] = []
    for line, f in found:
        number = QUEUE_ID.search(line) if expired else None
        if number and number["id"] in expired and f.state == "queued":
            told.append(msgspec.structs.replace(f, state="given-up"))
        else:
            told.append(f)
    named = {m["id"] for line, _ in found if (m := QUEUE_ID.search(line))} if expired else set()
    alone = (m for number, m in expired.items() if number not in named)
    return told + [Finding(words=m["said"], evidence=m[0], state="given-up", dialect="postfix") for m in alone]


def finding(line: str) -> Finding | None:
    """What one log line says; None for any other line."""
    if "status=" in line and (to := DELIVERED_TO.search(line)) and (m := STATUS.search(line, to.end())):
        return delivery(to, m, line)
    if "reject" in line and (m := REJECT.search(line) or CHECKED.search(line)):
        return rejection(m)
    if " said: " in line or " refused to talk" in line:
        # "<ann@example.com>: host … said: …" is a line of the notice, which goes on in the next one.
        return said(m, line) if (m := SAID.search(line)) and LOGGED.search(line, 0, m.start()) else None
    return None


def delivery(to: re.Match[str], m: re.Match[str], line: str) -> Finding:
    """A delivery attempt: ``to=…, relay=…, dsn=…, status=… (what was said)``."""
    words = m["said"] or ""
    remote = SAID.search(words)
    reply = parse(remote["said"] if remote else words)
    relay = RELAY.search(line, to.end(), m.start())
    dsn = DSN.search(line, to.end(), m.start())
    status = m["status"].partition("-")[0]
    return Finding(
        reply=reply.reply if remote or reply.enhanced else None,
        enhanced=reply.enhanced or (dsn["dsn"] if dsn else None),
        words=reply.words or words,
        evidence=words or line.strip(),
        state=STATES.get(status, "unknown"),
        recipient=to["to"] or None,
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
        state="unknown" if m["what"] == "reject_warning" else "queued" if m["said"][0] == "4" else "given-up",
        recipient=to["to"] or None if to else None,
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
