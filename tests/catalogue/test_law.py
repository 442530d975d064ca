"""The suppression law, over every entry: advice to drop a good address is the worst thing the product could do."""

from __future__ import annotations

from catalogue import Catalogue, Clue
from catalogue.codes import spelled_out

INNOCENT = {
    "authfailure", "badreputation", "blocked", "contenterror", "emailtoolarge", "expired", "failedstarttls", "greylisting",
    "mailboxfull", "networkerror", "norelaying", "notcompliantrfc", "policyviolation", "ratelimited", "rejected",
    "requireptr", "securityerror", "spamdetected", "syntaxerror", "systemerror", "systemfull", "virusdetected",
}  # fmt: skip


def test_only_words_can_condemn_an_address(catalogue: Catalogue) -> None:
    """No entry that is found by a code alone says "suppress"."""
    assert [e.id for e in catalogue.entries.values() if e.suppress == "yes" and not (e.words or e.patterns)] == []


def test_causes_that_are_not_the_address_keep_it(catalogue: Catalogue) -> None:
    """Policy, reputation, quota, routing, content and the like never say "suppress"."""
    assert [e.id for e in catalogue.entries.values() if e.suppress == "yes" and e.reason in INNOCENT] == []


def test_temporary_replies_keep_the_address(catalogue: Catalogue) -> None:
    """An entry that comes only with temporary codes keeps the address."""
    temporary = [
        e.id
        for e in catalogue.entries.values()
        if e.suppress != "no" and {code[0] for code in (*e.reply, *spelled_out(e.enhanced))} == {"4"}
    ]
    assert temporary == []


def test_a_code_alone_never_says_yes(catalogue: Catalogue) -> None:
    """5.1.1 without words is also used for rate limits and quota: at most after confirming."""
    match = catalogue.match(Clue("", reply="550", enhanced="5.1.1"))

    assert match is not None
    assert match.entry.suppress == "after-confirming"
