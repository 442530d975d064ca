"""Cuts what was typed into pieces of words, as the language model that hears questions was taught to read them.

WordPiece with a lower-case vocabulary: Wu et al. 2016, "Google's Neural Machine Translation System", section 4.1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from catalogue.wording import normal

# The longest word that is cut; a longer one is no word but a token or a key.
LONGEST = 40
# As many pieces as the model has places for, the first and the last among them.
MOST = 112
FIRST, LAST, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
INNER = "##"
WORD = re.compile(r"[^\W_]+|[^\s]")
# What stands for all of its kind, in this order.
PLACES = (
    (re.compile(r"<?https?://\S+"), " link "),
    (re.compile(r"\S+@\S+\.\S+"), " address "),
    (re.compile(r":[a-z0-9_+-]+:(?!\d)"), " emoji "),
)


def pieces(typed: str, vocabulary: Mapping[str, int]) -> list[int]:
    """The numbers of the pieces of what was typed, FIRST and LAST around them; MOST at most."""
    found = [vocabulary[FIRST]]
    for word in words(typed):
        found += cut(word, vocabulary)
        if len(found) >= MOST:
            break
    return [*found[: MOST - 1], vocabulary[LAST]]


def words(typed: str) -> list[str]:
    """The words and signs of what was typed: lower case, no accents; one word for a link, an address and an emoji."""
    text = normal(typed)
    for place, kind in PLACES:
        text = place.sub(kind, text)
    if not text.isascii():
        text = "".join(letter for letter in unicodedata.normalize("NFD", text) if unicodedata.category(letter) != "Mn")
    return WORD.findall(text)


def cut(word: str, vocabulary: Mapping[str, int]) -> list[int]:
    """A word as its longest known pieces from the left; one UNKNOWN where it cannot be cut."""
    return list(cuts(word, vocabulary)) if len(word) <= LONGEST else [vocabulary[UNKNOWN]]


def cuts(word: str, vocabulary: Mapping[str, int]) -> Iterator[int]:
    """The pieces of a word, one after another; UNKNOWN for a letter that no piece has."""
    at = 0
    while at < len(word):
        before = INNER if at else ""
        ends = (end for end in range(len(word), at, -1) if before + word[at:end] in vocabulary)
        end = next(ends, 0)
        yield vocabulary[before + word[at:end]] if end else vocabulary[UNKNOWN]
        at = end or at + 1
