"""Finds entries by words that a person types, as in ``/smtp greylisting``."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from catalogue.entries import Entry
from catalogue.wording import normal

TOKEN = re.compile(r"\d\.\d{1,3}\.\d{1,3}|\w+")
EVERYDAY = {
    "a", "about", "again", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "did",
    "do", "does", "for", "from", "get", "gets", "getting", "got", "had", "has", "have", "how", "i", "if", "in",
    "is", "it", "its", "me", "my", "no", "not", "now", "of", "off", "on", "or", "our", "say", "says", "should",
    "so", "that", "the", "their", "them", "then", "there", "they", "this", "to", "us", "was", "we", "what", "when",
    "where", "which", "who", "why", "will", "with", "you", "your",
    "hello", "hey", "hi", "please", "thank", "thanks",
}  # fmt: skip
WEIGHTS = (
    ("title", 6),
    ("reason", 5),
    ("id", 5),
    ("reply", 5),
    ("enhanced", 5),
    ("words", 3),
    ("causes", 1),
    ("meaning", 1),
    ("samples", 1),
)
NAME = 5
# What people ask for by another word than entries have.
MEANT = {"delist": "blocklist", "unlist": "blocklist", "unblock": "blocklist", "dnsbl": "blocklist", "rbl": "blocklist"}
# The 4xx and 5xx twins of an entry, where the other is the usual one.
LESSER = (".later", ".refused")
# Whoever names a provider wants its entries; whoever names none wants what holds for all of them.
NAMED, ANYBODYS, SOMEBODYS = 4, 3, 1


def tokens(text: str) -> list[str]:
    """The words of a text that say something."""
    return [word for word in TOKEN.findall(normal(text).replace("_", " ")) if word not in EVERYDAY]


def stem(word: str) -> str:
    """A word without its English ending, so that "greylisted" finds "greylisting"."""
    for ending in ("ings", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


class Index:
    """An inverted index over what entries say, each word weighed by where it stands and how rare it is."""

    def __init__(self, entries: Mapping[str, Entry], names: Mapping[str, str]) -> None:
        self.entries = entries
        # milter-greylist is no name to somebody who asks for greylisting
        reasons = {stem(entry.reason) for entry in entries.values()}
        self.names = {provider: set(map(stem, tokens(name))) - reasons for provider, name in names.items()}
        self.weights: dict[str, dict[str, int]] = defaultdict(dict)
        for entry in entries.values():
            found: Counter[str] = Counter()
            for field, weight in WEIGHTS:
                value = getattr(entry, field)
                for word in set(map(stem, tokens(value if isinstance(value, str) else " ".join(value)))):
                    found[word] = max(found[word], weight)
            for word in self.names.get(entry.provider, ()):
                found[word] = max(found[word], NAME)
            for word, weight in found.items():
                self.weights[word][entry.id] = weight

    def search(self, words: str, limit: int) -> tuple[Entry, ...]:
        """The entries that hold at least half of the words, best first; a misspelt word finds its nearest neighbour.

        Numbers are no words: what is asked about a code is answered by ``Catalogue.code``.
        """
        scores: Counter[str] = Counter()
        held: Counter[str] = Counter()
        said = [word for word in dict.fromkeys(map(stem, tokens(words[:300]))) if not word.isdecimal()][:12]
        wanted = {self.nearest(MEANT.get(word, word)) for word in said}
        for word in wanted:
            for entry, weight in self.weights.get(word, {}).items():
                scores[entry] += (
                    weight * 100 // (8 + len(self.weights[word])) * self.standing(self.entries[entry], wanted)
                )
                held[entry] += 1
        fitting = [one for one in scores if held[one] * 2 >= len(said)]
        ranked = sorted(fitting, key=lambda one: (-held[one], -scores[one], *self.order(self.entries[one], wanted)))
        # Twins have one title: who looks for words reads it once, of the usual one.
        titles = {self.entries[entry].title: self.entries[entry] for entry in reversed(ranked)}
        return tuple(one for entry in ranked if titles[(one := self.entries[entry]).title] is one)[:limit]

    def order(self, entry: Entry, wanted: set[str]) -> tuple[bool, bool, int, str]:
        """Which of two entries that fit alike comes first: the usual twin, one that begins so, the shorter title."""
        begins = stem(next(iter(tokens(entry.title)), "")) in wanted
        return entry.id.endswith(LESSER), not begins, len(entry.title), entry.id

    def standing(self, entry: Entry, wanted: set[str]) -> int:
        """How much an entry counts for a person who asks with these words."""
        if not entry.provider:
            return ANYBODYS if entry.worded else SOMEBODYS + 1
        return NAMED if self.names.get(entry.provider, set()) & wanted else SOMEBODYS

    def nearest(self, word: str) -> str:
        """The word itself if any entry holds it, else one that begins so or is spelt alike."""
        if word in self.weights or len(word) < 4:
            return word
        longer = [known for known in self.weights if known.startswith(word)]
        return (
            min(longer, key=len) if longer else next(iter(difflib.get_close_matches(word, self.weights, 1, 0.84)), "")
        )
