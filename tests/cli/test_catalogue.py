"""``python -m bot catalogue``: entries looked up, a team's own checked, all of it exported."""

from __future__ import annotations

import json
import pathlib
import re
import tomllib

import pytest

from catalogue import Clue, load
from tests.cli.running import run

README = pathlib.Path(__file__).parent.parent.parent / "README.md"
GOOD = """
[[entry]]
id = "ours.partner"
words = ["the partner gateway sleeps"]
title = "The partner's gateway sleeps"
meaning = "It wakes at six."
reason = "systemerror"
retry = "queue"
retry_advice = "The queue delivers it after six."
suppress = "no"
samples = ["451 The partner gateway sleeps"]
sources = [{ url = "https://wiki.example.com/partner", seen = "2026-11-01" }]
"""


def example() -> str:
    """The TOML that README.md shows for a team's own entries."""
    found = re.search(r"## Your own entries\n.*?```toml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_the_readmes_example_works_as_it_says(tmp_path: pathlib.Path) -> None:
    """The very example in README.md loads: its note is shown, its entry is found, its override replaces ours."""
    (tmp_path / "ours.toml").write_text(example(), encoding="utf-8")
    catalogue = load(tmp_path)
    raw = tomllib.loads(example())

    for note in raw["note"]:
        assert note["text"] in catalogue.notes(note["entry"])
    for entry in raw["entry"]:
        assert entry["title"] == catalogue.entries[entry["id"]].title
    assert [entry["id"] for entry in raw["entry"] if entry["id"] in load().entries]
    match = catalogue.match(Clue("partner gateway is in maintenance", reply="451", enhanced="4.3.2"))
    assert match is not None
    assert match.entry.id == "ours.partner.maintenance"


def test_the_readmes_example_passes_the_check(tmp_path: pathlib.Path) -> None:
    """``catalogue check`` finds nothing wrong with the README's example, and ``explain`` uses it."""
    (tmp_path / "ours.toml").write_text(example(), encoding="utf-8")
    done = run("catalogue", "check", str(tmp_path))

    assert done.returncode == 0, done.stdout.decode()
    assert b"note: " not in done.stdout
    explained = run("explain", "550", SMTP_BOT_CATALOGUE=str(tmp_path)).stdout.decode()
    assert f"Your note: {tomllib.loads(example())['note'][0]['text']}" in explained


def test_a_teams_own_id_wins_too(tmp_path: pathlib.Path) -> None:
    """An entry of theirs for a code, or for words that one of ours has too, wins under an id of its own."""
    coded = GOOD.replace('words = ["the partner gateway sleeps"]', 'reply = ["452"]').replace(
        "ours.partner", "ours.452"
    )
    worded = GOOD.replace("the partner gateway sleeps", load().entries["words.greylisted"].words[0])
    (tmp_path / "ours.toml").write_text(coded + worded, encoding="utf-8")
    catalogue = load(tmp_path)

    for clue, entry in (
        (Clue("", reply="452"), "ours.452"),
        (Clue(load().entries["words.greylisted"].words[0]), "ours.partner"),
    ):
        match = catalogue.match(clue)
        assert match is not None
        assert match.entry.id == entry
    assert catalogue.code("452")[0].id == "ours.452"


def test_an_entry_is_shown_whole() -> None:
    """``show`` says everything an entry says, and where it is from."""
    said = run("catalogue", "show", "reply.450").stdout.decode()

    for words in (
        "Will it clear?",
        "Steps: 1. ",
        "Source: ",
        "Entry: reply.450, in catalogue/replies/common.toml",
        "KumoMTA",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("wanted", "offered"), [("reply.45O", "reply.450"), ("greylistin", "grey"), ("5.7.26", "enhanced.5.7.26")]
)
def test_a_misspelt_id_offers_the_nearest(wanted: str, offered: str) -> None:
    """An id that there is not is exit status 1 and one line with the nearest ids, or what words and codes find."""
    done = run("catalogue", "show", wanted)

    assert (1, b"", 1) == (done.returncode, done.stdout, done.stderr.count(b"\n"))
    assert offered in done.stderr.decode()


def test_search_finds_by_words_and_code() -> None:
    """``search`` lists entries a line each with their ids; nothing found is exit status 1."""
    assert "greylist" in run("catalogue", "search", "greylisting").stdout.decode()
    assert "enhanced.5.7.26" in run("catalogue", "search", "5.7.26").stdout.decode().splitlines()[0]
    assert run("catalogue", "search", "zzqxj").returncode == 1


def test_every_form_can_be_exported() -> None:
    """``export`` prints JSON, a table and Markdown; ``schema`` prints the schema in the project."""
    whole = json.loads(run("catalogue", "export").stdout)
    table = run("catalogue", "export", "--format", "csv").stdout
    text = run("catalogue", "export", "--format", "md").stdout.decode()

    assert len(whole["entries"]) == len(load().entries)
    assert table.startswith(b"id,title,provider,")
    assert text.startswith("# The catalogue\n")
    schema = README.parent / "catalogue" / "schema.json"
    assert run("catalogue", "schema").stdout == schema.read_bytes()


def test_a_teams_entries_are_exported_with_ours(tmp_path: pathlib.Path) -> None:
    """With SMTP_BOT_CATALOGUE set, its entries are in what is shown and exported."""
    (tmp_path / "ours.toml").write_text(GOOD, encoding="utf-8")
    said = run("catalogue", "export", "--format", "md", SMTP_BOT_CATALOGUE=str(tmp_path)).stdout.decode()

    assert "### Your own" in said
    assert '<a id="ours.partner"></a>' in said
    assert run("catalogue", "show", "ours.partner", SMTP_BOT_CATALOGUE=str(tmp_path)).returncode == 0


def test_check_says_all_that_is_broken(tmp_path: pathlib.Path) -> None:
    """Every broken thing is said with file, entry and key, not the first alone; exit status 2."""
    (tmp_path / "a.toml").write_text(
        '[[note]]\nentry = "reply.55O"\ntext = "x"\n[[entri]]\nx = 1\n'
        + GOOD.replace('"no"', '"never"')
        + GOOD.replace("ours.partner", "ours.b")
        .replace("systemerror", "systemeror")
        .replace("the partner", "The Partner"),
        encoding="utf-8",
    )
    (tmp_path / "b.toml").write_text("[entry]\nid = 1\n", encoding="utf-8")
    (tmp_path / "c.toml").write_text("x = [", encoding="utf-8")
    done = run("catalogue", "check", str(tmp_path))
    said = done.stdout.decode()

    assert done.returncode == 2
    for words in (
        "a.toml, entry reply.55O, key entry: there is no such entry",
        "a.toml, key entri: is no table of the catalogue",
        "a.toml, entry ours.partner, key suppress: Invalid enum value 'never': use one of after-confirming, no, yes",
        "a.toml, entry ours.b, key words: ",
        "a.toml, entry ours.b, key reason: 'systemeror' is no reason: did you mean systemerror",
        "b.toml, key entry: write [[entry]]",
        "c.toml: is not TOML",
    ):
        assert words in said
    assert run("catalogue", "check", str(tmp_path / "none")).returncode == 2


def test_check_says_what_misleads(tmp_path: pathlib.Path) -> None:
    """Advice that would drop a good address and a sample that leads elsewhere are exit status 1."""
    (tmp_path / "a.toml").write_text(
        GOOD.replace('"no"', '"yes"').replace('["451 The partner gateway sleeps"]', '["550 5.1.1 user unknown"]'),
        encoding="utf-8",
    )
    done = run("catalogue", "check", str(tmp_path))

    assert done.returncode == 1
    assert b"key suppress: systemerror is not about the address" in done.stdout
    assert b"key samples: '550 5.1.1 user unknown' leads to " in done.stdout


def test_check_notes_what_is_taken_over(tmp_path: pathlib.Path) -> None:
    """An entry that takes texts away from ours is noted, and is no error: it may be meant."""
    (tmp_path / "a.toml").write_text(
        GOOD.replace(
            'words = ["the partner gateway sleeps"]', 'words = ["user is over quota"]\nenhanced = ["4.2.2"]'
        ).replace("451 The partner gateway sleeps", "452 4.2.2 user is over quota"),
        encoding="utf-8",
    )
    done = run("catalogue", "check", str(tmp_path))

    assert done.returncode == 0
    assert (
        b"note: entry words.mailbox.full.later of ours: its sample '452 4.2.2 user is over quota' now leads to ours.partner"
        in done.stdout
    )


def test_our_own_catalogue_passes(tmp_path: pathlib.Path) -> None:
    """Without a folder ours is checked: it keeps the suppression law and its samples lead home."""
    done = run("catalogue", "check", SMTP_BOT_CATALOGUE="")

    assert (0, b"our own catalogue: all well\n") == (done.returncode, done.stdout)
