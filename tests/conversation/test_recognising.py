"""Questions are told from people's talk: counted over two files of typed lines, and case by case where it matters most."""

from __future__ import annotations

import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import understood
from catalogue.cues import Word, cue, forms, found, near, stem
from catalogue.questions import questions, talk

HERE = pathlib.Path(__file__).parent


def typed() -> list[tuple[str, str]]:
    """The questions of questions.txt, each with what it asks (``steps.spf`` with the subject)."""
    asked, wanted = [], ""
    for line in (HERE / "questions.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            wanted = line[1:-1]
        elif line and not line.startswith("#"):
            asked.append((wanted, line))
    return asked


def talked() -> list[str]:
    """The lines of people.txt."""
    lines = (HERE / "people.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def got(said: str, wanted: str) -> str:
    """What a line is taken for, with the subject of a fix where one is wanted."""
    asked = understood(said)
    if asked is None:
        return ""
    return f"{asked.question}.{asked.topic}".rstrip(".") if "." in wanted else asked.question


def test_typed_questions_are_understood() -> None:
    """At least 92 % of them, and no more than 3 % taken for another question."""
    answers = [(wanted, got(said, wanted)) for wanted, said in typed()]
    right = sum(wanted == answer for wanted, answer in answers)
    wrong = sum(answer not in ("", wanted) for wanted, answer in answers)

    assert len(answers) >= 300
    assert right / len(answers) >= 0.92
    assert wrong / len(answers) <= 0.03


def test_every_question_is_typed_in_several_ways() -> None:
    """No question goes untested."""
    kinds = {wanted.partition(".")[0] for wanted, _ in typed()}

    assert {question.id for question in questions()} - {"details"} == kinds


def test_people_are_not_interrupted() -> None:
    """At most 1 % of what people say to each other is taken for a question."""
    lines = talked()
    interrupted = [line for line in lines if understood(line)]

    assert len(lines) >= 300
    assert len(interrupted) / len(lines) <= 0.01


@pytest.mark.parametrize(
    "said",
    [
        "<@U0PRIYA> do we retry?",
        "@priya is it permanent?",
        "Priya, who do we contact?",
        "do we retry, Ben?",
        "ben: whose fault is it?",
    ],
)
def test_who_names_somebody_does_not_ask_the_bot(said: str) -> None:
    """A question to a person is theirs to answer."""
    assert understood(said) is None


def test_a_fix_question_tells_its_subject_and_a_code_question_its_code() -> None:
    """Also with a typo, and where the subject goes by another name."""
    assert [("steps", "spf"), ("steps", "ptr"), ("steps", "dmarc"), ("code", "")] == [
        (asked.question, asked.topic)
        for said in ("how do we fxi SPF?", "how do I set rDNS", "how do we get aligned?", "what does 5.7.26 mean?")
        if (asked := understood(said))
    ]
    asked = understood("waht does 5.7.26 mean")
    assert asked is not None
    assert asked.code == "5.7.26"


@given(st.text(max_size=600))
def test_any_text_is_judged(said: str) -> None:
    """No text makes it raise, and a long one is somebody's story."""
    asked = understood(said)
    assert asked is None or len(said.strip()) <= 600


@given(st.text(alphabet="abcdefgh", max_size=9), st.text(alphabet="abcdefgh", max_size=9))
def test_slips_count_the_same_both_ways(one: str, two: str) -> None:
    """And none are counted between a word and itself."""
    assert near(one, two) == near(two, one)
    assert near(one, one) == 0


def test_words_meet_by_their_stems() -> None:
    """Endings make no difference to a cue, but a word behind = must be that very one."""
    assert len({stem(word) for word in ("retry", "retries", "retried", "retrying")}) == 1
    words = tuple(forms(Word(text, stem(text))) for text in ("who", "contacted", "them"))

    assert found(cue("who … contact/write"), words)
    assert found(cue("who =contacted"), words)
    assert not found(cue("who =contact"), words)
    assert not found(cue("^ contact"), words)


def test_no_alternative_holds_a_blank() -> None:
    """ "a/b c/d" reads as two words; every slash in the data stands between single words."""
    written = [c for q in questions() for c in (*q.sure, *q.likely, *q.hint, *q.bare, *q.unless)]
    written += [c for person in talk().person for c in (person.cue, *person.unless)]

    assert [] == [c for c in written if any(not option for part in c.split() for option in part.split("/"))]
