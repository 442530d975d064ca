"""A canvas of pixels: rectangles, lines of text, and the PNG file (ISO/IEC 15948) that they make."""

from __future__ import annotations

import struct
import zlib

from bot.drawing.letters import HEIGHT, glyph

SIGNATURE = b"\x89PNG\r\n\x1a\n"

Colour = tuple[int, int, int]


class Canvas:
    """``width`` by ``height`` pixels of one colour, to be drawn on from the top left; what lies outside is left out."""

    def __init__(self, width: int, height: int, colour: Colour) -> None:
        self.width, self.height = width, height
        self._rows = [bytearray(bytes(colour) * width) for _ in range(height)]

    def rectangle(self, x: int, y: int, width: int, height: int, colour: Colour) -> None:
        """Fills a rectangle."""
        left, right = max(x, 0), min(x + width, self.width)
        if left >= right:
            return
        for row in self._rows[max(y, 0) : max(y + height, 0)]:
            row[left * 3 : right * 3] = bytes(colour) * (right - left)

    def text(self, x: int, y: int, text: str, colour: Colour) -> None:
        """Writes a line of text whose top left corner is at x, y."""
        for letter in text:
            lines, advance = glyph(letter)
            for down in range(HEIGHT):
                self._blend(x, y + down, lines[down], colour)
            x += advance

    def _blend(self, x: int, y: int, line: bytes, colour: Colour) -> None:
        """Lays one row of a letter over the canvas: each byte says how much of the colour covers its pixel."""
        if not 0 <= y < self.height:
            return
        row = self._rows[y]
        for at, cover in enumerate(line, x):
            if cover and 0 <= at < self.width:
                for channel in range(3):
                    under = row[at * 3 + channel]
                    row[at * 3 + channel] = under + (colour[channel] - under) * cover // 255

    def png(self) -> bytes:
        """The picture as a file."""
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        pixels = zlib.compress(b"".join(b"\0" + row for row in self._rows), 9)
        return SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of the file, with its length and checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
