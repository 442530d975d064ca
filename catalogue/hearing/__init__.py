"""Hears what somebody asks: a line, weighed by the language model that was taught with the examples."""

from __future__ import annotations

import math

import msgspec

from catalogue.hearing.network import Network, taught
from catalogue.hearing.pieces import words

# Measured on writers who taught nothing (python -m catalogue measure): from this chance on, fewer than one line in a
# hundred that people say to each other is taken for a question.
CHANCE = 0.98
# A question that is no likelier than this among all questions is not answered: the answer might be to another one.
SHARE = 0.43


class Heard(msgspec.Struct, frozen=True):
    """What a line is taken for: ``chance`` that it is a question at all, ``share`` of its question among all."""

    asks: str = ""
    chance: float = 0.0
    share: float = 0.0


def heard(typed: str, by: Network | None = None) -> Heard:
    """What was typed, taken for the likeliest question; nothing where there is no word in it."""
    by = by or taught()
    if not words(typed):
        return Heard()
    people, *asked = map(float, by(typed))
    likeliest = max(asked)
    raised = [math.exp(score - likeliest) for score in asked]
    odds = likeliest + math.log(sum(raised)) - people
    return Heard(by.classes[1 + asked.index(likeliest)], 1 / (1 + math.exp(-odds)), 1 / sum(raised))


def knows(word: str) -> bool:
    """Whether a word is one of the examples'."""
    return word.lower().removesuffix("'s") in taught().seen


def reasons(typed: str) -> tuple[tuple[str, float], ...]:
    """Each word of a line with how much less it would be taken for its question without it, the strongest first."""
    whole, split = heard(typed), typed.split()
    less = ((word, " ".join(split[:at] + split[at + 1 :])) for at, word in enumerate(split))
    told = ((word, odds(whole) - odds(heard(rest), whole.asks)) for word, rest in less)
    return tuple(sorted(told, key=lambda one: -one[1]))


def odds(taken: Heard, asks: str = "") -> float:
    """The logarithm of the odds that a line is the question ``asks``, as far as what was heard tells."""
    same = not asks or taken.asks == asks
    chance = taken.chance * (taken.share if same else 1 - taken.share)
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(chance / (1 - chance))
