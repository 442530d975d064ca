"""Text to findings: what a bounce *says*. Knows no meanings and no Slack.

>>> [found] = read("550 5.1.1 <bob@example.com>: user unknown", "asked")
>>> found.reply, found.enhanced, found.recipient
('550', '5.1.1', 'bob@example.com')
"""

from __future__ import annotations

import re

from bot.reading.dialects import DIALECTS
from bot.reading.mail import is_mail
from bot.reading.page import Page
from bot.reading.shape import server_shaped, worth_reading
from bot.terms import Finding, Mode

__all__ = ["MOST_CHARACTERS", "MOST_FINDINGS", "RANK", "is_mail", "read", "server_shaped"]

MOST_CHARACTERS = 2_000_000
MOST_FINDINGS = 5_000
# A challenge to the author ("confirm this mail at http://…"): list managers, and BounceParser, do not count it as a bounce.
CHALLENGE = re.compile(
    r"\b(?:requires?|requests?|asks? for|please|(?:in order )?to) (?:\S{1,20} ){0,3}?confirm(?:ation)?\b[^@]{0,200}https?://",
    re.IGNORECASE,
)
RANK = {"given-up": 0, "unknown": 0, "queued": 1, "delivered": 2}
# All but the escape character, which switches the alphabets of ISO-2022 mails: a page drops it once they are decoded.
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def read(text: str, mode: Mode) -> tuple[Finding, ...]:
    """What a text says, the finding that decided first; empty where it says nothing of mail. Never raises on text."""
    text = text[:MOST_CHARACTERS]
    if mode == "channel" and not worth_reading(text):
        return ()
    page = Page(text if text.isprintable() else CONTROL.sub("", text), mode)
    if mode == "channel" and not (page.mail and page.mail.is_report) and not server_shaped(page.text):
        return ()
    for _, dialect in DIALECTS:
        if found := dialect(page):
            if mode == "channel" and page.mail and all(CHALLENGE.search(f.words) for f in found):
                return ()
            return ordered(found[:MOST_FINDINGS])
    return ()


def ordered(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Refusals first, in the order of the text, then what is put off, then what was delivered."""
    if len(found) == 1:
        return found
    return tuple(sorted(found, key=lambda f: (RANK[f.state], not (f.reply or f.enhanced))))
