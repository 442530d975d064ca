"""Log lines that a log shipper has wrapped in JSON, an object a line: journald, Docker, Loki, Graylog, Cloud Logging."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

# Where a shipper puts the line that the program wrote.
KEYS = (
    "MESSAGE",
    "message",
    "log",
    "msg",
    "@message",
    "short_message",
    "full_message",
    "textPayload",
    "_raw",
    "line",
    "raw",
)
LINE = re.compile(
    r"\bstatus=(?:bounced|deferred|sent|expired|undeliverable)\b|\bstat=|\bNOQUEUE: | (?:\*\*|==) \S+@| rejected (?:RCPT|after DATA)"
    r"|\bdelivery \d+: (?:failure|deferral): |\bresult=\"?(?:Perm|Temp)Fail"
)
DECODER = json.JSONDecoder(strict=False)
MOST = 100_000


def values(text: str) -> Iterator[Any]:
    """The JSON values that a text consists of, one after the other, with commas or nothing between them; stops at what is none."""
    at = 0
    for _ in range(MOST):
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        if text[at : at + 1] not in ("{", "["):
            return
        try:
            value, at = DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield value


def unwrapped(text: str) -> str:
    """The lines that a log shipper wrapped, or the text as it is where it holds none."""
    if text.lstrip()[:1] not in ("{", "[") or not LINE.search(text):
        return text
    lines = [line for value in values(text) for line in messages(value)]
    return "\n".join(lines) if any(map(LINE.search, lines)) else text


def messages(value: Any) -> Iterator[str]:
    """The lines in one value: an object's, or those of the objects in a list."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            found = next((item[key] for key in KEYS if isinstance(item.get(key), str)), None)
            if found is not None:
                yield found.rstrip("\n")
