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
    """A question for the entries with one of these reasons."""

    id: str
    reasons: tuple[str, ...]
    question: str
    answer: tuple[GuideAnswer, ...]


@functools.cache
def guides() -> tuple[Guide, ...]:
    """All guides."""
    return msgspec.convert(rtoml.loads(FILE.read_text(encoding="utf-8"))["guide"], tuple[Guide, ...])


def guide_for(reason: str) -> Guide | None:
    """The question to ask before the steps of an entry with this reason; None where none changes them."""
    return next((guide for guide in guides() if reason in guide.reasons), None)
