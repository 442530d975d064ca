"""The questions that people ask after a bounce, as data: which cues ask what, and what is said between people."""

from __future__ import annotations

import functools
import pathlib
from typing import Any, Literal

import msgspec
import rtoml

from catalogue.cues import Cue, Speller, Word, cue, forms, found

HERE = pathlib.Path(__file__).parent
Report = Literal["", "alone", "with-question"]
SURE, LIKELY, HINT = 3, 2, 1


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is asked: its cues by strength, those that rule it out, and a button's text.

    ``bare`` cues make a question without its form. ``report``: people tell it rather than ask ("it still fails"), with
    nothing else or beside a question ("I never sent that, what is it?"); ``vague`` ones give way to these.
    """

    id: str
    label: str
    sure: tuple[str, ...]
    likely: tuple[str, ...] = ()
    hint: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    report: Report = ""
    vague: bool = False


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cue by which people talk to each other, and what makes it a word to the bot all the same."""

    cue: str
    unless: tuple[str, ...] = ()


class Talk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How people type: see thread/talk.toml."""

    fillers: frozenset[str]
    auxiliaries: frozenset[str]
    subjects: frozenset[str]
    asking: frozenset[str]
    requests: frozenset[str]
    statements: tuple[str, ...]
    person: tuple[Person, ...]
    spelling: dict[str, str]
    topics: dict[str, tuple[str, ...]]
    common: frozenset[str]


class Asked(msgspec.Struct, frozen=True):
    """What a clause asks: the question ("" for none), its points, and how many words its longest cue takes."""

    question: str = ""
    points: int = 0
    longest: int = 0


class Cues(msgspec.Struct, frozen=True):
    """A question's cues made ready, by what each is worth."""

    id: str
    worth: tuple[tuple[Cue, int], ...]
    bare: tuple[Cue, ...]
    unless: tuple[Cue, ...]
    report: Report


def read(name: str, table: str) -> Any:
    """One table of one of our files."""
    return rtoml.loads((HERE / name).read_text(encoding="utf-8"))[table]


@functools.cache
def questions() -> tuple[Question, ...]:
    """All questions, in the order in which they are offered."""
    return msgspec.convert(read("questions.toml", "question"), tuple[Question, ...])


@functools.cache
def talk() -> Talk:
    """How people type, with the common words that are no typos of others."""
    common = (HERE / "thread" / "common_words.txt").read_text(encoding="utf-8").split()
    return msgspec.convert({**read("thread/talk.toml", "talk"), "common": common}, Talk)


@functools.cache
def cues() -> tuple[Cues, ...]:
    """All questions' cues, made ready."""
    return tuple(
        Cues(
            q.id,
            tuple(
                (cue(c), worth) for worth, many in ((SURE, q.sure), (LIKELY, q.likely), (HINT, q.hint)) for c in many
            ),
            tuple(cue(c) for c in q.bare),
            tuple(cue(c) for c in q.unless),
            q.report,
        )
        for q in questions()
    )


@functools.cache
def speller() -> Speller:
    """The one that reads typos, knowing the words of all cues and the common ones."""
    lists = [[*q.sure, *q.likely, *q.hint, *q.bare, *q.unless] for q in questions()]
    lists += [[p.cue, *p.unless] for p in talk().person]
    written = [word.strip("=,") for cues in lists for c in cues for part in c.split() for word in part.split("/")]
    own = {word for word in written if word.isalpha()}
    more = (*talk().fillers, *talk().auxiliaries, *talk().subjects, *talk().asking, *talk().requests, *talk().common)
    return Speller(talk().spelling, talk().topics, own | {word for word in more})


def label(question: str) -> str:
    """A question's button text, also of a fix's subject (``steps.spf``); raises KeyError for an id that is none."""
    plain, _, subject = question.partition(".")
    known = {q.id: q.label for q in questions()}[plain]
    return f"How to fix {subject.upper()}" if subject else known


def asked(words: tuple[Word, ...]) -> Asked:
    """Which question a clause asks, not what it tells: the most points, then the longest cue, then the first."""
    names = tuple(forms(word) for word in words)
    best = Asked()
    for question in cues():
        given = points(question, names)
        if question.report != "alone" and given.points and (given.points, given.longest) > (best.points, best.longest):
            best = given
    return best


def points(question: Cues, names: tuple[frozenset[str], ...]) -> Asked:
    """What a question's cues are worth in a clause; nothing where a cue rules it out."""
    if any(found(c, names) for c in question.unless):
        return Asked(question.id)
    there = [(c, worth) for c, worth in question.worth if found(c, names)]
    sure, likely = (sum(1 for _, worth in there if worth == strength) for strength in (SURE, LIKELY))
    if not sure and likely < 2:
        return Asked(question.id)
    hints = any(worth == HINT for _, worth in there)
    return Asked(question.id, SURE * sure + LIKELY * likely + HINT * hints, max(c.size for c, _ in there))


def bare(words: tuple[Word, ...]) -> bool:
    """Whether a clause asks without a question's form ("hard or soft")."""
    names = tuple(forms(word) for word in words)
    return any(found(c, names) for question in cues() for c in question.bare)


def topic(words: tuple[Word, ...]) -> str:
    """The subject that a clause names first (spf, dkim …), or ""."""
    names = {name: subject for subject, many in talk().topics.items() for name in many}
    return next((names[word.text] for word in words if word.kind == "{topic}"), "")


@functools.cache
def people() -> tuple[tuple[Cue, tuple[Cue, ...]], ...]:
    """The cues of people's talk, made ready."""
    return tuple((cue(p.cue), tuple(cue(c) for c in p.unless)) for p in talk().person)


@functools.cache
def statements() -> tuple[Cue, ...]:
    """The openings that only look like a question's, made ready."""
    return tuple(cue(c) for c in talk().statements)


def to_person(words: tuple[Word, ...]) -> bool:
    """Whether a clause is said to a person."""
    names = tuple(forms(word) for word in words)
    return any(found(c, names) and not any(found(u, names) for u in unless) for c, unless in people())


def stated(words: tuple[Word, ...]) -> bool:
    """Whether a clause only opens like a question."""
    names = tuple(forms(word) for word in words)
    return any(found(c, names) for c in statements())


def reported(words: tuple[Word, ...], kind: Report) -> Asked:
    """The question that a text tells rather than asks, of this kind; none where it tells nothing of ours."""
    names = tuple(forms(word) for word in words)
    told = (points(question, names) for question in cues() if question.report == kind)
    return max((t for t in told if t.points), key=lambda t: t.points, default=Asked())


def beside(asked: Asked, words: tuple[Word, ...]) -> Asked:
    """What is asked, or what its whole sentence tells beside it where the question itself is vague."""
    vague = any(q.vague for q in questions() if q.id == asked.question)
    told = reported(words, "with-question")
    return told if vague and told.question else asked
