"""A week as comma-separated values (RFC 4180), for a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from bot.trends.values import Row, Week

HEADER = (
    "entry",
    "cause",
    "reason",
    "provider",
    "posts",
    "posts_week_before",
    "bounces",
    "change",
    "first_seen_utc",
    "last_seen_utc",
)
# What a spreadsheet takes for a formula (owasp.org, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def comma_separated(week: Week) -> str:
    """All causes of a week and those that went, a line each, under a header; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for row in (*week.rows, *week.gone):
        writer.writerow(cells(row, whole=week.span.whole))
    return out.getvalue()


def cells(row: Row, *, whole: bool) -> tuple[str | int, ...]:
    """One cause; without a whole week before, its count there is left empty."""
    change = "gone" if not row.posts else row.fresh or row.posts - row.before
    return (
        harmless(row.sort[0]),
        harmless(row.named.title),
        harmless(row.named.reason),
        harmless(row.named.provider),
        row.posts,
        row.before if whole else "",
        row.bounces,
        change if whole else "",
        stamp(row.first),
        stamp(row.last),
    )


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def stamp(at: float) -> str:
    """A time as 2026-11-25 09:30."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")
