"""Every entry of the catalogue can be found, understood and checked."""

from __future__ import annotations

import pathlib

import pytest

from catalogue import Catalogue, CatalogueError, Clue, load
from catalogue.checking import strays


def test_samples_lead_to_their_own_entry(catalogue: Catalogue) -> None:
    """Each sample leads to its entry, and no not-sample does."""
    assert [f"{entry.id}: {text!r} {where}" for entry, text, where in strays(catalogue)] == []


def test_every_code_has_an_answer(catalogue: Catalogue) -> None:
    """Nothing that looks like a code is a dead end, registered or not."""
    replies = [f"{n}" for n in range(200, 600)]
    details = [f"{c}.{s}.{d}" for c in (2, 4, 5) for s in range(10) for d in (0, 1, 9, 40, 999)]

    assert [code for code in replies if catalogue.match(Clue("", reply=code)) is None] == []
    assert [code for code in details if catalogue.match(Clue("", enhanced=code)) is None] == []


@pytest.mark.parametrize(
    "code", ["421", "450", "451", "452", "500", "501", "502", "503", "504", "550", "551", "552", "553", "554"]
)
def test_the_fourteen_codes_have_entries_of_their_own(catalogue: Catalogue, code: str) -> None:
    """The codes that people ask about most lead to an entry, not to a class."""
    assert f"reply.{code}" == catalogue.code(code)[0].id


def test_titles_are_one_plain_line(catalogue: Catalogue) -> None:
    """A title fits a card's header, and is no sentence."""
    assert [
        e.id for e in catalogue.entries.values() if len(e.title) > 80 or "\n" in e.title or e.title.endswith(".")
    ] == []


def test_a_broken_file_is_refused_by_name(tmp_path: pathlib.Path) -> None:
    """A team's broken file stops the start with file, entry and key."""
    (tmp_path / "ours.toml").write_text(
        '[[entry]]\nid = "ours.a"\ntitle = "A"\nmeaning = "A."\nreason = "blocked"\nreply = ["550"]\nretry = "no"\n'
        'retry_advice = "No."\nsuppress = "never"\nsources = [{ url = "https://example.com" }]\n'
    )
    with pytest.raises(CatalogueError, match=r"ours\.toml, entry ours\.a, key suppress: .*never"):
        load(tmp_path)


def test_a_teams_entry_wins_over_ours(tmp_path: pathlib.Path) -> None:
    """An entry with the id of ours replaces it, and a note is shown with it."""
    (tmp_path / "ours.toml").write_text(
        '[[entry]]\nid = "reply.451"\ntitle = "Ours"\nmeaning = "A."\nreason = "blocked"\nreply = ["451"]\nretry = "no"\n'
        'retry_advice = "No."\nsuppress = "no"\nsources = [{ url = "https://example.com", seen = "2026-11-01" }]\n'
        '[[note]]\nentry = "reply.550"\ntext = "Ask Ann."\n'
    )
    overlaid = load(tmp_path)

    assert overlaid.code("451")[0].title == "Ours"
    assert overlaid.notes("reply.550") == ("Ask Ann.",)
    assert overlaid.version != load().version


def test_search_finds_words_and_forgives_spelling(catalogue: Catalogue) -> None:
    """Words and slightly wrong words find their entry."""
    assert "greylisting" in {entry.reason for entry in catalogue.search("greylisting")}
    assert "greylisting" in {entry.reason for entry in catalogue.search("greylistin")}
    assert catalogue.search("") == ()


def test_references_are_answered(catalogue: Catalogue) -> None:
    """Every registered enhanced code has an entry in its temporary and its permanent form."""
    listed = {code for entry in catalogue.entries.values() for code in entry.enhanced}

    assert {"5.1.1", "4.2.2", "5.7.26", "5.7.30", "4.4.7", "5.3.4", "2.1.5"} <= listed
