"""Bars of numbers: as Slack's own chart, and in text where a workspace has none."""

from __future__ import annotations

import re

from bot.cards.blocks import Block, clean, cut, quote

# docs.slack.dev/reference/block-kit/blocks/data-visualization-block (since June 2026): a title of 50 characters, labels
# and names of 20, each label once, and one value of every series for every label.
TITLE, LABEL = 50, 20
NAME, WIDTH = 15, 12

BRACKETS = re.compile(r" \([^()]*\)")

# What a bar is called, and its values, one a series.
Bar = tuple[str, tuple[int, ...]]


def chart(title: str, series: tuple[str, ...], bars: tuple[Bar, ...]) -> Block:
    """Bars as Slack draws them, grouped by label; ``series`` names the values."""
    labels = distinct(tuple(name for name, _ in bars))
    return {
        "type": "data_visualization",
        "title": cut(clean(title), TITLE),
        "chart": {
            "type": "bar",
            "series": [
                {
                    "name": cut(name, LABEL),
                    "data": [
                        {"label": label, "value": values[number]}
                        for label, (_, values) in zip(labels, bars, strict=True)
                    ],
                }
                for number, name in enumerate(series)
            ],
            "axis_config": {"categories": list(labels)},
        },
    }


def distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names as labels, each another: those that are alike once they are cut get a number."""
    made: list[str] = []
    for name in names:
        label, number = short(name, LABEL) or "…", 1
        while label in made:
            number += 1
            label = f"{short(name, LABEL - len(str(number)) - 1)} {number}"
        made.append(label)
    return tuple(made)


def short(name: str, most: int) -> str:
    """A name in so many characters: without what stands in brackets, and of several names the first.

    >>> short("Gmail and Google Workspace", 20)
    'Gmail'
    """
    bare = " ".join(BRACKETS.sub("", clean(name)).split())
    return bare if len(bare) <= most else cut(bare.partition(" and ")[0], most)


def in_text(bars: tuple[Bar, ...]) -> Block:
    """The first value of each bar in a line: number, name, bar. A screen reader meets the number and the name first."""
    most = max((values[0] for _, values in bars), default=0) or 1
    digits = len(str(most))
    names = [short(name, NAME) for name, _ in bars]
    wide = max(map(len, names), default=0)
    lines = [
        f"{values[0]:>{digits}} {name:<{wide}} {'█' * length(values[0], most)}".rstrip()
        for name, (_, values) in zip(names, bars, strict=True)
    ]
    return quote("\n".join(lines))


def length(value: int, most: int) -> int:
    """How many characters a bar is long: at least one where there is anything."""
    return max(round(value * WIDTH / most), 1) if value else 0
