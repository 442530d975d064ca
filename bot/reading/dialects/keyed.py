"""Log lines that name the recipient by a key: OpenSMTPD, Courier, Haraka, and the logfmt of many programs."""

from __future__ import annotations

import re

from bot.reading.context import host_of, phase_of, state_of
from bot.reading.page import Page
from bot.reading.reply import parse
from bot.reading.values import values_of
from bot.terms import Finding

TO = re.compile(
    r"\b(?:to|rcpt|recipient|rcpt_?to|addr)=[\"'<]{0,3}(?P<to>[^\s<>\"',;=]{1,80}@[\w.-]{1,250})|\b(?:bounced|deferring|rcpts?):? ?<(?P<bare>[^\s<>]{1,80}@[\w.-]{1,250})>",
    re.IGNORECASE,
)
SAID = re.compile(
    r"\b(?:stat|response|reason|msg|error|message|reply|diag|smtp_response)=(?P<quote>[\"'])(?P<said>[^\"\n]{1,2000})(?P=quote)",
    re.IGNORECASE,
)
RELAY = re.compile(r"\brelay=[\"']?(?P<ip>[0-9a-f.:]{3,45}) \((?P<host>[\w.-]+)\)", re.IGNORECASE)
FEWEST = 20


def read(page: Page) -> tuple[Finding, ...]:
    """A finding for each line that holds a keyed recipient and a reply, in order."""
    if page.mail or ("=" not in page.text and "rcpts" not in page.text and "deferring" not in page.text):
        return ()
    return tuple(f for line in page.text.split("\n") if len(line) > FEWEST and "@" in line and (f := finding(line)))


def finding(line: str) -> Finding | None:
    """What one line says; None where it holds no recipient or no reply."""
    to = TO.search(line)
    if not to:
        return None
    said = SAID.search(line)
    quoted = said["said"] if said else line[to.end() :]
    reply = parse(quoted)
    if (reply.reply or reply.enhanced or "2")[0] not in "45":
        return None
    relay = RELAY.search(line)
    return Finding(
        reply=reply.reply,
        enhanced=reply.enhanced,
        words=reply.words,
        evidence=" ".join(quoted.strip(" :>").split()),
        state=state_of(line),
        recipient=to["to"] or to["bare"],
        host=relay["host"] if relay else host_of(line),
        phase=phase_of(quoted),
        dialect="keyed",
        values=values_of(reply.words),
    )
