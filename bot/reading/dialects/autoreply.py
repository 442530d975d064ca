"""Automatic replies of people (RFC 3834): out of office, on holiday; the mail arrived and nothing bounced."""

from __future__ import annotations

from bot.reading.context import addresses
from bot.reading.page import Page
from bot.reading.reply import one_line, parse
from bot.terms import Finding

ANSWERED = "auto-submitted: auto-replied"
SAID = 400


def read(page: Page) -> tuple[Finding, ...]:
    """One finding for an automatic reply, only where somebody asks about it: in a channel it is chatter."""
    if not (page.asked and page.mail and page.mail.is_automatic) or parse(page.text[:SAID]).reply:
        return ()
    found = addresses(page.mail.headers.get("from", ""))
    subject = one_line(page.mail.headers.get("subject", ""))
    return (
        Finding(
            words=f"{ANSWERED} {subject} {one_line(page.text[:SAID])}",
            evidence=subject[:SAID],
            state="delivered",
            recipient=found[0] if found else None,
            dialect="autoreply",
        ),
    )
