"""Block Kit's limits on charts (docs.slack.dev, data visualization block, June 2026)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.practice.limits_elements import Problem, within
from bot.practice.people import JSON

# The page says six, slack_sdk's pull request 1899 too; other clients have seen twelve taken.
SERIES, POINTS, LABEL, TITLE = 6, 20, 20, 50
KINDS = ("pie", "bar", "area", "line")


def data_visualization(block: JSON, at: str) -> Iterator[Problem]:
    """A title and a chart: the segments of a pie, or series over categories."""
    yield from within(block.get("title"), f"{at}/title", TITLE)
    chart = block.get("chart")
    if not isinstance(chart, dict):
        yield f"{at}/chart", "missing required field: chart"
    elif str(chart.get("type")) not in KINDS:
        yield f"{at}/chart/type", f"must be one of: {', '.join(KINDS)}"
    elif chart["type"] == "pie":
        yield from _points(chart.get("segments"), f"{at}/chart/segments", SERIES, least=0.0)
    else:
        yield from _series(chart, f"{at}/chart")


def _series(chart: JSON, at: str) -> Iterator[Problem]:
    config: Any = chart.get("axis_config")
    categories: Any = config.get("categories") if isinstance(config, dict) else None
    if not isinstance(categories, list) or not 1 <= len(categories) <= POINTS:
        yield f"{at}/axis_config/categories", f"must have 1 to {POINTS} items"
        return
    for number, label in enumerate(categories):
        yield from within(label, f"{at}/axis_config/categories/{number}", LABEL)
    if len(set(categories)) < len(categories):
        yield f"{at}/axis_config/categories", "must be unique"
    series: Any = chart.get("series")
    if not isinstance(series, list) or not 1 <= len(series) <= SERIES:
        yield f"{at}/series", f"must have 1 to {SERIES} items"
        return
    names = [one.get("name") for one in series if isinstance(one, dict)]
    if len(set(map(str, names))) < len(series):
        yield f"{at}/series", "names must be unique"
    for number, one in enumerate(series):
        where = f"{at}/series/{number}"
        yield from within(one.get("name"), f"{where}/name", LABEL)
        yield from _points(one.get("data"), f"{where}/data", POINTS)
        if {str(p.get("label")) for p in one.get("data") or () if isinstance(p, dict)} != set(categories):
            yield f"{where}/data", "labels must match the categories"


def _points(points: Any, at: str, most: int, *, least: float | None = None) -> Iterator[Problem]:
    if not isinstance(points, list) or not 1 <= len(points) <= most:
        yield at, f"must have 1 to {most} items"
        return
    for number, point in enumerate(points):
        value = point.get("value") if isinstance(point, dict) else None
        yield from within(point.get("label") if isinstance(point, dict) else None, f"{at}/{number}/label", LABEL)
        if not isinstance(value, (int, float)) or isinstance(value, bool) or (least is not None and value <= least):
            yield f"{at}/{number}/value", "must be a number" if least is None else "must be more than 0"
