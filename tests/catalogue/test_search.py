"""Words that people type find the entries that they mean, first."""

from __future__ import annotations

import pytest

from catalogue import Catalogue


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("mailbox full", "mailboxfull"),
        ("over quota", "mailboxfull"),
        ("greylisting", "greylisting"),
        ("user unknown", "userunknown"),
        ("blocklist", "blocked"),
        ("relay denied", "norelaying"),
        ("reverse dns", "requireptr"),
        ("message too large", "emailtoolarge"),
        ("virus", "virusdetected"),
        ("tls required", "failedstarttls"),
        ("spf", "authfailure"),
        ("delist", "blocked"),
        ("how do I get delisted", "blocked"),
    ],
)
def test_what_holds_for_all_comes_first(catalogue: Catalogue, typed: str, reason: str) -> None:
    """Where no provider is named, the first entry found is nobody's in particular, and of the reason that is meant."""
    first = catalogue.search(typed)[0]

    assert (first.reason, first.provider) == (reason, "")


@pytest.mark.parametrize(
    ("typed", "provider"),
    [("gmail rate limit", "google"), ("yahoo complaints", "yahoo"), ("apple dmarc", "apple"), ("spamhaus", "spamhaus")],
)
def test_a_named_providers_entries_come_first(catalogue: Catalogue, typed: str, provider: str) -> None:
    """Where a provider is named, its own entries come first."""
    assert provider == catalogue.search(typed)[0].provider


def test_the_usual_twin_comes_first(catalogue: Catalogue) -> None:
    """Greylisting is temporary; that some server says it with a 5xx is the odd case."""
    assert "words.greylisted" == catalogue.search("/smtp greylisting")[0].id


@pytest.mark.parametrize("typed", ["spf", "dkim", "mailbox full", "blocklist", "greylisting"])
def test_twins_are_shown_once(catalogue: Catalogue, typed: str) -> None:
    """The 4xx and the 5xx entry of one meaning have one title: it stands once, and there is room for others."""
    titles = [entry.title for entry in catalogue.search(typed)]

    assert len(titles) == len(set(titles)) > 3


def test_a_greeting_is_no_question(catalogue: Catalogue) -> None:
    """HELO is a command, hello is not."""
    assert catalogue.search("hello there") == catalogue.search("hi, please") == ()
    assert catalogue.search("helo")


def test_tags_and_codes_are_words_too(catalogue: Catalogue) -> None:
    """A tag that only a reply holds, and a code beside words, are found."""
    assert "outlook" in {entry.provider for entry in catalogue.search("S3150")}
    assert "outlook.blocked.network" == catalogue.search("microsoft s3150")[0].id
    assert "5.7.26" in catalogue.search("gmail 5.7.26 spf")[0].enhanced


def test_what_fits_nothing_finds_nothing(catalogue: Catalogue) -> None:
    """A person who asks about something else gets no list of things that share a number or half a word."""
    assert () == catalogue.search("lunch at 12")
    assert () == catalogue.search("where shall we eat tonight")


def test_an_unknown_code_offers_its_neighbours(catalogue: Catalogue) -> None:
    """A code that nobody knows gives the codes beside it and its class, no words of any server that share the class."""
    found = catalogue.code("548")

    assert {"reply.541", "class.5xx"} <= {entry.id for entry in found}
    assert [] == [entry.id for entry in found if entry.worded or entry.provider]
    assert "subject.5.7" in {entry.id for entry in catalogue.code("5.7.999")}
