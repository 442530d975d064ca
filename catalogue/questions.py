"""The questions that people ask after a bounce, as data."""

from __future__ import annotations

import functools
import pathlib

import msgspec
import rtoml

HERE = pathlib.Path(__file__).parent


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is asked, and its button's text."""

    id: str
    label: str


@functools.cache
def questions() -> tuple[Question, ...]:
    """All questions, in the order in which they are offered."""
    written = rtoml.loads((HERE / "questions.toml").read_text(encoding="utf-8"))["question"]
    return msgspec.convert(written, tuple[Question, ...])


def label(question: str) -> str:
    """A question's button text, also of a fix's subject (``steps.spf``); raises KeyError for an id that is none."""
    plain, _, subject = question.partition(".")
    known = {q.id: q.label for q in questions()}[plain]
    return f"How to fix {subject.upper()}" if subject else known
