"""How the questions of a writer are understood whose lines were never learned from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from catalogue import hearing
from catalogue.hearing import Heard
from catalogue.hearing.examples import PEOPLE, Example
from catalogue.hearing.network import Network


class Measure(msgspec.Struct, frozen=True):
    """Of one writer's lines, as shares: questions understood, taken for another one, and people interrupted."""

    lines: int
    understood: float
    wrong: float
    interrupted: float


def judged(lines: Iterable[Example], by: Network) -> list[tuple[str, Heard]]:
    """What each line asks, and what it is taken for."""
    return [(example.asks, hearing.heard(example.typed, by)) for example in lines]


def measured(judged: Sequence[tuple[str, Heard]], chance: float, share: float) -> Measure:
    """What comes of it where a question needs this chance and this share; the subject of a fix is not counted.

    The bot reads that subject out of the line, or takes the bounce's own.
    """
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
    return bool(got) and got.partition(".")[0] == asks.partition(".")[0]
