"""Block Kit's limits as Slack enforces them on blocks: what it would refuse, and in which words.

Sources: docs.slack.dev/reference/block-kit, slack_sdk's validators, bolt-js#2509 for the undocumented total. These
numbers are the practice workspace's own on purpose: a card checked against its own numbers is not checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

from bot.practice.limits_charts import data_visualization
from bot.practice.limits_elements import ACCESSORIES, CONTEXT, IN_ACTIONS, INPUTS, Problem, element, text_object, within
from bot.practice.limits_rich import rich_text
from bot.practice.people import JSON

Surface = Literal["message", "modal", "home"]
BLOCKS = {"message": 50, "modal": 100, "home": 100}
TOTAL = 13_200
MARKDOWN_TOTAL = 12_000
VIEW_BYTES = 250_000


def problems(blocks: object, surface: Surface = "message") -> list[str]:
    """What Slack would say against these blocks, as in ``response_metadata.messages``; empty where it accepts them."""
    return [f"[ERROR] {words} [json-pointer:{pointer}]" for pointer, words in _blocks(blocks, surface)]


def characters(blocks: object) -> int:
    """The characters of all texts in blocks: above ``TOTAL`` Slack answers ``msg_blocks_too_long``."""
    if isinstance(blocks, dict):
        return sum(
            len(value) if key == "text" and isinstance(value, str) else characters(value)
            for key, value in blocks.items()
        )
    return sum(map(characters, blocks)) if isinstance(blocks, list) else 0


def view_problems(view: object) -> list[str]:
    """What Slack would say against a modal or a Home."""
    if not isinstance(view, dict):
        return ["[ERROR] must be an object [json-pointer:/view]"]
    return [f"[ERROR] {words} [json-pointer:/view{pointer}]" for pointer, words in _view(view)]


def _view(view: JSON) -> Iterator[Problem]:
    if view.get("type") == "home":
        yield from _ids(view)
        yield from _blocks(view.get("blocks"), "home")
        return
    if view.get("type") != "modal":
        yield "/type", "must be one of: modal, home"
    yield from text_object(view.get("title"), "/title", 24, kinds=("plain_text",))
    for key in ("submit", "close"):
        if key in view and view[key] is not None:
            yield from text_object(view[key], f"/{key}", 24, kinds=("plain_text",))
    yield from _ids(view)
    yield from _blocks(view.get("blocks"), "modal")
    blocks = view.get("blocks")
    inputs = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if inputs and not view.get("submit"):
        yield "/submit", "missing required field: submit"


def _ids(view: JSON) -> Iterator[Problem]:
    yield from within(view.get("private_metadata", ""), "/private_metadata", 3000, least=0)
    yield from within(view.get("callback_id", ""), "/callback_id", 255, least=0)


def _blocks(blocks: object, surface: Surface) -> Iterator[Problem]:
    if not isinstance(blocks, list):
        yield "/blocks", "must be an array"
        return
    if len(blocks) > BLOCKS[surface]:
        yield "/blocks", f"no more than {BLOCKS[surface]} items allowed"
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        yield from _block(block, f"/blocks/{number}", surface, seen)
    kinds = [block.get("type") for block in blocks if isinstance(block, dict)]
    if kinds.count("table") > 1:
        yield "/blocks", "only one table allowed"
    if kinds.count("data_visualization") > 2:
        yield "/blocks", "no more than 2 data_visualization blocks allowed"
    if sum(len(str(b.get("text", ""))) for b in blocks if isinstance(b, dict) and b.get("type") == "markdown") > (
        MARKDOWN_TOTAL
    ):
        yield "/blocks", f"markdown must be less than {MARKDOWN_TOTAL + 1} characters in total"


def _block(block: object, at: str, surface: Surface, seen: set[str]) -> Iterator[Problem]:
    if not isinstance(block, dict):
        yield at, "must be an object"
        return
    kind = block.get("type")
    check = CHECKS.get(str(kind))
    if check is None or (kind in MODAL_ONLY and surface != "modal"):
        yield f"{at}/type", f"unsupported type: {kind}"
        return
    if "block_id" in block:
        yield from within(block["block_id"], f"{at}/block_id", 255)
        if str(block["block_id"]) in seen:
            yield f"{at}/block_id", "`block_id` must be unique"
        seen.add(str(block["block_id"]))
    yield from _unknown(block, at, str(kind))
    yield from check(block, at)


def _unknown(block: JSON, at: str, kind: str) -> Iterator[Problem]:
    for key in block.keys() - FIELDS[kind] - {"type", "block_id"}:
        yield at, f"additional property {key} is not allowed"


def _section(block: JSON, at: str) -> Iterator[Problem]:
    if "text" not in block and "fields" not in block:
        yield at, "missing required field: text or fields"
    if "text" in block:
        yield from text_object(block["text"], f"{at}/text", 3000)
    if "fields" in block:
        yield from _each(block["fields"], f"{at}/fields", 10, lambda one, where: text_object(one, where, 2000))
    if "accessory" in block:
        yield from element(block["accessory"], f"{at}/accessory", ACCESSORIES)


def _header(block: JSON, at: str) -> Iterator[Problem]:
    yield from text_object(block.get("text"), f"{at}/text", 150, kinds=("plain_text",))


def _context(block: JSON, at: str) -> Iterator[Problem]:
    yield from _each(block.get("elements"), f"{at}/elements", 10, lambda one, where: element(one, where, CONTEXT))


def _actions(block: JSON, at: str) -> Iterator[Problem]:
    yield from _each(block.get("elements"), f"{at}/elements", 25, lambda one, where: element(one, where, IN_ACTIONS))
    yield from _unique(block.get("elements"), at)


def _context_actions(block: JSON, at: str) -> Iterator[Problem]:
    kinds = frozenset(("feedback_buttons", "icon_button"))
    yield from _each(block.get("elements"), f"{at}/elements", 5, lambda one, where: element(one, where, kinds))
    yield from _unique(block.get("elements"), at)


def _unique(elements: object, at: str) -> Iterator[Problem]:
    ids = [one["action_id"] for one in elements if "action_id" in one] if isinstance(elements, list) else []
    for twice in {str(one) for one in ids if ids.count(one) > 1}:
        yield f"{at}/elements", f"`action_id` already exists: {twice}"


def _divider(block: JSON, at: str) -> Iterator[Problem]:
    yield from ()


def _image(block: JSON, at: str) -> Iterator[Problem]:
    if "slack_file" not in block:
        yield from within(block.get("image_url"), f"{at}/image_url", 3000)
    yield from within(block.get("alt_text"), f"{at}/alt_text", 2000)
    if "title" in block:
        yield from text_object(block["title"], f"{at}/title", 2000, kinds=("plain_text",))


def _input(block: JSON, at: str) -> Iterator[Problem]:
    yield from text_object(block.get("label"), f"{at}/label", 2000, kinds=("plain_text",))
    yield from element(block.get("element"), f"{at}/element", INPUTS)
    if "hint" in block:
        yield from text_object(block["hint"], f"{at}/hint", 2000, kinds=("plain_text",))


def _markdown(block: JSON, at: str) -> Iterator[Problem]:
    yield from within(block.get("text"), f"{at}/text", MARKDOWN_TOTAL)


def _alert(block: JSON, at: str) -> Iterator[Problem]:
    yield from text_object(block.get("text"), f"{at}/text", 200)


def _table(block: JSON, at: str) -> Iterator[Problem]:
    def cell(one: object, where: str) -> Iterator[Problem]:
        kind = one.get("type") if isinstance(one, dict) else None
        if isinstance(one, dict) and kind == "rich_text":
            yield from rich_text(one, where)
        elif isinstance(one, dict) and kind == "raw_text":
            yield from within(one.get("text"), f"{where}/text", 3000)
        else:
            yield f"{where}/type", f"unsupported type: {kind}"

    yield from _each(block.get("rows"), f"{at}/rows", 100, lambda row, where: _each(row, where, 20, cell))


def _each(items: object, at: str, most: int, check: Callable[[Any, str], Iterator[Problem]]) -> Iterator[Problem]:
    """A list of one to ``most`` items, each checked."""
    if not isinstance(items, list):
        yield at, f"missing required field: {at.rpartition('/')[2]}"
        return
    if not items:
        yield at, "must have at least 1 item"
    if len(items) > most:
        yield at, f"no more than {most} items allowed"
    for number, item in enumerate(items):
        yield from check(item, f"{at}/{number}")


CHECKS: dict[str, Callable[[JSON, str], Iterator[Problem]]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "context_actions": _context_actions,
    "divider": _divider,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "rich_text": rich_text,
    "table": _table,
    "data_visualization": data_visualization,
    "alert": _alert,
}
# "not supported in chat_postMessage": python-slack-sdk PR#1865.
MODAL_ONLY = frozenset(("alert",))
FIELDS: dict[str, frozenset[str]] = {
    "section": frozenset(("text", "fields", "accessory", "expand")),
    "header": frozenset(("text", "level")),
    "context": frozenset(("elements",)),
    "actions": frozenset(("elements",)),
    "context_actions": frozenset(("elements",)),
    "divider": frozenset(),
    "image": frozenset(("image_url", "slack_file", "alt_text", "title")),
    "input": frozenset(("label", "element", "hint", "optional", "dispatch_action")),
    "markdown": frozenset(("text",)),
    "rich_text": frozenset(("elements",)),
    "table": frozenset(("rows", "column_settings")),
    "data_visualization": frozenset(("title", "chart")),
    "alert": frozenset(("text", "level")),
}
