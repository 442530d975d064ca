"""Runs the measurements: all of them, or those named (``python -m tests.bench slack``)."""

from __future__ import annotations

import importlib
import pathlib
import sys


def measurements() -> list[str]:
    """The modules that measure, in alphabetical order: those that define ``main``."""
    files = sorted(pathlib.Path(__file__).parent.glob("*.py"))
    return [path.stem for path in files if path.stem[0] != "_" and "\ndef main(" in path.read_text(encoding="utf-8")]


def run(wanted: list[str]) -> int:
    """Runs the measurements that are wanted (none named: all); 2 where one is unknown."""
    known = measurements()
    if unknown := [name for name in wanted if name not in known]:
        sys.stderr.write(f"There is no measurement {', '.join(unknown)}. There are: {', '.join(known)}.\n")
        return 2
    for name in wanted or known:
        sys.stdout.write(f"\n== {name} ==\n")
        sys.stdout.flush()
        importlib.import_module(f"tests.bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
