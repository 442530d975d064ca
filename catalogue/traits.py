"""The traits of what somebody typed, by which questions are told from people's talk: words, pairs, threes, letters."""

from __future__ import annotations

import functools
import pathlib
import re
from collections.abc import Iterator

import msgspec
import rtoml

from catalogue.wording import normal

HERE = pathlib.Path(__file__).parent / "thread"
TOKEN = re.compile(r"[a-z0-9{}]+(?:[.'/_:-][a-z0-9{}]+)*|\?|[^\sa-z0-9.,;!]")
# What stands for all of its kind, in this order.
KINDS = (
    ("{code}", re.compile(r"[245]\.\d{1,3}\.\d{1,3}|[2-5]\d\d|[2-5]xx|[a-z]{2,4}-?\d{2,5}|[45]\.\d{1,3}")),
    ("{ip}", re.compile(r"(?:\d{1,3}\.){3}\d{1,3}(?:/\d+)?|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}")),
    ("{number}", re.compile(r"\d+(?:[.:]\d+)*(?:am|pm|h|hrs?|mins?|m|s|k|d|x|%|st|nd|rd|th)?")),
    ("{domain}", re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")),
)
PLACES = (
    (re.compile(r"<?https?://\S+"), " {link} "),
    (re.compile(r"\S+@\S+\.\S+"), " {address} "),
    (re.compile(r":[a-z0-9_+-]+:(?!\d)"), " {emoji} "),
)
CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,14}\b")
VOWELS = frozenset("aeiouy")
GAP = 3
FIRST = 4
LETTERS = 4
# Words whose last letters are no ending.
WHOLE = """
    this his does is was has us yes its as less address access always thus bus plus status dns tls pass miss bring
    thing nothing something anything everything during going being king need seed feed bleed indeed used red bed
"""
KEPT = frozenset(WHOLE.split())


class Talk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How people type: short forms and typos written out, the subjects of fixes, and first names."""

    spelling: dict[str, str]
    topics: dict[str, tuple[str, ...]]
    names: frozenset[str]


@functools.cache
def talk() -> Talk:
    """How people type, from our files."""
    names = (HERE / "names.txt").read_text(encoding="utf-8").split()
    return msgspec.convert({**rtoml.loads((HERE / "talk.toml").read_text(encoding="utf-8")), "names": names}, Talk)


@functools.cache
def subjects() -> dict[str, str]:
    """The words that name a fix's subject (spf, dkim …), each with it."""
    return {name: subject for subject, names in talk().topics.items() for name in names}


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


def words(typed: str) -> tuple[str, ...]:
    """The words of what was typed, short forms written out; ``{code}``, ``{name}`` … for what is one of its kind."""
    return tuple(known for token in tokens(typed) for known in read(token))


def tokens(typed: str) -> list[str]:
    """What was typed, cut into words, codes, addresses and question marks."""
    text = normal(typed)
    for place, kind in PLACES:
        text = place.sub(kind, text)
    for name, subject in subjects().items():
        if " " in name:
            text = text.replace(name, subject)
    return TOKEN.findall(text)


@functools.lru_cache(maxsize=8192)
def read(token: str) -> tuple[str, ...]:
    """One token as words."""
    if token[0] in "{?":
        return (token,)
    for kind, pattern in KINDS:
        if pattern.fullmatch(token):
            return (kind,)
    token = token.removesuffix("'s") if token not in talk().spelling else token
    return ("{name}",) if token in talk().names else tuple(talk().spelling.get(token, token).split())


def code(typed: str) -> str:
    """The first SMTP code in what was typed, or ""."""
    return next((token for token in tokens(typed) if KINDS[0][1].fullmatch(token)), "")


def topic(typed: str) -> str:
    """The subject that is named first (spf, dkim …), or ""."""
    return next((subjects()[word] for word in words(typed) if word in subjects()), "")


def traits(typed: str) -> tuple[str, ...]:
    """The traits of what was typed, each once, in order: words and pairs by their stems, ``^`` and ``$`` the ends."""
    read = words(typed)
    return tuple(
        dict.fromkeys((*of_words(tuple(stem(word) for word in read)), *of_letters(read), *of_form(typed, read)))
    )


def of_words(stems: tuple[str, ...]) -> Iterator[str]:
    """Words, pairs and threes in a row, pairs with up to GAP words between them, and the first words as one."""
    row = ("^", *stems, "$")
    yield from stems
    yield from (f"first {' '.join(stems[:many])}" for many in range(1, FIRST + 1))
    for at, word in enumerate(row):
        yield from (" ".join(row[at : at + many]) for many in (2, 3) if at + many <= len(row))
        yield from (f"{word} … {later}" for later in row[at + 2 : at + 2 + GAP])


def of_letters(read: tuple[str, ...]) -> Iterator[str]:
    """Runs of letters, which typos and endings leave mostly alone."""
    text = f" {' '.join(read)} "
    return (f"#{text[at : at + LETTERS]}" for at in range(len(text) - LETTERS + 1))


def of_form(typed: str, read: tuple[str, ...]) -> Iterator[str]:
    """How it is put: its length, a question mark at its end, a name within."""
    yield f"length {min(8, len(read) // 3)}"
    if typed.rstrip().endswith("?"):
        yield "ends in ?"
    if CAPITAL.search(typed):
        yield "a capital within"
