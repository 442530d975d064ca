"""What DNS says is shown beside what the reply claims, and offered with the steps where look-ups are on."""

from __future__ import annotations

from bot import cards
from bot.checks import Lookup
from bot.conversation import ask
from bot.delivery import looking
from bot.practice.limits import problems
from bot.terms import Case, Values
from catalogue import Catalogue

CASE = Case(entry="google.auth.none", values=Values(ip="203.0.113.9", domain="news.example.com", checks=("SPF: fail",)))


def test_what_was_found_stands_beside_what_the_reply_claims(lookup: Lookup, catalogue: Catalogue) -> None:
    """Asked, found, verdict, and the reply's own words, within Slack's limits; the steps offer the button."""
    shown = looking.looked(lookup, CASE, catalogue)
    offered = cards.say(ask(CASE, "steps.spf", catalogue), CASE, shareable=True, look=True)

    assert "It covers 203.0.113.9 now." in str(shown.blocks)
    assert "TXT _spf.example.net" in str(shown.blocks)
    assert "SPF: fail" in str(shown.blocks)
    assert "Check DNS" in str(offered.blocks)
    assert [] == problems(list(shown.blocks)) + problems(list(offered.blocks))
