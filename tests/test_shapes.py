"""What threads read JSON into is worked out while the modules are imported, not by two threads at once."""

from __future__ import annotations

import ast
import importlib
import pathlib
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import msgspec

from bot.slack import payloads
from tests.test_rooms import modules

# The command line and the practice workspace read no structs in threads; the catalogue is read before there are any.
ELSEWHERE = ("bot.cli", "bot.practice", "bot.__main__", "catalogue")
# Where the type stands in a call.
READERS = {"msgspec.convert": 1, "msgspec.json.decode": 1, "msgspec.json.Decoder": 0}
# The door chooses a payload's shape by what the payload says it is.
CHOSEN = {"bot.slack.door": (*payloads.KINDS.values(), *payloads.EVENTS.values(), payloads.Event, payloads.Command)}
LISTED = {name: (importlib.import_module(name), path) for name, path in modules() if not name.startswith(ELSEWHERE)}


def read(name: str, module: ModuleType, path: pathlib.Path) -> Iterator[Any]:
    """The types that a module has msgspec read into."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        at = READERS.get(ast.unparse(node.func)) if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and at is not None:
            given = [*node.args[at : at + 1], *(word.value for word in node.keywords if word.arg == "type")]
            for one in map(ast.unparse, given):
                yield from (vars(module)[one],) if one in vars(module) else CHOSEN[name]


def ready(module: ModuleType) -> Iterator[Any]:
    """The types of the decoders that a module makes while it is imported."""
    for value in vars(module).values():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, msgspec.json.Decoder):
                yield one.type


def test_what_threads_read_into_is_ready() -> None:
    """msgspec 0.22 works out a struct at its first use, and two threads that are both the first end the process."""
    made = {one for module, _ in LISTED.values() for one in ready(module)}
    used = {(name, one) for name, (module, path) in LISTED.items() for one in read(name, module, path)}
    structs = {(name, one) for name, one in used if isinstance(one, type) and issubclass(one, msgspec.Struct)}

    assert [] == sorted(f"{one.__name__} in {name}" for name, one in structs if one not in made)
    assert {"bot.slack.door", "bot.slack.socket", "bot.store.cases", "bot.cards.actions"} <= {
        name for name, _ in structs
    }
