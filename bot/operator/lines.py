"""What the doctor found, a line each, and how it is printed."""

from __future__ import annotations

from typing import Literal

import msgspec

State = Literal["ok", "note", "mend"]
WELL, TO_MEND = 0, 1


class Line(msgspec.Struct, frozen=True):
    """One thing that was looked at: ``mend`` must be mended, as ``said`` says; a ``note`` is for information."""

    area: str
    name: str
    state: State
    said: str


def ok(area: str, name: str, said: str) -> Line:
    """All is well."""
    return Line(area, name, "ok", said)


def note(area: str, name: str, said: str) -> Line:
    """Something to know, and nothing to mend."""
    return Line(area, name, "note", said)


def mend(area: str, name: str, said: str) -> Line:
    """Something to mend; ``said`` is how."""
    return Line(area, name, "mend", said)


def status(lines: list[Line]) -> int:
    """The exit status: 0 where nothing must be mended, else 1."""
    return TO_MEND if any(line.state == "mend" for line in lines) else WELL


def shown(lines: list[Line]) -> str:
    """All lines for people, by area, and a last one with the sum."""
    wide = max((len(line.name) for line in lines), default=0)
    rows: list[str] = []
    area = ""
    for line in lines:
        rows += ["", line.area] if line.area != area and rows else [line.area] if line.area != area else []
        area = line.area
        rows.append(f"  {line.state:4}  {line.name:{wide}}  {line.said}")
    count = sum(line.state == "mend" for line in lines)
    return "\n".join((*rows, "", f"{count} to mend." if count else "Nothing to mend.")) + "\n"


def as_json(lines: list[Line]) -> bytes:
    """The same as one JSON object: ``well`` and ``lines``."""
    return msgspec.json.encode({"well": status(lines) == WELL, "lines": lines}) + b"\n"
