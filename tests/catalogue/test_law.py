"""The suppression law, over every entry: advice to drop a good address is the worst thing the product could do.

And next to it, what must agree within one entry: nothing that clears with time says "do not retry", and nothing that
never clears says "wait".
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from catalogue import Catalogue, Clue, Entry
from catalogue.codes import spelled_out

# The reasons that are about the address or its domain, and those that can condemn it.
ABOUT_THE_ADDRESS = {
    "userunknown", "suspend", "hasmoved", "hostunknown", "notaccept", "filtered", "suppressed", "feedback", "undefined", "onhold"
}  # fmt: skip
GONE = {"userunknown", "suspend", "hasmoved"}


def classes(entry: Entry) -> set[str]:
    """The first digits of the codes that an entry names."""
    return {code[0] for code in (*entry.reply, *spelled_out(entry.enhanced))}


def breaking(catalogue: Catalogue, law: str) -> list[str]:
    """The entries that break one of the laws below."""
    return [entry.id for entry in catalogue.entries.values() if LAWS[law](entry)]


LAWS: dict[str, Callable[[Entry], bool]] = {
    "only words can condemn an address": lambda e: e.suppress == "yes" and not (e.words or e.patterns),
    "only a mailbox that is gone for good is dropped at once": lambda e: (
        e.suppress == "yes" and not (e.reason in GONE and e.outlook == "permanent" and e.retry == "no")
    ),
    "causes that are not the address keep it": lambda e: e.suppress != "no" and e.reason not in ABOUT_THE_ADDRESS,
    "temporary codes keep the address": lambda e: e.suppress != "no" and classes(e) == {"4"},
    "what can be mended keeps the address": lambda e: e.suppress == "yes" and e.outlook != "permanent",
    "a permanent refusal is not retried": lambda e: e.outlook == "permanent" and e.retry != "no",
    "what clears with time is retried": lambda e: e.outlook == "clears-with-time" and e.retry in ("no", "after-fix"),
    "what needs a fix has somebody to mend it": lambda e: (
        e.actor == "nobody" and e.outlook in ("temporary-needs-fix", "resend-after-fix")
    ),
    "advice to wait does not forbid to retry": lambda e: (
        e.retry == "queue" and "do not retry" in e.retry_advice.lower()
    ),
    "a step never drops an address that the entry keeps": lambda e: (
        e.suppress == "no" and e.reason != "suppressed" and any("suppress" in step.lower() for step in e.steps)
    ),
    "who acts then is not who acts first": lambda e: e.then_actor is not None and e.then_actor == e.actor,
    "dropping after confirming says when": lambda e: e.suppress == "after-confirming" and not e.suppress_when,
}


@pytest.mark.parametrize("law", LAWS)
def test_every_entry_keeps_the_law(law: str, catalogue: Catalogue) -> None:
    """No entry breaks it."""
    assert breaking(catalogue, law) == []


@pytest.mark.parametrize("code", [("550", "5.1.1"), ("550", None), ("553", "5.1.3"), ("551", "5.1.6"), (None, "5.1.2")])
def test_a_code_alone_never_says_yes(code: tuple[str | None, str | None], catalogue: Catalogue) -> None:
    """5.1.1 without words is also used for rate limits and quota: at most after confirming."""
    match = catalogue.match(Clue("", reply=code[0], enhanced=code[1]))

    assert match is not None
    assert match.entry.suppress != "yes"


def test_the_closed_lists_are_closed(catalogue: Catalogue) -> None:
    """Every reason of an entry is in the vocabulary, and every reason there says what it means."""
    known = {reason.id for reason in catalogue.vocabulary.reason}

    assert {entry.reason for entry in catalogue.entries.values()} <= known
    assert all(reason.meaning.endswith(".") for reason in catalogue.vocabulary.reason)
