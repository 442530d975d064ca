"""A chart of bars that lie: a name, and a bar with its number for each of one or two series."""

from __future__ import annotations

from bot.drawing.canvas import Canvas, Colour
from bot.drawing.letters import HEIGHT, fitting, width

# What a bar is called, and its values, one a series.
Bar = tuple[str, tuple[int, ...]]

WIDE, EDGE, NAMES, NUMBER = 1000, 36, 240, 110
THICK, BETWEEN, GROUP = 24, 4, 22
PAPER: Colour = (255, 255, 255)
INK: Colour = (29, 28, 29)
SOFT: Colour = (97, 96, 97)
# Readable side by side without telling colours apart: one dark, one light.
SERIES: tuple[Colour, ...] = ((18, 100, 163), (169, 196, 217))


def bar_chart(title: str, series: tuple[str, ...], bars: tuple[Bar, ...]) -> bytes:
    """A PNG file, 1,000 pixels wide, on white: readable in a light and in a dark window."""
    lines = max(len(series), 1)
    group = lines * (THICK + BETWEEN) + GROUP
    top = EDGE + HEIGHT + 14 + (HEIGHT + 22)
    canvas = Canvas(WIDE, top + len(bars) * group + EDGE - GROUP, PAPER)
    canvas.text(EDGE, EDGE, fitting(title, WIDE - 2 * EDGE), INK)
    legend(canvas, EDGE + HEIGHT + 14, series)
    most = max((value for _, values in bars for value in values), default=0) or 1
    for number, (name, values) in enumerate(bars):
        y = top + number * group
        canvas.text(EDGE, y + (group - GROUP - HEIGHT) // 2, fitting(name, NAMES - 16), INK)
        for line, value in enumerate(values[:lines]):
            drawn(canvas, y + line * (THICK + BETWEEN), value, most, SERIES[line % len(SERIES)])
    return canvas.png()


def drawn(canvas: Canvas, y: int, value: int, most: int, colour: Colour) -> None:
    """One bar and its number; what is there at all is seen."""
    room = WIDE - 2 * EDGE - NAMES - NUMBER
    length = max(round(value * room / most), 3) if value > 0 else 0
    canvas.rectangle(EDGE + NAMES, y, length, THICK, colour)
    canvas.text(EDGE + NAMES + length + 10, y - 3, f"{value:,}", SOFT)


def legend(canvas: Canvas, y: int, series: tuple[str, ...]) -> None:
    """What each colour stands for."""
    x = EDGE
    for number, name in enumerate(series):
        canvas.rectangle(x, y + 7, 16, 16, SERIES[number % len(SERIES)])
        canvas.text(x + 26, y, name, SOFT)
        x += 26 + width(name) + 36
