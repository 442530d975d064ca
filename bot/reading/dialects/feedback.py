"""Complaints (ARF, RFC 5965): a recipient marked the mail as spam; nothing bounced."""

from __future__ import annotations

import re

from bot.reading.context import addresses
from bot.reading.page import Page
from bot.terms import Finding

KIND = re.compile(r"^[ \t>]*Feedback-Type:[ \t]*(?P<kind>[\w-]+)", re.IGNORECASE | re.MULTILINE)
RECIPIENT = re.compile(r"^[ \t>]*Original-Rcpt-To:[ \t]*(?P<address>.*)$", re.IGNORECASE | re.MULTILINE)

# Microsoft's junk mail reports have no such part: only the mail, with this header added (staff@hotmail.com, until 2024).
JMRP = re.compile(r"^X-HmXmrOriginalRecipient:[ \t]*(?P<address>.*)$", re.IGNORECASE | re.MULTILINE)
ABUSE = "feedback-type: abuse"


def read(page: Page) -> tuple[Finding, ...]:
    """One finding for a complaint, its words naming the kind of feedback."""
    if page.mail and "x-hmxmr" in page.mail.returned[:20_000].lower() and (junk := JMRP.search(page.mail.returned)):
        named = addresses(junk["address"])
        return (Finding(words=ABUSE, evidence=ABUSE, recipient=named[0] if named else None, dialect="feedback"),)
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
