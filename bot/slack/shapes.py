"""The shapes inside Slack's messages: rich_text and table blocks as text, whatever stands in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


def string(value: Json) -> str:
    """A string, or "" where something else stands."""
    return value if isinstance(value, str) else ""


def mapping(value: Json) -> Mapping[str, Json]:
    """A mapping, or an empty one where something else stands."""
    return value if isinstance(value, Mapping) else {}


def items(value: Json) -> Sequence[Mapping[str, Json]]:
    """The mappings in a list, or none where something else stands."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, (list, tuple)) else []


def rich_text(block: Mapping[str, Json]) -> str:
    """A rich_text block as the text that was typed or pasted, without the marks of quotes, lists and code."""
    return joined([part(element) for element in items(block.get("elements"))])


def part(element: Mapping[str, Json]) -> str:
    """One section, quote, code block or list (whose items are sections)."""
    inner = items(element.get("elements"))
    if element.get("type") == "rich_text_list":
        return joined(["".join(map(inline, items(item.get("elements")))) for item in inner])
    return "".join(map(inline, inner))


def joined(parts: Sequence[str]) -> str:
    """The parts on lines of their own; one that ends its line already (as sections before a list do) gets no second."""
    text = "".join(p if p.endswith("\n") else f"{p}\n" for p in parts)
    return text[:-1] if parts and not parts[-1].endswith("\n") else text


def inline(element: Mapping[str, Json]) -> str:
    """One element of a line, as it was typed."""
    render = INLINE.get(string(element.get("type")))
    return render(element) if render else string(element.get("text"))


def _link(element: Mapping[str, Json]) -> str:
    return string(element.get("text")) or string(element.get("url")).removeprefix("mailto:")


# An emoji's name in the middle of a time or an IPv6 address was never meant as one: 12:08:33 came as 12, :08:, 33.
INLINE: Mapping[str, Callable[[Mapping[str, Json]], str]] = {
    "link": _link,
    "emoji": lambda e: f":{string(e.get('name'))}:",
    "user": lambda e: f"@{string(e.get('user_id'))}",
    "usergroup": lambda e: f"@{string(e.get('usergroup_id'))}",
    "channel": lambda e: f"#{string(e.get('channel_id'))}",
    "broadcast": lambda e: f"@{string(e.get('range'))}",
    "color": lambda e: string(e.get("value")),
    "date": lambda e: string(e.get("fallback")),
}


def table(block: Mapping[str, Json]) -> str:
    """A pasted table: a line a row, a tab between cells."""
    rows = block.get("rows")
    return "\n".join("\t".join(map(cell, items(row))) for row in (rows if isinstance(rows, (list, tuple)) else []))


def cell(given: Mapping[str, Json]) -> str:
    """One cell, of raw text or rich text."""
    return rich_text(given) if given.get("type") == "rich_text" else string(given.get("text"))
