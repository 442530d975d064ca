"""Words as people type them, and the cues that are found among them: endings and typos aside, the same each time."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import msgspec

from catalogue.wording import normal

TOKEN = re.compile(r"[a-z0-9{}]+(?:[.'/_:-][a-z0-9{}]+)*|\?")
CODE = re.compile(r"[245]\.\d{1,3}\.\d{1,3}|[2-5]\d\d|[2-5]xx|[a-z]{2,4}-?\d{2,5}|[45]\.\d{1,3}")
ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}")
GAP = 5
MARK = "?"
VOWELS = frozenset("aeiouy")
# Words whose last letters are no ending.
WHOLE = """
    this his does is was has us yes its as less address access always thus bus plus status dns tls pass miss bring
    thing nothing something anything everything during going being king need seed feed bleed indeed used red bed
"""
KEPT = frozenset(WHOLE.split())


class Word(msgspec.Struct, frozen=True):
    """A word as typed (after spelling) and its stem; ``kind`` is ``{code}`` or ``{topic}`` where it is one."""

    text: str
    stem: str
    kind: str = ""


def stem(word: str) -> str:
    """A word without its ending: the same for retry, retries, retried and retrying."""
    if word in KEPT or len(word) < 4 or not word.isalpha():
        return word
    for ending, instead in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("s", "")):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 3 and not word.endswith("ss") and VOWELS & set(rest):
            word = rest + instead
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


@functools.lru_cache(maxsize=2048)
def near(one: str, two: str) -> int:
    """How many letters were missed, doubled, wrong or swapped between two words (Damerau, adjacent swaps)."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if older and j > 1 and a == two[j - 2] and one[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]


def allowed(word: str) -> int:
    """How many slips a word of its length may hold: none in short ones, where another word is too near."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


class Cue(msgspec.Struct, frozen=True):
    """A sequence of words, each one of several; ``gaps`` says before which of them others may stand."""

    words: tuple[frozenset[str], ...]
    gaps: tuple[bool, ...]
    start: bool = False
    end: bool = False

    @property
    def size(self) -> int:
        """How many words it takes."""
        return len(self.words)


def cue(written: str) -> Cue:
    """A cue as it is written in the data."""
    words: list[frozenset[str]] = []
    gaps: list[bool] = []
    gap = start = end = False
    for part in written.replace(",", " ,").split():
        if part == "^":
            start = True
        elif part == "$":
            end = True
        elif part == "…":
            gap = True
        else:
            words.append(frozenset(form(option) for option in part.split("/")))
            gaps.append(gap)
            gap = False
    return Cue(tuple(words), tuple(gaps), start, end)


def form(option: str) -> str:
    """One of a cue's words: the exact word behind ``=``, else its stem."""
    return option if option[0] in "={" else stem(option)


def forms(word: Word) -> frozenset[str]:
    """All by which a cue may name a word."""
    return frozenset(name for name in (word.stem, word.kind, f"={word.text}") if name)


def found(cue: Cue, words: tuple[frozenset[str], ...]) -> bool:
    """Whether a cue's words follow each other among these, each gap at most GAP words wide."""
    starts = range(1) if cue.start else range(len(words))
    return any(follows(cue, 0, at, words) for at in starts)


def follows(cue: Cue, number: int, at: int, words: tuple[frozenset[str], ...]) -> bool:
    """Whether the cue's words from ``number`` on are found from ``at`` on."""
    if number == len(cue.words):
        return not cue.end or not words[at:] or (len(words) == at + 1 and MARK in words[at])
    last = at + GAP if cue.gaps[number] else at
    for place in range(at, min(last, len(words) - 1) + 1):
        if cue.words[number] & words[place] and follows(cue, number + 1, place + 1, words):
            return True
    return False


class Speller:
    """Turns what was typed into words: short forms written out, typos read as the nearest word that cues know."""

    def __init__(self, spelling: dict[str, str], topics: dict[str, tuple[str, ...]], known: Iterable[str]) -> None:
        self._spelling = spelling
        self._phrases = {name: topic for topic, names in topics.items() for name in names}
        self._known = frozenset(known) | spelling.keys()
        self._stems = frozenset(stem(word) for word in self._known)
        self._long = sorted(word for word in self._known if len(word) >= 4 and word.isalpha())
        self._mended = functools.lru_cache(maxsize=4096)(self._nearest)

    def words(self, typed: str) -> tuple[Word, ...]:
        """The words of a clause, in order."""
        text = normal(typed)
        for phrase in self._phrases:
            if " " in phrase:
                text = text.replace(phrase, self._phrases[phrase])
        spelled = (
            part.removesuffix("'s")
            for token in TOKEN.findall(text)
            for part in self._spelling.get(token, token).split()
        )
        return tuple(self._word(token) for token in spelled)

    def knows(self, word: str) -> bool:
        """Whether a word is one that the cues or the common words hold, whatever its ending."""
        low = word.lower().removesuffix("'s")
        return low in self._known or stem(low) in self._stems

    def _word(self, token: str) -> Word:
        if CODE.fullmatch(token):
            return Word(token, token, "{code}")
        if ADDRESS.fullmatch(token):
            return Word(token, token, "{ip}")
        text = token if token in self._known or stem(token) in self._stems else self._mended(token)
        text = self._spelling.get(text, text).split()[0]
        return Word(text, stem(text), "{topic}" if text in self._phrases else "")

    def _nearest(self, token: str) -> str:
        most = allowed(token)
        if not most or not token.isalpha():
            return self._swapped(token)
        best, slips = token, (most + 1, False)
        for word in self._long:
            if abs(len(word) - len(token)) <= most and (word[0] == token[0] or word[:2] == token[1::-1]):
                now = (near(token, word), sorted(word) != sorted(token))
                if now < slips and now[0] <= most:
                    best, slips = word, now
        return best

    def _swapped(self, token: str) -> str:
        """A word of three letters with two of them swapped ("hwo")."""
        if len(token) != 3 or not token.isalpha():
            return token
        swaps = (token[0] + token[2] + token[1], token[1] + token[0] + token[2])
        return next((word for word in swaps if word in self._known), token)
