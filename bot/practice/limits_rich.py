"""The rules of ``rich_text``: which parts hold which elements, and that none is empty."""

from __future__ import annotations

from collections.abc import Iterator

from bot.practice.limits_elements import Problem
from bot.practice.people import JSON

HOLDERS = frozenset(("rich_text_section", "rich_text_preformatted", "rich_text_quote", "rich_text_list"))
LIST_STYLES = ("bullet", "ordered")
# The field that each element cannot be without.
NEEDED = {
    "text": "text",
    "link": "url",
    "emoji": "name",
    "user": "user_id",
    "channel": "channel_id",
    "usergroup": "usergroup_id",
    "broadcast": "range",
    "date": "timestamp",
    "team": "team_id",
    "color": "value",
}
PLAIN = frozenset(("text", "link"))


def rich_text(block: JSON, at: str) -> Iterator[Problem]:
    """What Slack would say against a rich_text block."""
    elements = block.get("elements")
    if not isinstance(elements, list):
        yield f"{at}/elements", "missing required field: elements"
        return
    if not elements:
        yield f"{at}/elements", "must have at least 1 item"
    for number, holder in enumerate(elements):
        yield from _holder(holder, f"{at}/elements/{number}")


def _holder(holder: object, at: str) -> Iterator[Problem]:
    kind = holder.get("type") if isinstance(holder, dict) else None
    if not isinstance(holder, dict) or str(kind) not in HOLDERS:
        yield f"{at}/type", f"unsupported type: {kind}"
        return
    elements = holder.get("elements")
    if not isinstance(elements, list):
        yield f"{at}/elements", "missing required field: elements"
        return
    if kind == "rich_text_list":
        if str(holder.get("style")) not in LIST_STYLES:
            yield f"{at}/style", f"must be one of: {', '.join(LIST_STYLES)}"
        for number, section in enumerate(elements):
            yield from _holder(section, f"{at}/elements/{number}")
        return
    for number, element in enumerate(elements):
        yield from _element(element, f"{at}/elements/{number}", plain=kind == "rich_text_preformatted")


def _element(element: object, at: str, *, plain: bool) -> Iterator[Problem]:
    kind = element.get("type") if isinstance(element, dict) else None
    if not isinstance(element, dict) or str(kind) not in NEEDED or (plain and kind not in PLAIN):
        yield f"{at}/type", f"unsupported type: {kind}"
        return
    needed = NEEDED[str(kind)]
    if needed not in element:
        yield at, f"missing required field: {needed}"
    elif element[needed] == "":
        yield f"{at}/{needed}", "must be more than 0 characters"
