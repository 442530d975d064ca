"""The letters of pictures, from letters.png: a grid of cells in the order of LETTERS, the darker the more is covered.

The picture is made by ``python -m tests.letters`` from DejaVu Sans, whose licence (Bitstream Vera) allows that.
"""

from __future__ import annotations

import functools
import pathlib
import struct
import zlib

LETTERS = "".join(map(chr, (*range(33, 127), *range(0xC0, 0x180)))) + "…–−·"
CELL, HEIGHT, COLUMNS = 28, 30, 32
# Between two letters, and for a blank.
GAP, BLANK = 2, 7
FILE = pathlib.Path(__file__).parent / "letters.png"

Glyph = tuple[tuple[bytes, ...], int]


@functools.lru_cache(maxsize=1)
def sheet() -> tuple[bytes, ...]:
    """The rows of the picture of letters: a byte a pixel, 255 where it is covered."""
    data, at, packed, width = FILE.read_bytes(), 8, b"", 0
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        width = struct.unpack(">I", body[:4])[0] if kind == b"IHDR" else width
        packed += body if kind == b"IDAT" else b""
        at += length + 12
    rows = zlib.decompress(packed)
    return tuple(bytes(255 - level for level in rows[y + 1 : y + 1 + width]) for y in range(0, len(rows), width + 1))


@functools.lru_cache(maxsize=512)
def glyph(letter: str) -> Glyph:
    """A letter's rows, cut to what is covered, and how far the next one is; "?" for what is not in the picture."""
    if letter.isspace():
        return (b"",) * HEIGHT, BLANK
    number = LETTERS.find(letter)
    if number < 0:
        number = LETTERS.index("?")
    top, left = number // COLUMNS * HEIGHT, number % COLUMNS * CELL
    lines = [row[left : left + CELL] for row in sheet()[top : top + HEIGHT]]
    covered = [x for x in range(CELL) if any(line[x] for line in lines)]
    first, last = (covered[0], covered[-1] + 1) if covered else (0, 0)
    return tuple(line[first:last] for line in lines), last - first + GAP


def width(text: str) -> int:
    """How many pixels a line of text is wide."""
    return sum(glyph(letter)[1] for letter in text)


def fitting(text: str, most: int) -> str:
    """A text that is no wider than so many pixels, with … where something is missing."""
    if width(text) <= most:
        return text
    while text and width(f"{text}…") > most:
        text = text[:-1]
    return f"{text.rstrip()}…"
