"""Makes the picture of letters that charts are written with (bot/drawing/letters.png): ``python -m tests.letters``."""

from __future__ import annotations

import struct
import sys
import zlib

from bot.drawing.canvas import SIGNATURE, chunk
from bot.drawing.letters import CELL, COLUMNS, FILE, HEIGHT, LETTERS
from tests.browser.running import chromium

DRAW = """([letters, cell, height, columns]) => {
  const rows = Math.ceil(letters.length / columns);
  const canvas = Object.assign(document.createElement("canvas"), { width: cell * columns, height: height * rows });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "black";
  pen.font = "20px 'DejaVu Sans'";
  letters.forEach((letter, n) => pen.fillText(letter, (n % columns) * cell + 3, Math.floor(n / columns) * height + 22));
  const pixels = pen.getImageData(0, 0, canvas.width, canvas.height).data;
  return Array.from(pixels.filter((_, n) => n % 4 === 0));
}"""


def main() -> int:
    """Draws every letter in its cell, in levels of grey; the exit status."""
    with chromium() as browser:
        page = browser.new_page()
        levels = bytes(page.evaluate(DRAW, [list(LETTERS), CELL, HEIGHT, COLUMNS]))
    wide = CELL * COLUMNS
    lines = [levels[at : at + wide] for at in range(0, len(levels), wide)]
    header = struct.pack(">IIBBBBB", wide, len(lines), 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    FILE.write_bytes(SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
