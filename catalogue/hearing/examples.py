"""The examples from which questions are learned: lines as people type them, a file for each who wrote some."""

from __future__ import annotations

import hashlib
import pathlib

import msgspec

CATALOGUE = pathlib.Path(__file__).parents[1]
HERE = CATALOGUE / "thread" / "examples"
PEOPLE = "people"


class Example(msgspec.Struct, frozen=True):
    """A line as it was typed, and what it asks (``steps.spf`` with a fix's subject), or PEOPLE."""

    asks: str
    typed: str


def examples(folder: pathlib.Path = HERE) -> dict[str, tuple[Example, ...]]:
    """All examples by the file that they stand in, in the order of their names."""
    return {file.stem: tuple(read(file.read_text(encoding="utf-8"))) for file in sorted(folder.glob("*.txt"))}


def read(text: str) -> list[Example]:
    """The lines of one file, each with the heading that it stands under (``[retry]``); ``#`` begins a remark."""
    found: list[Example] = []
    asks = PEOPLE
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]"):
            asks = line[1:-1]
        elif line.strip() and not line.startswith("#"):
            found.append(Example(asks, line))
    return found


def digest(folder: pathlib.Path = HERE) -> str:
    """What tells whether the examples, or how they are read, have changed since they were learned from."""
    code = (CATALOGUE / "hearing" / "pieces.py", CATALOGUE / "wording.py")
    whole = hashlib.sha256()
    for file in (*sorted(folder.glob("*.txt")), *code):
        whole.update(file.name.encode() + b"\n" + file.read_bytes())
    return whole.hexdigest()[:16]
