"""Exim main log lines: ``**`` given up, ``==`` deferred, ``=>`` delivered (Exim specification, chapter 52)."""

from __future__ import annotations

import re

from bot.reading.context import host_of, phase_of
from bot.reading.page import Page
from bot.reading.reply import parse
from bot.reading.values import values_of
from bot.terms import Finding

LINE = re.compile(
    r"(?:^|\s)(?P<id>[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) (?P<mark>\*\*|==) (?P<to>\S+)(?P<rest>.*)$"
)
REASON = re.compile(r"(?:SMTP error|defer \(|: )(?P<said>.*)$")
REJECTED = re.compile(
    r"(?:rejected (?P<command>RCPT|MAIL|EHLO|HELO|after DATA)|temporarily rejected (?P<later>RCPT|MAIL)) ?<?(?P<to>[^>:]*)>?:? (?P<why>.*)"
)


def read(page: Page) -> tuple[Finding, ...]:
    """A finding for each line of a delivery that failed or was put off."""
    if " ** " not in page.text and " == " not in page.text:
        return ()
    return tuple(f for line in page.text.split("\n") if (m := LINE.search(line)) and (f := finding(m)))


def finding(m: re.Match[str]) -> Finding:
    """What one line says of its recipient."""
    said = m["rest"]
    at = said.find("SMTP error")
    reason = said[at:] if at >= 0 else said.rpartition("): ")[2] or said
    reply = parse(reason)
    return Finding(
        reply=reply.reply,
        enhanced=reply.enhanced,
        words=reply.words,
        evidence=reason.strip(" :"),
        state="given-up" if m["mark"] == "**" else "queued",
        recipient=m["to"].strip("<>:"),
        host=host_of(said),
        phase=phase_of(said),
        dialect="exim",
        values=values_of(reply.words),
    )
