"""A person's automatic reply is no bounce: explained where somebody asks, ignored in a channel."""

from __future__ import annotations

from bot.answer import explain
from catalogue import Catalogue

AWAY = """Return-Path: <>
From: Ann Example <ann@example.org>
To: shop@example.com
Subject: Automatic reply: Your order
Date: Tue, 10 Nov 2026 09:00:00 +0000
Message-ID: <away.1@example.org>
Auto-Submitted: auto-replied

I am out of the office until Monday. In urgent cases write to sam@example.org.
"""


def test_who_asks_hears_that_the_mail_arrived(catalogue: Catalogue) -> None:
    """The mailbox took the mail, so its address is kept and nothing is retried."""
    [found] = explain(AWAY, "asked", catalogue).diagnoses

    assert ("vacation", "no", "no") == (found.reason, found.suppress, found.retry)
    assert ("ann@example.org", "delivered") == (found.finding.recipient, found.finding.state)


def test_in_a_channel_it_is_chatter(catalogue: Catalogue) -> None:
    """Nobody needs a card about somebody's holiday."""
    assert explain(AWAY, "channel", catalogue).silent
