"""What is learned from the examples: the same each time, in step with them, and explained by what was typed."""

from __future__ import annotations

import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import hearing, measuring
from catalogue.__main__ import main
from catalogue.examples import PEOPLE, Example, digest, examples, read
from catalogue.questions import questions
from catalogue.teaching import learned
from catalogue.traits import code, stem, subjects, topic, traits, words

FEW = (
    *(
        Example("retry", line)
        for line in ("do we retry?", "will it retry", "when is the next retry", "shall we retry it")
    ),
    *(Example("contact", line) for line in ("who do we contact?", "whom to contact", "is there a contact form")),
    *(Example(PEOPLE, line) for line in ("i will retry it after lunch", "ben retried it", "i contacted them already")),
)


def test_what_was_learned_belongs_to_the_examples() -> None:
    """After a change of the examples, ``python -m catalogue teach`` writes the file anew."""
    assert digest() == hearing.taught().heading.digest


def test_the_same_examples_teach_the_same() -> None:
    """Nothing of the machine or the moment is in the learned file."""
    assert hearing.written(learned(FEW), "few") == hearing.written(learned(FEW), "few")


def test_a_few_examples_teach_lines_that_are_not_among_them() -> None:
    """Words in common with the right examples decide, also with an ending or a typo."""
    taught = hearing.parsed(hearing.written(learned(FEW), "few"))

    assert hearing.heard("do we contact them, and who?", taught).asks == "contact"
    assert hearing.heard("will it be retried?", taught).asks == "retry"
    assert hearing.heard("do we retry", taught).chance > hearing.heard("ben will retry after lunch", taught).chance


def test_what_is_unknown_weakens_what_is_known() -> None:
    """A known pair of words in a line about something else is no sure sign."""
    plain, strange = hearing.heard("do we retry"), hearing.heard("do we retry the zumba course with blorptastic shoes")

    assert plain.chance > strange.chance


def test_every_example_asks_something_that_is_answered() -> None:
    """The headings are the questions' ids, with a subject for fixes, or people; no line stands under two of them."""
    known = {q.id for q in questions()} | {f"steps.{subject}" for subject in subjects().values()} | {PEOPLE}
    lines = [one for many in examples().values() for one in many]

    assert {one.asks for one in lines} == known
    assert len({one.typed for one in lines}) == len(lines)


def test_reasons_are_what_was_typed() -> None:
    """What spoke for a question can be shown: its words, strongest first."""
    told = hearing.reasons("do we retry?", "retry")

    assert set(dict(told)) <= set(traits("do we retry?"))
    assert "^ do" in dict(told)
    assert [weight for _, weight in told] == sorted((weight for _, weight in told), reverse=True)


def test_the_command_says_what_a_line_is_taken_for(capsys: pytest.CaptureFixture[str]) -> None:
    """``python -m catalogue why do we retry`` names the question and the traits."""
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


def test_another_writers_lines_are_judged_by_what_the_others_taught() -> None:
    """The held-out file teaches nothing."""
    files = {"one": FEW, "two": (Example("draft", "draft a reply"),)}

    assert measuring.judged(files, "two")[0][1].asks != "draft"


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


def test_words_are_read_by_kind() -> None:
    """Codes, addresses, numbers and names stand for their kind; short forms are written out."""
    assert words("Priya, is 4.7.1 from 192.0.2.7 gonna pass in 5min?") == (
        *("{name}", "is", "{code}", "from", "{ip}", "going", "to", "pass", "in", "{number}", "?"),
    )
    assert code("what does 5.7.26 mean, or 550") == "5.7.26"
    assert topic("how do i set reverse dns") == "ptr"
    assert len({stem(word) for word in ("retry", "retries", "retried", "retrying")}) == 1


@given(st.text(max_size=300))
def test_traits_are_few_and_each_once(typed: str) -> None:
    """No text makes more than a fixed number for each character, or raises."""
    found = traits(typed)

    assert len(found) == len(set(found))
    assert len(found) <= 12 * len(typed) + 20
