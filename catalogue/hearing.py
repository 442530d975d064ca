"""Hears what somebody asks: the learned weights, and how a line is weighed by them."""

from __future__ import annotations

import functools
import math
import pathlib
from collections.abc import Sequence

import msgspec

from catalogue.examples import PEOPLE
from catalogue.teaching import AHEAD, Lesson
from catalogue.traits import stem, traits

FILE = pathlib.Path(__file__).parent / "thread" / "taught.txt"
# A weight is one printable character: ZERO is nothing, MOST steps of Taught.unit at most on either side of it.
ZERO, MOST = ord("O"), 45
LOWEST, STEPS = ord("!"), 92
# Measured between writers (python -m catalogue measure): from this chance on, at most one line in a hundred that people
# say to each other is taken for a question.
CHANCE = 0.65
# A question that is no likelier than this among all questions is not answered: the answer might be to another one.
SHARE = 0.43


class Heading(msgspec.Struct, frozen=True):
    """The first line of the learned file; ``digest`` is that of the examples, ``unit`` a weight's step."""

    digest: str
    classes: tuple[str, ...]
    unit: float
    rarest: float


class Taught(msgspec.Struct, frozen=True):
    """What was learned: for each trait its rarity, then its weight for each class, a character each."""

    heading: Heading
    rows: dict[str, bytes]


class Heard(msgspec.Struct, frozen=True):
    """What a line is taken for: ``chance`` that it is a question at all, ``share`` of its question among all."""

    asks: str = ""
    chance: float = 0.0
    share: float = 0.0


@functools.cache
def taught() -> Taught:
    """The learned weights, read once."""
    return parsed(FILE.read_text(encoding="utf-8"))


def parsed(text: str) -> Taught:
    """The learned weights as a file holds them."""
    first, *lines = text.splitlines()
    rows = dict(line.rsplit("\t", 1) for line in lines)
    return Taught(msgspec.json.decode(first, type=Heading), {trait: row.encode() for trait, row in rows.items()})


def knows(word: str) -> bool:
    """Whether a word is one of the examples', whatever its ending."""
    low = word.lower().removesuffix("'s")
    return low in taught().rows or stem(low) in taught().rows


def heard(typed: str, read: Taught | None = None) -> Heard:
    """What was typed, taken for the likeliest question; nothing where not one trait of it is known."""
    read = read or taught()
    rows, length = weighed(traits(typed), read)
    if not rows:
        return Heard()
    unit = read.heading.unit / length
    scores = [unit * (sum(column) - ZERO * len(rows)) for column in tuple(zip(*rows, strict=True))[1:]]
    scores[0] += AHEAD
    raised = [math.exp(score - max(scores)) for score in scores]
    asked = sum(raised[1:])
    best = max(range(1, len(raised)), key=raised.__getitem__)
    return Heard(read.heading.classes[best], asked / sum(raised), raised[best] / asked)


def weighed(found: Sequence[str], read: Taught) -> tuple[list[bytes], float]:
    """The rows of the known traits, and the length of all: what is unknown weakens what is known."""
    rows = [read.rows.get(trait) for trait in found]
    step = read.heading.rarest / STEPS
    squares = sum(((row[0] - LOWEST) if row else STEPS) ** 2 for row in rows)
    return [row for row in rows if row], (math.sqrt(squares) or 1.0) * step


def reasons(typed: str, asks: str, most: int = 8) -> tuple[tuple[str, float], ...]:
    """The traits that spoke most for a question, and against people's talk; each with how much."""
    read = taught()
    found = traits(typed)
    _, length = weighed(found, read)
    own, people = (1 + read.heading.classes.index(name) for name in (asks, PEOPLE))
    rows = ((trait, read.rows[trait]) for trait in found if trait in read.rows)
    spoke = ((trait, read.heading.unit * (row[own] - row[people]) / length) for trait, row in rows)
    return tuple(sorted(spoke, key=lambda one: -one[1])[:most])


def written(lesson: Lesson, digest: str) -> str:
    """A lesson as the file holds it."""
    worth = {trait: [weight * lesson.rarity[trait] for weight in many] for trait, many in lesson.weights.items()}
    sizes = sorted(abs(one) for many in worth.values() for one in many)
    unit = round(sizes[len(sizes) * 999 // 1000] / MOST, 4) or 1.0
    heading = Heading(digest, lesson.classes, unit, round(lesson.rarest, 4))
    lines = [msgspec.json.encode(heading).decode()]
    for trait in sorted(worth):
        rarity = chr(LOWEST + round(lesson.rarity[trait] / lesson.rarest * STEPS))
        levels = (max(-MOST, min(MOST, round(one / unit))) for one in worth[trait])
        lines.append(f"{trait}\t{rarity}{''.join(chr(ZERO + level) for level in levels)}")
    return "\n".join(lines) + "\n"
