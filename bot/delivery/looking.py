"""DNS look-ups on request: what DNS says now beside what the reply claims, for the one who asked."""

from __future__ import annotations

from bot import cards, checks
from bot.terms import Case, Message
from catalogue import Catalogue

NOTHING = "The reply names no domain or address that could be looked up. Paste all its lines."


def looked(lookup: checks.Lookup, case: Case, catalogue: Catalogue) -> Message:
    """The result of all checks that fit a case; a sentence where the reply names nothing to look up."""
    found = checks.run(case, catalogue, lookup)
    if not found:
        return cards.notice(NOTHING)
    rows = tuple((one.check, one.verdict, one.found, ", ".join(one.asked[:8])) for one in found)
    return cards.checked(rows, case.values.checks)
