"""What DNS says is shown beside what the reply claims, for names that the reply holds or that somebody types."""

from __future__ import annotations

import msgspec
import pytest

from bot import cards
from bot.cards import actions
from bot.checks import Lookup, Names
from bot.conversation import ask
from bot.delivery import looking
from bot.practice.limits import problems
from bot.terms import Case, Values
from catalogue import Catalogue

CASE = Case(entry="google.auth.none", values=Values(ip="203.0.113.9", domain="news.example.com", checks=("SPF: fail",)))


def test_the_window_holds_what_the_reply_names(catalogue: Catalogue) -> None:
    """Only what the entry's checks need, filled in; the list of checks is the entry's own."""
    view = looking.window(CASE, "", catalogue)
    assert view is not None
    fields = {block["block_id"]: block["element"].get("initial_value") for block in view["blocks"][1:-1]}

    assert fields == {"domain": "news.example.com", "ip": "203.0.113.9", "selector": None}
    assert ["spf", "dkim", "dmarc"] == [option["value"] for option in view["blocks"][-1]["element"]["options"]]
    assert [] == problems(view["blocks"], "modal")


def test_what_was_found_stands_beside_what_the_reply_claims(lookup: Lookup, catalogue: Catalogue) -> None:
    """Asked, found, verdict, what is missing and the reply's own words, within Slack's limits; the fields stay."""
    names, wrong = looking.typed(CASE, {"domain": "news.example.com", "ip": " 203.0.113.9 ", "selector": ""})
    every = ("spf", "dkim", "dmarc")
    view = looking.looked(lookup, CASE, names, catalogue, ticked=every, offered=every)

    assert wrong == {}
    for words in ("It covers 203.0.113.9 now.", "TXT _spf.example.net", "Missing is the DKIM selector", "SPF: fail"):
        assert words in str(view["blocks"])
    assert "'initial_value': 'news.example.com'" in str(view["blocks"])
    assert [] == problems(view["blocks"], "modal")


@pytest.mark.parametrize("entry", ["google.auth.none", "no.such.entry"])
def test_a_window_without_boxes_gets_them_back(catalogue: Catalogue, lookup: Lookup, entry: str) -> None:
    """Where a window came back without the checks that it offered, those of the entry can be ticked, or all."""
    view = looking.looked(lookup, Case(entry=entry), Names(), catalogue, ticked=(), offered=("no.such.check",))

    assert "'value': 'spf'" in str(view["blocks"])
    assert [] == problems(view["blocks"], "modal")


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"domain": "no domain"}, "domain"),
        ({"ip": "192.0.2.999"}, "ip"),
        ({"selector": "a b"}, "selector"),
        ({"to": "<!channel>"}, "to"),
        ({"domain": "localhost"}, "domain"),
    ],
)
def test_what_is_no_name_is_told_at_its_field(given: dict[str, str], wrong: str) -> None:
    """With how to write it."""
    assert {wrong: looking.FIELDS[wrong][1]} == looking.typed(CASE, given)[1]


@pytest.mark.parametrize(
    ("entry", "intent", "fit"),
    [
        ("google.auth.none", "steps", ("spf", "dkim", "dmarc")),
        ("google.auth.none", "steps.spf", ("spf",)),
        ("words.greylisted", "steps", ()),
        ("words.greylisted", "steps.dkim", ("dkim",)),
    ],
)
def test_only_checks_that_help_are_offered(catalogue: Catalogue, entry: str, intent: str, fit: tuple[str, ...]) -> None:
    """By the entry, or by the check that was spoken of; where none helps there is no button."""
    case = msgspec.structs.replace(CASE, entry=entry)
    say = ask(case, intent, catalogue)
    shown = cards.say(say, case, shareable=True, look=bool(looking.wanted(case, say.about, catalogue)))
    values = [e["value"] for b in shown.blocks for e in b.get("elements", ()) if e.get("action_id") == actions.CHECK]

    assert fit == looking.wanted(case, say.about, catalogue)
    assert ([(case, say.about)] if fit else []) == [actions.to_look(value) for value in values]


def test_a_button_from_before_names_no_check() -> None:
    """Its value is the case alone."""
    assert actions.to_look(actions.pack(CASE)) == (CASE, "")
