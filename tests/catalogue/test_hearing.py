"""What is learned from the examples: the same each time, in step with them, and explained by what was typed."""

from __future__ import annotations

import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import CatalogueError, hearing
from catalogue.__main__ import main
from catalogue.hearing import measuring, network
from catalogue.hearing.examples import PEOPLE, Example, digest, examples, read
from catalogue.hearing.pieces import FIRST, LAST, MOST, UNKNOWN, pieces, words
from catalogue.hearing.talk import code, subjects, topic
from catalogue.questions import questions

SMALL = {
    piece: number for number, piece in enumerate((FIRST, LAST, UNKNOWN, "re", "##try", "retry", "##ing", "?", "1"))
}


def test_what_was_learned_belongs_to_the_examples() -> None:
    """After a change of the examples, ``python -m catalogue teach`` writes the model anew."""
    assert digest() == network.taught().digest


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("will it go thru on its own or shoud we do somthing", "permanent"),
        ("is the hiccup at our haulier's end or at ours", "actor"),
        ("pls compose a few polite lines that i can forward to the lady who complained", "draft"),
        ("which desk at comcast lifts that", "contact"),
    ],
)
def test_wordings_that_no_example_has_are_heard(typed: str, asks: str) -> None:
    """The model knew English before it learned the questions."""
    assert hearing.heard(typed).asks == asks
    assert hearing.heard(typed).chance > hearing.CHANCE


@pytest.mark.parametrize("typed", ["", " ", "\n\t", "\u200b"])
def test_nothing_typed_is_no_question(typed: str) -> None:
    """A line without a word asks nothing."""
    assert hearing.heard(typed) == hearing.Heard()


def test_every_example_asks_something_that_is_answered() -> None:
    """The headings are the questions' ids, with a subject for fixes, or people; no line stands under two of them."""
    known = {q.id for q in questions()} | {f"steps.{subject}" for subject in subjects().values()} | {PEOPLE}
    lines = [one for many in examples().values() for one in many]

    assert {one.asks for one in lines} == known
    assert len({one.typed for one in lines}) == len(lines)


def test_reasons_are_what_was_typed() -> None:
    """What spoke for a question can be shown: its words, strongest first."""
    told = hearing.reasons("so do we retry?")

    assert sorted(word for word, _ in told) == ["do", "retry?", "so", "we"]
    assert told[0][0] == "retry?"
    assert [weight for _, weight in told] == sorted((weight for _, weight in told), reverse=True)


def test_the_command_says_what_a_line_is_taken_for(capsys: pytest.CaptureFixture[str]) -> None:
    """``python -m catalogue why do we retry`` names the question and the words."""
    assert main(["why", "do", "we", "retry"]) == 0
    assert capsys.readouterr().out.startswith("retry: a question with")


def test_a_measure_counts_what_was_understood() -> None:
    """A line needs both its chance and its share; "steps" stands for the fix of any subject."""
    judged = [
        ("retry", hearing.Heard("retry", 0.9, 0.9)),
        ("steps", hearing.Heard("steps.spf", 0.9, 0.9)),
        ("retry", hearing.Heard("contact", 0.9, 0.9)),
        ("retry", hearing.Heard("retry", 0.5, 0.9)),
        (PEOPLE, hearing.Heard("retry", 0.9, 0.1)),
        (PEOPLE, hearing.Heard("retry", 0.9, 0.9)),
    ]

    assert measuring.measured(judged, 0.8, 0.4) == measuring.Measure(6, 0.5, 0.25, 0.5)


def test_a_broken_model_says_what_to_do(tmp_path: pathlib.Path) -> None:
    """A file that was cut off names itself, where the bot starts."""
    broken = tmp_path / "taught.npz"
    broken.write_bytes(network.FILE.read_bytes()[:9_000])

    with pytest.raises(CatalogueError, match=r"taught.npz: cannot be read.*install smtp-bot anew"):
        network.taught(broken)


def test_teaching_says_what_it_needs(capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path) -> None:
    """Without the folder of the model that knows English, teaching names it, and leaves the model as it is."""
    before = network.FILE.stat().st_mtime_ns

    assert main(["teach"]) == 2
    assert main(["teach", str(tmp_path)]) == 2
    assert main(["measure", str(tmp_path), "banks"]) == 2
    assert capsys.readouterr().err.count("all-MiniLM-L6-v2") == 3
    assert network.FILE.stat().st_mtime_ns == before
    assert main(["measure", str(tmp_path), "nobody"]) == 2
    assert "No examples of nobody; there are banks" in capsys.readouterr().err


def test_examples_stand_under_their_headings(tmp_path: pathlib.Path) -> None:
    """A remark and an empty line are no examples, and a change of a file changes the digest."""
    (tmp_path / "some.txt").write_text("# remark\n[retry]\ndo we retry\n\n[people]\nlunch?\n", encoding="utf-8")
    before = digest(tmp_path)
    (tmp_path / "some.txt").write_text("[retry]\ndo we retry\n", encoding="utf-8")

    assert read("# remark\n[retry]\ndo we retry\n\n[people]\nlunch?\n") == [
        Example("retry", "do we retry"),
        Example(PEOPLE, "lunch?"),
    ]
    assert digest(tmp_path) != before


def test_words_are_cut_into_the_longest_pieces() -> None:
    """From the left; what no piece has is one unknown sign, and the ends are marked."""
    assert pieces("Retrying?", SMALL) == [SMALL[one] for one in (FIRST, "retry", "##ing", "?", LAST)]
    assert pieces("retr", SMALL) == [SMALL[one] for one in (FIRST, "re", UNKNOWN, UNKNOWN, LAST)]
    assert pieces("x" * 41, SMALL) == [SMALL[one] for one in (FIRST, UNKNOWN, LAST)]


def test_links_addresses_and_accents_are_read_alike() -> None:
    """One word stands for each of a kind; curly quotes and accents make no other word."""
    assert words("Résumé at https://example.com/x for bob@example.com :wave:") == [
        *("resume", "at", "link", "for", "address", "emoji"),
    ]
    assert words("don’t") == ["don", "'", "t"]


def test_codes_and_subjects_are_found() -> None:
    """What a question is about is read out of the line."""
    assert code("what does 5.7.26 mean, or 550") == "5.7.26"
    assert code("what is tss04 please") == "tss04"
    assert code("no code here") == ""
    assert topic("how do i set reverse dns, and spf") == "ptr"
    assert topic("our certs?") == ""


@given(st.text(max_size=300))
def test_pieces_are_few(typed: str) -> None:
    """No text makes more pieces than the model has places for, or raises."""
    found = pieces(typed, network.taught().vocabulary)

    assert 2 <= len(found) <= MOST


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_heard(typed: str) -> None:
    """Chance and share are shares of one, whatever is typed."""
    found = hearing.heard(typed)

    assert 0 <= found.chance <= 1
    assert 0 <= found.share <= 1
