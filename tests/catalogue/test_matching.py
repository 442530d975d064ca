"""The order of matching: provider and words, words, vague words, enhanced code, reply code, class."""

from __future__ import annotations

import pathlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import Catalogue, Clue, load

OURS = """
[provider]
id = "acme"
name = "Acme Mail"
kind = "mailbox"
hosts = ["acme.example"]
tags = ["acme-tag"]
domains = ["acme-mail.example"]
{entries}
"""
ENTRY = """
[[entry]]
id = "{id}"
provider = "{provider}"
{keys}
title = "{id}"
meaning = "A meaning."
reason = "{reason}"
retry = "no"
retry_advice = "No."
suppress = "{suppress}"
sources = [{{ url = "https://example.com", seen = "2026-11-01" }}]
"""


def entry(id: str, keys: str, provider: str = "", reason: str = "blocked", suppress: str = "no") -> str:
    """An entry in TOML with these keys."""
    return ENTRY.format(id=id, keys=keys, provider=provider, reason=reason, suppress=suppress)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Our catalogue with a made-up provider and made-up words on top."""
    folder: pathlib.Path = tmp_path_factory.mktemp("catalogue")
    entries = [
        entry("a.provider", 'words = ["zyx turtle"]', "acme"),
        entry("a.anybody", 'words = ["zyx turtle abc"]'),
        entry("a.vague", 'vague = ["zyx giraffe long phrase"]'),
        entry("a.word", 'words = ["zyx cat"]'),
        entry("a.later", 'words = ["zyx heron"]\nreply = ["4xx"]'),
        entry("a.never", 'words = ["zyx heron"]\nreply = ["5xx"]'),
        entry("a.recipient", 'words = ["zyx mailbox"]', reason="userunknown", suppress="after-confirming"),
        entry("a.sender", 'vague = ["zyx mailbox"]\nphase = ["mail"]', reason="rejected"),
        entry("a.gap", 'words = ["zyx from … to zyx"]'),
        entry("a.vendor", 'enhanced = ["5.7.777"]', "acme"),
    ]
    (folder / "ours.toml").write_text(OURS.format(entries="".join(entries)), encoding="utf-8")
    return load(folder)


@pytest.mark.parametrize(
    ("clue", "entry", "basis"),
    [
        (Clue("zyx turtle abc", host="mx1.acme.example"), "a.provider", "provider"),
        (Clue("zyx turtle abc acme-tag"), "a.provider", "provider"),
        (Clue("zyx turtle abc", domain="acme-mail.example"), "a.provider", "provider"),
        (Clue("zyx turtle abc"), "a.anybody", "words"),
        (Clue("zyx turtle abc", host="notacme.example"), "a.anybody", "words"),
        (Clue("zyx giraffe long phrase and zyx cat"), "a.word", "words"),
        (Clue("zyx giraffe long phrase"), "a.vague", "words"),
        (Clue("zyx giraffe long phrase", enhanced="5.2.2"), "enhanced.5.2.2", "enhanced"),
        (Clue("zyx heron", reply="450"), "a.later", "words"),
        (Clue("zyx heron", reply="550"), "a.never", "words"),
        (Clue("zyx heron", failed=False), "a.later", "words"),
        (Clue("zyx mailbox", reply="550", phase="rcpt"), "a.recipient", "words"),
        (Clue("zyx mailbox", reply="550", phase="mail"), "a.sender", "words"),
        (Clue("ZYX  From a\nhost TO zyx"), "a.gap", "words"),
        (Clue("nothing known", reply="550", enhanced="5.7.777"), "a.vendor", "enhanced"),
        (Clue("nothing known", reply="550", enhanced="5.7.778"), "reply.550", "reply"),
        (Clue("nothing known", reply="597"), "class.5xx", "class"),
    ],
)
def test_the_order_of_matching(clue: Clue, entry: str, basis: str, small: Catalogue) -> None:
    """What is more specific wins, and the basis says by what."""
    match = small.match(clue)

    assert match is not None
    assert (entry, basis) == (match.entry.id, match.basis)


def test_a_phrase_begins_where_a_word_begins(small: Catalogue) -> None:
    """ "scat" holds no cat, and a gap spans no more than a line or two."""
    assert small.match(Clue("abczyx cat")) is None
    assert small.match(Clue(f"zyx from {'x' * 400} to zyx")) is None


@given(st.text(max_size=300), st.sampled_from([None, "450", "550", "299"]), st.sampled_from([None, "4.7.1", "5.9.123"]))
def test_no_text_raises(words: str, reply: str | None, enhanced: str | None) -> None:
    """Any text gets an entry or none, and one with a code always gets one."""
    match = CATALOGUE.match(Clue(words, reply=reply, enhanced=enhanced))

    assert match is not None or not (reply or enhanced)


CATALOGUE = load()


def test_patterns_take_bounded_time(catalogue: Catalogue) -> None:
    """No pattern repeats without an end: a hostile text cannot make one slow."""
    unbounded = re.compile(r"(?<!\\)(?:[*+]|\{\d*,\})")

    assert [e.id for e in catalogue.entries.values() for p in e.patterns if unbounded.search(p)] == []
