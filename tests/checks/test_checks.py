"""DNS look-ups say what was asked and found, follow includes to the IP, and ask only for what the reply names."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checks import Lookup, run
from bot.checks.lookup import MOST, Counted
from bot.checks.spf import Walk
from bot.terms import Case, Values
from catalogue import Catalogue


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
        ("macro.example.com", "192.0.2.1", "unknown"),
        ("mail.example.com", "192.0.2.1", "none"),
        ("nowhere.example.com", "192.0.2.1", "none"),
    ],
)
def test_spf_follows_includes_to_the_ip(lookup: Lookup, domain: str, ip: str, result: str) -> None:
    """Also redirects, MX hosts and split strings; loops and double records are errors."""
    assert spf(lookup, domain, ip) == result


def test_the_checks_of_a_bounce(lookup: Lookup, catalogue: Catalogue) -> None:
    """Those for which the reply holds a name or an address, each with what was asked and found."""
    quote = "550 5.7.26 DKIM s=s1 did not pass for <a…@null.example.org>"
    case = Case(entry="x", quote=quote, values=Values(ip="192.0.2.25", domain="news.example.com"))
    found = {one.check.split()[0]: one for one in run(case, catalogue, lookup)}

    assert set(found) == {"SPF", "DKIM", "DMARC", "Reverse", "MX"}
    assert "covers 192.0.2.25" in found["SPF"].verdict
    assert "TXT news.example.com" in found["SPF"].asked
    assert "There is a key" in found["DKIM"].verdict
    assert "p=reject" in found["DMARC"].found
    assert "leads back" in found["Reverse"].verdict
    assert "takes no mail" in found["MX"].verdict


@pytest.mark.parametrize(
    ("ip", "words"),
    [("192.0.2.77", "listed now"), ("192.0.2.78", "refuses to answer"), ("192.0.2.79", "not listed now")],
)
def test_a_blocklists_error_is_no_listing(lookup: Lookup, catalogue: Catalogue, ip: str, words: str) -> None:
    """127.255.255.x says that the resolver may not ask."""
    case = Case(entry="x", values=Values(ip=ip, list="Spamhaus ZEN"))
    assert words in run(case, catalogue, lookup)[-1].verdict


def test_a_name_that_leads_elsewhere_is_said(lookup: Lookup, catalogue: Catalogue) -> None:
    """A PTR alone is not enough."""
    [found] = run(Case(entry="x", values=Values(ip="192.0.2.26")), catalogue, lookup)
    assert "No name that leads back" in found.verdict


def test_nothing_is_asked_without_a_name(lookup: Lookup, catalogue: Catalogue) -> None:
    """A bare code holds nothing to look up."""
    assert run(Case(entry="x", quote="550 5.1.1"), catalogue, lookup) == ()


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
