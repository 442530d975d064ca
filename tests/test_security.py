"""SECURITY.md names a test for each threat, and each of these tests exists."""

from __future__ import annotations

import ast
import pathlib
import re

ROOT = pathlib.Path(__file__).parent.parent
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


def rows() -> list[str]:
    """The rows of its tables, without their heads."""
    lines = (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith("| ") and not line.startswith(("| threat ", "| --- "))]


def defined(path: pathlib.Path) -> set[str]:
    """The tests that a file defines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_threat_names_a_test_that_exists() -> None:
    """A row without a test, or with one that was renamed, is a promise that nobody holds."""
    named = {row: NAMED.findall(row.rsplit(" | ", 1)[1]) for row in rows()}
    missing = [
        f"{file}::{test}"
        for found in named.values()
        for file, test in found
        if not (ROOT / "tests" / file).exists() or test not in defined(ROOT / "tests" / file)
    ]

    assert len(named) > 25
    assert [] == [row for row, found in named.items() if not found]
    assert [] == missing
