"""The rooms of the house: which may know which, read from the imports themselves."""

from __future__ import annotations

import ast
import pathlib

import pytest

ROOT = pathlib.Path(__file__).parent.parent
# What each room may import of ours; the composition root and the command line's entry may import everything.
ROOMS = {
    "catalogue": {"catalogue"},
    "bot.terms": {"catalogue"},
    "bot.masking": set(),
    "bot.meter": set(),
    "bot.process": set(),
    "bot.serving": set(),
    "bot.health": {"bot.health", "bot.meter"},
    "bot.written": {"catalogue"},
    "bot.trends": {"bot.trends"},
    "bot.drawing": {"bot.drawing"},
    "bot.sides": {"bot.terms", "catalogue"},
    "bot.advice": {"bot.sides", "bot.terms", "catalogue"},
    "bot.suppression": {"bot.terms", "catalogue"},
    "bot.reading": {"bot.reading", "bot.terms", "catalogue.entries"},
    "bot.answer": {"bot.advice", "bot.reading", "bot.sides", "bot.suppression", "bot.terms", "catalogue"},
    "bot.explained": {"bot.answer", "bot.terms", "catalogue"},
    "bot.conversation": {"bot.conversation", "bot.advice", "bot.masking", "bot.sides", "bot.terms", "catalogue"},
    "bot.cards": {"bot.cards", "bot.advice", "bot.masking", "bot.terms", "bot.trends", "catalogue"},
    "bot.store": {"bot.store", "bot.terms", "bot.trends"},
    "bot.checks": {"bot.checks", "bot.terms", "catalogue"},
    "bot.delivery": {"bot.delivery", "bot.checks", "bot.answer", "bot.explained", "bot.reading", "bot.conversation", "bot.cards", "bot.drawing", "bot.store", "bot.masking", "bot.meter", "bot.terms", "bot.trends", "catalogue"},
    "bot.slack": {"bot.slack", "bot.delivery", "bot.meter", "bot.cards", "bot.store", "bot.terms", "catalogue"},
    "bot.cli": {"bot.cli", "bot.advice", "bot.answer", "bot.explained", "bot.reading", "bot.terms", "catalogue"},
    "bot.operator": {"bot.operator", "bot.checks", "bot.delivery.errors", "bot.delivery.paging", "bot.delivery.posting", "bot.settings", "bot.slack.scopes", "bot.starting", "bot.store", "bot.written", "catalogue"},
    "bot.practice": {"bot.practice"},
}  # fmt: skip
SLACK_FACING = {"bot.slack", "bot.operator", "bot.delivery", "bot.app", "bot.practice"}
SQL = {"bot.store"}


def modules() -> list[tuple[str, pathlib.Path]]:
    """Every module of the product, by its dotted name."""
    found = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "catalogue").rglob("*.py")]
    return [
        (".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path)
        for path in sorted(found)
    ]


def imports(path: pathlib.Path) -> set[str]:
    """The modules that a file imports, with the names it takes from ``bot``."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"bot.{alias.name}" for alias in node.names} if node.module == "bot" else {node.module}
    return names


def room_of(module: str) -> str:
    """The room in which a module stands, "" for the composition root."""
    return max((room for room in ROOMS if module == room or module.startswith(room + ".")), key=len, default="")


def within(name: str, allowed: set[str]) -> bool:
    """Whether a module is one of the allowed rooms or in one."""
    return any(name == room or name.startswith(room + ".") for room in allowed)


@pytest.mark.parametrize("room", ROOMS)
def test_arrows_run_one_way(room: str) -> None:
    """A room imports only what the design lets it know."""
    wrong = [
        f"{module} imports {name}"
        for module, path in modules()
        if room_of(module) == room
        for name in sorted(imports(path))
        if name.split(".")[0] in ("bot", "catalogue") and not within(name, ROOMS[room])
    ]

    assert [] == wrong


@pytest.mark.parametrize(("libraries", "rooms"), [(("slack_bolt", "slack_sdk"), SLACK_FACING), (("sqlalchemy",), SQL)])
def test_slack_and_sql_stay_in_their_rooms(libraries: tuple[str, ...], rooms: set[str]) -> None:
    """Only the Slack-facing rooms import Slack's packages, and only the store imports SQL."""
    wrong = [
        module
        for module, path in modules()
        if not within(module, rooms) and any(name.split(".")[0] in libraries for name in imports(path))
    ]

    assert [] == wrong


def test_modules_are_small() -> None:
    """No file is longer than 300 lines."""
    assert [] == [module for module, path in modules() if len(path.read_text(encoding="utf-8").splitlines()) > 300]
