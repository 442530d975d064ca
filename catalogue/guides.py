"""The one question that is asked before the steps of an entry, where its answer changes them: data, no expressions."""

from __future__ import annotations

import functools
import pathlib

import msgspec
import rtoml

FILE = pathlib.Path(__file__).parent / "thread" / "guides.toml"


class GuideAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer: a button's ``label``, and the steps that it leads to; none: those of the entry."""

    id: str
    label: str
    steps: tuple[str, ...] = ()


class Guide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question for the entries with one of these reasons, ``unless`` their title says what the answer would tell."""

    id: str
    reasons: tuple[str, ...]
    question: str
    answer: tuple[GuideAnswer, ...]
    unless: tuple[str, ...] = ()


@functools.cache
def guides() -> tuple[Guide, ...]:
    """All guides."""
    return msgspec.convert(rtoml.loads(FILE.read_text(encoding="utf-8"))["guide"], tuple[Guide, ...])


def guide_for(reason: str, title: str = "") -> Guide | None:
    """The question to ask before the steps of an entry with this reason and title; None where none changes them."""
    said = title.lower()
    asking = (guide for guide in guides() if reason in guide.reasons and not any(word in said for word in guide.unless))
    return next(asking, None)
