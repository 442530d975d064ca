"""No address of a person leaves the masker whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.masking import mask, normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<bob@example.com>: user unknown", "<b…@example.com>: user unknown"),
        ("to=bob.smith+tag@example.com,", "to=b…@example.com,"),
        ("bounce+ann=example.org@news.example", "b…@news.example"),
        ("mailto:bob%40example.com", "mailto:b…@example.com"),
        ('"bob smith"@example.com', "…@example.com"),
        ("rfc822;bob@example.com", "rfc822;b…@example.com"),
        ("no address here", "no address here"),
    ],
)
def test_addresses_keep_their_first_letter_and_domain(text: str, expected: str) -> None:
    """A local part is cut to its first letter, in every form in which mail systems write addresses."""
    assert expected == mask(text)


@given(
    local=st.from_regex(r"[a-z][a-z0-9._+-]{2,20}", fullmatch=True),
    before=st.text(max_size=20),
    after=st.text(max_size=20),
)
def test_an_address_never_survives(local: str, before: str, after: str) -> None:
    """Whatever stands round an address, its local part is gone."""
    assert f"{local}@" not in mask(f"{before} <{local}@example.com> {after}")


@given(st.text(max_size=300))
def test_masking_twice_changes_nothing(text: str) -> None:
    """What is masked stays as it is, and no text raises."""
    assert mask(text) == mask(mask(text))


def test_two_sightings_of_one_cause_are_the_same() -> None:
    """Addresses, IPs, ids, times and counts are no part of a cause."""
    first = normalise("550 5.7.1 Client host [192.0.2.7] blocked; id 4F1C2A99B1, bob@example.com 12:01:59")
    second = normalise("550 5.7.1 Client host [198.51.100.3] blocked; id 77AA0F31C2, ann@example.org 08:15:00")

    assert first == second
    assert not re.search(r"192\.|bob", first)
