"""A chart's picture is a PNG of the right size in which each bar is as long as its number."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.drawing import bar_chart
from bot.drawing.canvas import Canvas
from bot.drawing.charts import EDGE, NAMES, SERIES, WIDE
from bot.drawing.letters import LETTERS, fitting, glyph, width
from tests.png import opened, rows

Pixels = list[list[tuple[int, ...]]]


def pixels(picture: bytes) -> Pixels:
    """A picture's pixels, row by row."""
    wide, height, channels, packed = opened(picture)
    found = [
        [tuple(row[x : x + channels]) for x in range(0, len(row), channels)] for row in rows(packed, wide * channels, 3)
    ]
    assert (wide, height) == (len(found[0]), len(found))
    return found


def lengths(found: Pixels, colour: tuple[int, ...]) -> list[int]:
    """How long the bars of a colour are, from the top."""
    lines = [sum(pixel == colour for pixel in row[EDGE + NAMES :]) for row in found]
    return [now for before, now in zip([0, *lines], lines, strict=False) if now and not before]


def test_bars_are_as_long_as_their_numbers() -> None:
    """The longest fills the room; a half is half of it; the least is still seen, and nothing is nothing."""
    found = pixels(bar_chart("Bounces", ("now", "before"), (("a", (1000, 500)), ("b", (1, 0)))))
    now, before = lengths(found, SERIES[0]), lengths(found, SERIES[1])

    assert len(found[0]) == WIDE
    assert (len(now), len(before)) == (2, 1)
    assert before[0] * 2 == now[0]
    assert now[1] == 3


def test_every_letter_can_be_told_from_the_others() -> None:
    """Each is in the picture of letters; what is not there is a question mark."""
    shapes = {letter: glyph(letter) for letter in LETTERS}

    assert [] == [letter for letter, (lines, _) in shapes.items() if not any(map(any, lines))]
    assert len({shapes[letter] for letter in map(chr, range(33, 127))}) == 94
    assert glyph("日") == glyph("?")


@given(st.text(max_size=60), st.integers(20, 400))
def test_a_text_is_cut_to_its_room(text: str, most: int) -> None:
    """Never wider, and whole where it fits."""
    cut = fitting(text, most)

    assert width(cut) <= max(most, width("…"))
    assert cut == text or cut.endswith("…")


@settings(max_examples=25)
@given(st.lists(st.tuples(st.text(max_size=40), st.tuples(st.integers(0, 10**9))), max_size=8), st.text(max_size=90))
def test_whatever_the_names_are_it_is_a_picture(bars: list[tuple[str, tuple[int]]], title: str) -> None:
    """Nothing in a name or a number breaks it."""
    wide, height, channels, packed = opened(bar_chart(title, ("now",), tuple(bars)))

    assert (wide, channels) == (WIDE, 3)
    assert len(packed) == height * (wide * 3 + 1)


def test_what_lies_outside_is_left_out() -> None:
    """Drawing over the edge is no error."""
    canvas = Canvas(4, 3, (255, 255, 255))
    canvas.rectangle(-2, -2, 3, 3, (0, 0, 0))
    canvas.rectangle(3, 2, 9, 9, (0, 0, 0))
    canvas.rectangle(9, 0, 1, 1, (0, 0, 0))
    canvas.text(-3, -40, "W", (0, 0, 0))
    canvas.text(50, 1, "W", (0, 0, 0))

    found = pixels(canvas.png())
    assert (found[0][0], found[2][3], found[0][3], found[2][2]) == (
        (0, 0, 0),
        (0, 0, 0),
        (255, 255, 255),
        (255, 255, 255),
    )
