"""Learns from the examples what makes a question: multinomial logistic regression, the same each time. No packages."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from catalogue.examples import PEOPLE, Example
from catalogue.traits import traits

ROUNDS = 4
PACE = 8.0
LEAST = 2
# What people's talk is ahead by before anything is known, as likely as all questions together: a line of unknown words
# is no question.
AHEAD = 3.2


class Lesson(msgspec.Struct, frozen=True):
    """What was learned: the classes, and for each trait how rare it is and its weight for each class."""

    classes: tuple[str, ...]
    rarity: dict[str, float]
    rarest: float
    weights: dict[str, list[float]]


def learned(examples: Sequence[Example], rounds: int = ROUNDS, pace: float = PACE) -> Lesson:
    """What the examples teach; the same for the same examples in the same order.

    Stochastic gradient descent in a fixed shuffle; stopping after a few rounds is what keeps it from learning by heart.
    """
    classes = (PEOPLE, *sorted({example.asks for example in examples} - {PEOPLE}))
    number = {name: at for at, name in enumerate(classes)}
    read = [traits(example.typed) for example in examples]
    rarity, rarest = rarities(read)
    weights = {trait: [0.0] * len(classes) for trait in rarity}
    lines = [
        (number[example.asks], [(weights[trait], share) for trait, share in shares(found, rarity, rarest)])
        for example, found in zip(examples, read, strict=True)
    ]
    order = list(range(len(lines)))
    chance = random.Random(1)
    for round_ in range(rounds):
        chance.shuffle(order)
        step = pace / (1 + round_)
        for at in order:
            target, row = lines[at]
            learn(target, row, step)
    return Lesson(classes, rarity, rarest, weights)


def learn(target: int, row: list[tuple[list[float], float]], step: float) -> None:
    """Moves the weights of one example's traits towards its class."""
    scores = [sum(column) for column in zip(*[[w * share for w in weight] for weight, share in row], strict=True)]
    if not scores:
        return
    scores[0] += AHEAD
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised)
    moves = [(k, step * ((k == target) - value / total)) for k, value in enumerate(raised)]
    moves = [(k, move) for k, move in moves if abs(move) > 1e-3 * step]
    for weight, share in row:
        for k, move in moves:
            weight[k] += move * share


def rarities(read: Iterable[Sequence[str]]) -> tuple[dict[str, float], float]:
    """How rare each trait is that LEAST examples share, and what one is worth that was never seen."""
    lines = list(read)
    count = Counter(trait for found in lines for trait in found)
    whole = max(2, len(lines))
    return {trait: math.log(whole / many) for trait, many in sorted(count.items()) if many >= LEAST}, math.log(whole)


def shares(found: Sequence[str], rarity: dict[str, float], rarest: float) -> list[tuple[str, float]]:
    """The known traits of a line with their shares in it; what is unknown takes its share too, and so weakens all."""
    length = math.sqrt(sum(rarity.get(trait, rarest) ** 2 for trait in found)) or 1.0
    return [(trait, rarity[trait] / length) for trait in found if trait in rarity]
