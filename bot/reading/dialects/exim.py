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
REJECTED = re.compile(
    r" H=.*? (?P<later>temporarily )?rejected (?P<command>RCPT|MAIL|EHLO|HELO|after DATA)\b ?(?:<(?P<to>[^>]*)>)?:? ?(?P<why>.*)"
)


def read(page: Page) -> tuple[Finding, ...]:
    """A finding for each line of a delivery that failed or was put off, or of a client that was refused."""
    if " ** " not in page.text and " == " not in page.text and " rejected " not in page.text:
        return ()
    found: list[Finding] = []
    for line in page.text.split("\n"):
        if m := LINE.search(line):
            found.append(finding(m))
        elif " rejected " in line and (m := REJECTED.search(line)):
            found.append(rejection(m))
    return tuple(found)


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
        recipient=m["to"].strip("<>:") or None,
        host=host_of(said),
        phase=phase_of(said),
        dialect="exim",
        values=values_of(reply.words),
    )


def rejection(m: re.Match[str]) -> Finding:
    """What our own Exim refused: the client is the other side. Exim logs its words, often without their code."""
    reply = parse(m["why"])
    return Finding(
        reply=reply.reply,
        enhanced=reply.enhanced,
        words=reply.words,
        evidence=m["why"].strip(),
        state="queued" if m["later"] else "given-up",
        recipient=(m["to"] or None) if m["command"] == "RCPT" else None,
        phase=phase_of("after end of data" if m["command"] == "after DATA" else m["command"]),
        dialect="exim",
        values=values_of(reply.words),
    )
