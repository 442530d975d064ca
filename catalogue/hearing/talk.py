"""What a typed line names: an SMTP code, the subject of a fix, a person's first name."""

from __future__ import annotations

import functools
import pathlib
import re

import msgspec
import rtoml

from catalogue.wording import normal

HERE = pathlib.Path(__file__).parents[1] / "thread"
TOKEN = re.compile(r"[a-z0-9]+(?:[.'/_:-][a-z0-9]+)*")
CODE = re.compile(r"[245]\.\d{1,3}\.\d{1,3}|[2-5]\d\d|[2-5]xx|[a-z]{2,4}-?\d{2,5}|[45]\.\d{1,3}")


class Talk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The subjects of fixes (spf, dkim …), each with the words that name it, and first names."""

    topics: dict[str, tuple[str, ...]]
    names: frozenset[str]


@functools.cache
def talk() -> Talk:
    """What people name, from our files."""
    names = (HERE / "names.txt").read_text(encoding="utf-8").split()
    return msgspec.convert({**rtoml.loads((HERE / "talk.toml").read_text(encoding="utf-8")), "names": names}, Talk)


@functools.cache
def subjects() -> dict[str, str]:
    """The words that name a fix's subject, each with it."""
    return {name: subject for subject, names in talk().topics.items() for name in names}


@functools.cache
def named() -> re.Pattern[str]:
    """Any of those words, the longer ones first."""
    words = sorted(subjects(), key=len, reverse=True)
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, words))})(?![a-z0-9])")


def code(typed: str) -> str:
    """The first SMTP code in what was typed, or ""."""
    return next((token for token in TOKEN.findall(normal(typed)) if CODE.fullmatch(token)), "")


def topic(typed: str) -> str:
    """The subject that is named first (spf, dkim …), or ""."""
    found = named().search(normal(typed))
    return subjects()[found[0]] if found else ""
