"""The suppression law, over every entry: advice to drop a good address is the worst thing the product could do.

And next to it, what must agree within one entry: nothing that clears with time says "do not retry", and nothing that
never clears says "wait".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from catalogue import Catalogue, Clue, Entry
from catalogue.law import breaches


def breaking(catalogue: Catalogue, law: str) -> list[str]:
    """The entries that break one of the laws below."""
    return [entry.id for entry in catalogue.entries.values() if LAWS[law](entry)]


LAWS: dict[str, Callable[[Entry], bool]] = {
    "the suppression law": lambda e: any(breaches(e)),
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
}


@pytest.mark.parametrize("law", LAWS)
def test_every_entry_keeps_the_law(law: str, catalogue: Catalogue) -> None:
    """No entry breaks it."""
    assert breaking(catalogue, law) == []


@pytest.mark.parametrize(
    ("changes", "breach"),
    [
        ({}, ""),
        ({"words": ()}, "not a code"),
        ({"reason": "blocked"}, "not about the address"),
        ({"reason": "hostunknown"}, "gone for good"),
        ({"outlook": "resend-after-fix"}, "gone for good"),
        ({"retry": "later"}, "gone for good"),
        ({"reply": ("450",)}, "temporary codes"),
        ({"suppress": "after-confirming"}, "suppress_when"),
    ],
)
def test_the_law_sees_each_breach(changes: dict[str, Any], breach: str, catalogue: Catalogue) -> None:
    """Advice to drop an address is lawful only for words that say it is gone for good; each way round is named."""
    lawful = Entry(
        id="ours.gone", title="Gone", meaning="Gone.", reason="userunknown", outlook="permanent", retry="no",
        retry_advice="No.", suppress="yes", reply=("550",), words=("no such box here",), sources=(),
    )  # fmt: skip
    found = list(breaches(msgspec.structs.replace(lawful, **changes)))

    assert (breach in " ".join(found)) if breach else found == []


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
