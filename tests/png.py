"""Makes a screenshot small: at most 256 colours, the rest to their nearest (PNG, ISO/IEC 15948)."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
CHANNELS = {2: 3, 6: 4}


def smaller(png: bytes) -> bytes:
    """The same picture with a palette; takes what Chromium writes (8 bits, RGB or RGBA, not interlaced)."""
    width, height, channels, packed = opened(png)
    pixels = [row[x : x + 3] for row in rows(packed, width * channels, channels) for x in range(0, len(row), channels)]
    common = [colour for colour, _ in Counter(pixels).most_common()]
    index = {colour: number for number, colour in enumerate(common[:COLOURS])}
    for rare in common[COLOURS:]:
        index[rare] = min(range(COLOURS), key=lambda number: distance(common[number], rare))
    lines = (bytes([0, *(index[p] for p in pixels[y * width : (y + 1) * width])]) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    palette = b"".join(common[:COLOURS])
    parts = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(chunk(kind, data) for kind, data in parts)


def distance(one: bytes, other: bytes) -> int:
    """How far two colours are from each other."""
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk with its length and checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def opened(png: bytes) -> tuple[int, int, int, bytes]:
    """Width, height, channels, and the filtered rows."""
    at, data = len(SIGNATURE), b""
    width, height, channels = 0, 0, 0
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, _, colour = struct.unpack(">IIBB", body[:10])
            channels = CHANNELS[colour]
        elif kind == b"IDAT":
            data += body
        at += length + 12
    return width, height, channels, zlib.decompress(data)


def rows(filtered: bytes, size: int, step: int) -> Iterator[bytes]:
    """The rows, their filters undone (section 9 of the standard)."""
    above = bytearray(size)
    for at in range(0, len(filtered), size + 1):
        row = bytearray(filtered[at + 1 : at + 1 + size])
        match filtered[at]:
            case 1:
                for x in range(step, size):
                    row[x] = (row[x] + row[x - step]) & 255
            case 2:
                for x in range(size):
                    row[x] = (row[x] + above[x]) & 255
            case 3:
                for x in range(size):
                    row[x] = (row[x] + ((row[x - step] if x >= step else 0) + above[x]) // 2) & 255
            case 4:
                for x in range(size):
                    left, corner = (row[x - step], above[x - step]) if x >= step else (0, 0)
                    row[x] = (row[x] + paeth(left, above[x], corner)) & 255
        yield bytes(row)
        above = row


def paeth(left: int, above: int, corner: int) -> int:
    """The Paeth predictor."""
    estimate = left + above - corner
    by_left, by_above, by_corner = abs(estimate - left), abs(estimate - above), abs(estimate - corner)
    if by_left <= by_above and by_left <= by_corner:
        return left
    return above if by_above <= by_corner else corner
