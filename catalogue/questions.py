"""The questions that people ask after a bounce, as data: which phrases ask what."""

from __future__ import annotations

import functools
import pathlib

import msgspec
import rtoml

from catalogue import wording


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is asked: ``phrases`` in lower case, ``…`` for gaps; ``label`` is a button's text."""

    id: str
    label: str
    phrases: tuple[str, ...]


@functools.cache
def questions() -> tuple[Question, ...]:
    """All questions, in the order in which they are offered."""
    data = rtoml.loads((pathlib.Path(__file__).parent / "questions.toml").read_text(encoding="utf-8"))
    return msgspec.convert(data["question"], tuple[Question, ...])


@functools.cache
def phrases() -> tuple[tuple[tuple[str, ...], int, str], ...]:
    """Every phrase as its parts, its length and what it asks, longest first."""
    made = [(wording.parts(p), len(p), q.id) for q in questions() for p in q.phrases]
    return tuple(sorted(made, key=lambda phrase: -phrase[1]))


def label(question: str) -> str:
    """A question's button text; raises KeyError for an id that is none."""
    return {q.id: q.label for q in questions()}[question]


def asked(text: str) -> str:
    """Which question a normalised text asks, "" for none of ours: its longest phrase decides."""
    for parts, _, question in phrases():
        if begins(parts[0], text) and wording.found(parts, text):
            return question
    return ""


def begins(part: str, text: str) -> bool:
    """Whether a part stands in a text where a word begins."""
    at = text.find(part)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(part, at + 1)
    return at >= 0
