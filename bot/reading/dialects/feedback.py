"""Complaints (ARF, RFC 5965): a recipient marked the mail as spam; nothing bounced."""

from __future__ import annotations

import re

from bot.reading.context import addresses
from bot.reading.page import Page
from bot.terms import Finding

KIND = re.compile(r"^[ \t>]*Feedback-Type:[ \t]*(?P<kind>[\w-]+)", re.IGNORECASE | re.MULTILINE)
RECIPIENT = re.compile(r"^[ \t>]*Original-Rcpt-To:[ \t]*(?P<address>.*)$", re.IGNORECASE | re.MULTILINE)


def read(page: Page) -> tuple[Finding, ...]:
    """One finding for a complaint, its words naming the kind of feedback."""
    text = (page.mail.feedback if page.mail else "") or page.text
    if "eedback-" not in text and "FEEDBACK-" not in text:
        return ()
    kind = KIND.search(text)
    if not kind:
        return ()
    to = RECIPIENT.search(text)
    found = addresses(to["address"]) if to else []
    words = f"feedback-type: {kind['kind'].lower()}"
    return (Finding(words=words, evidence=kind[0].strip(), recipient=found[0] if found else None, dialect="feedback"),)
