"""DNS look-ups say what was asked and found, follow includes to the IP, and ask only for what the reply names."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checks import Found, Lookup, Names, names_in, run
from bot.checks.lookup import MOST, Counted
from bot.checks.spf import Walk
from bot.terms import Case, Values
from catalogue import Catalogue, Check


def spf(lookup: Lookup, domain: str, ip: str) -> str:
    """SPF's result."""
    return Walk(Counted(lookup, time.monotonic), ip).check(domain).result


@pytest.mark.parametrize(
    ("domain", "ip", "result"),
    [
        ("news.example.com", "203.0.113.9", "pass"),
        ("news.example.com", "192.0.2.25", "pass"),
        ("news.example.com", "203.0.113.77", "fail"),
        ("news.example.com", "2001:db8::1", "pass"),
        ("moved.example.com", "203.0.113.9", "pass"),
        ("moved.example.com", "192.0.2.1", "softfail"),
        ("two.example.com", "192.0.2.1", "permerror"),
        ("loop.example.com", "192.0.2.1", "permerror"),
        ("broken.example.com", "192.0.2.1", "permerror"),
        ("macro.example.com", "192.0.2.1", "pass"),
        ("macro.example.com", "192.0.2.2", "fail"),
        ("turned.example.com", "192.0.2.25", "pass"),
        ("turned.example.com", "2001:db8::1", "pass"),
        ("turned.example.com", "192.0.2.26", "fail"),
        ("person.example.com", "192.0.2.1", "unknown"),
        ("percent.example.com", "192.0.2.1", "unknown"),
        ("names.example.com", "192.0.2.25", "pass"),
        ("names.example.com", "192.0.2.27", "softfail"),
        ("comma.example.com", "192.0.2.1", "permerror"),
        ("mail.example.com", "192.0.2.1", "none"),
        ("nowhere.example.com", "192.0.2.1", "none"),
    ],
)
def test_spf_follows_includes_to_the_ip(lookup: Lookup, domain: str, ip: str, result: str) -> None:
    """Also redirects, MX hosts, split strings and macros; loops and double records are errors, secrets stay unknown."""
    assert spf(lookup, domain, ip) == result


ALL: tuple[Check, ...] = ("spf", "dkim", "dmarc", "ptr", "mx", "blocklist")


def checked(lookup: Lookup, catalogue: Catalogue, names: Names, *wanted: Check) -> list[Found]:
    """What the wanted checks find."""
    return list(run(names, wanted, catalogue, lookup))


def test_the_checks_of_a_bounce(lookup: Lookup, catalogue: Catalogue) -> None:
    """Each with the names that the reply holds, with what was asked and found."""
    quote = "550 5.7.26 DKIM s=s1 did not pass for <a…@null.example.org>"
    case = Case(entry="x", quote=quote, values=Values(ip="192.0.2.25", domain="news.example.com"))
    found = {one.check.split()[0]: one for one in checked(lookup, catalogue, names_in(case), *ALL)}

    assert "covers 192.0.2.25" in found["SPF"].verdict
    assert "TXT news.example.com" in found["SPF"].asked
    assert "There is a key" in found["DKIM"].verdict
    assert "p=reject" in found["DMARC"].found
    assert "leads back" in found["Reverse"].verdict
    assert "takes no mail" in found["MX"].verdict
    assert found["Blocklist"].asked == ()


def test_what_is_missing_is_said_with_where_to_find_it(lookup: Lookup, catalogue: Catalogue) -> None:
    """A check without its names is not made; it says which name it lacks, and where that stands."""
    found = checked(lookup, catalogue, Names(), *ALL)

    assert [()] * 6 == [one.asked for one in found]
    assert all("Not looked up. Missing is the" in one.found for one in found)
    assert "Return-Path" in found[0].found
    assert "s= in the DKIM-Signature" in checked(lookup, catalogue, Names(domain="example.com"), "dkim")[0].found


@pytest.mark.parametrize(
    ("ip", "words"),
    [("192.0.2.77", "listed now"), ("192.0.2.78", "refuses to answer"), ("192.0.2.79", "not listed now")],
)
def test_a_blocklists_error_is_no_listing(lookup: Lookup, catalogue: Catalogue, ip: str, words: str) -> None:
    """127.255.255.x says that the resolver may not ask."""
    [found] = checked(lookup, catalogue, Names(ip=ip, list="Spamhaus ZEN"), "blocklist")
    assert words in found.verdict


def test_a_name_that_leads_elsewhere_is_said(lookup: Lookup, catalogue: Catalogue) -> None:
    """A PTR alone is not enough."""
    [found] = checked(lookup, catalogue, Names(ip="192.0.2.26"), "ptr")
    assert "No name that leads back" in found.verdict


@pytest.mark.parametrize(
    ("domain", "words"),
    [
        ("news.example.com", "It has a policy"),
        ("deep.in.news.example.com", "that of news.example.com applies"),
        ("example.org", "none, here or above"),
    ],
)
def test_a_policy_is_inherited(lookup: Lookup, catalogue: Catalogue, domain: str, words: str) -> None:
    """Where the domain has none, that of its nearest parent counts."""
    [found] = checked(lookup, catalogue, Names(domain=domain), "dmarc")
    assert words in found.verdict


def test_silence_is_an_answer_and_questions_are_capped(lookup: Lookup) -> None:
    """A server that does not answer costs its timeout, and a check no more than its cap."""
    assert spf(lookup, "silent.example.com", "192.0.2.1") == "temperror"
    counted = Counted(lookup, time.monotonic, most=2)
    for _ in range(MOST):
        counted.ask("mail.example.com", "A")
    assert len(counted.asked) == 2


@settings(max_examples=50, deadline=None)
@given(name=st.text(max_size=80).filter(lambda text: not text.isascii() or " " in text or "/" in text or not text))
def test_any_name_is_judged(lookup: Lookup, name: str) -> None:
    """What is no host name is not asked for."""
    assert lookup.ask(name, "A").rows == ()
