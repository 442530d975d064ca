"""The documentation's pictures are there, small, and what was taken."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.png import SIGNATURE, chunk, opened, paeth, rows, smaller

PROJECT = Path(__file__).parents[1]
LARGEST = 200_000


def filtered(kind: int, row: bytes, above: bytes, step: int) -> bytes:
    """A row as an encoder writes it with a filter of this kind."""
    written = bytearray([kind])
    for x, value in enumerate(row):
        left, corner = (row[x - step], above[x - step]) if x >= step else (0, 0)
        guess = (0, left, above[x], (left + above[x]) // 2, paeth(left, above[x], corner))[kind]
        written.append((value - guess) & 255)
    return bytes(written)


@given(st.lists(st.tuples(st.integers(0, 4), st.binary(min_size=12, max_size=12)), min_size=1, max_size=6))
def test_every_filter_is_undone(lines: list[tuple[int, bytes]]) -> None:
    """Whatever filters a browser chose for a picture's rows, the rows come out as they were."""
    packed, above = b"", bytes(12)
    for kind, row in lines:
        packed += filtered(kind, row, above, 3)
        above = row

    assert [row for _, row in lines] == list(rows(packed, 12, 3))


def test_a_picture_keeps_its_size_and_gets_a_palette() -> None:
    """Of 300 colours the 256 that are used most stay, the others become their nearest."""
    row = b"".join(bytes((n % 256, n // 256, 7)) for n in range(300))
    header = struct.pack(">IIBBBBB", 300, 1, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" + row)), (b"IEND", b""))
    made = smaller(SIGNATURE + b"".join(chunk(kind, data) for kind, data in parts))

    assert made.startswith(SIGNATURE)
    assert (300, 1, 8, 3) == struct.unpack(">IIBB", made[16:26])
    assert 301 == len(zlib.decompress(made[made.index(b"IDAT") + 4 : made.index(b"IEND") - 8]))
    assert (300, 1, 3) == opened(SIGNATURE + b"".join(chunk(kind, data) for kind, data in parts))[:3]


def test_the_pictures_that_the_documentation_shows_are_there_and_small() -> None:
    """Every picture in the README exists; none in docs/ is too large to be loaded with it."""
    named = re.findall(r"\((docs/[\w-]+\.png)\)", (PROJECT / "README.md").read_text("utf-8"))
    pictures = list((PROJECT / "docs").glob("*.png"))

    assert [] == [name for name in named if not (PROJECT / name).exists()]
    assert [] == [picture.name for picture in pictures if picture.stat().st_size > LARGEST]
    assert "docs/card.png" in named
