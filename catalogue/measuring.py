"""How the questions of a writer are understood whose lines were never learned from: all others teach, that one asks."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from catalogue import hearing
from catalogue.examples import PEOPLE, Example
from catalogue.hearing import Heard
from catalogue.teaching import learned


class Measure(msgspec.Struct, frozen=True):
    """Of one writer's lines, as shares: questions understood, taken for another one, and people interrupted."""

    lines: int
    understood: float
    wrong: float
    interrupted: float


def judged(files: dict[str, tuple[Example, ...]], writer: str) -> list[tuple[str, Heard]]:
    """What each line of one writer asks, and what it is taken for where only the others' were learned from."""
    others = [example for name, lines in files.items() if name != writer for example in lines]
    taught = hearing.parsed(hearing.written(learned(others), ""))
    return [(example.asks, hearing.heard(example.typed, taught)) for example in files[writer]]


def measured(judged: Sequence[tuple[str, Heard]], chance: float, share: float) -> Measure:
    """What comes of it where a question needs this chance and this share; "steps" alone stands for any subject."""
    taken = [(asks, one.asks if one.chance >= chance and one.share >= share else "") for asks, one in judged]
    asked = [(asks, got) for asks, got in taken if asks != PEOPLE]
    talk = [got for asks, got in taken if asks == PEOPLE]
    right = sum(same(asks, got) for asks, got in asked)
    answered = sum(bool(got) for _, got in asked)
    return Measure(
        len(taken),
        right / max(1, len(asked)),
        (answered - right) / max(1, len(asked)),
        sum(map(bool, talk)) / max(1, len(talk)),
    )


def same(asks: str, got: str) -> bool:
    """Whether a line is taken for what it asks."""
    return got == asks or (asks == "steps" and got.startswith("steps."))
