"""The card says "you" only where the settings and the text show the team."""

from __future__ import annotations

import pytest

from bot.advice import who
from bot.answer import Ours, explain
from bot.terms import Diagnosis
from catalogue import Catalogue

OURS = Ours(domains=("example.com",), networks=("203.0.113.0/24", "2001:db8::/32"))


def diagnosed(text: str, catalogue: Catalogue, ours: Ours = OURS) -> Diagnosis:
    """What decided."""
    return explain(text, "asked", catalogue, ours).diagnoses[0]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("554 5.7.1 Client host [203.0.113.9] blocked using bl.example.net", "sending"),
        ("554 5.7.1 Client host [2001:db8::25] blocked using bl.example.net", "sending"),
        ("554 5.7.1 Client host [198.51.100.7] blocked using bl.example.net", ""),
        ("550 5.7.23 SPF of domain news.example.com did not pass", "sending"),
        ("550 5.1.1 <ann@example.com>: user unknown", "receiving"),
        ("550 5.1.1 <ann@example.org>: user unknown", ""),
        ("554 5.7.1 <ann@example.com>: Client host [203.0.113.9] blocked using bl.example.net", ""),
        ("550 5.1.1 <ann@notexample.com>: user unknown", ""),
    ],
)
def test_the_text_shows_the_side(text: str, side: str, catalogue: Catalogue) -> None:
    """An IP or sender's domain of ours is the sending side, a recipient of ours the receiving one, both are neither."""
    assert side == diagnosed(text, catalogue).side


def test_without_settings_nobody_is_you(catalogue: Catalogue) -> None:
    """Who has not said who they are is named by the role."""
    assert "" == diagnosed("554 5.7.1 Client host [203.0.113.9] blocked using bl.example.net", catalogue, Ours()).side


def test_you_is_said_of_the_role_that_is_the_teams(catalogue: Catalogue) -> None:
    """The sending side's admin is "you" for a sender, and only a role for a receiver."""
    assert "The sending side's mail admin (you) acts first." == who("sending-admin", None, catalogue, "sending")
    assert "The sending side's mail admin acts first." == who("sending-admin", None, catalogue, "receiving")
    assert "(you)" not in who("recipient", "sending-admin", catalogue, "receiving")
