"""What programs have put round the words: log shippers their JSON (journald, Docker, Graylog …), Slack its markup."""

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
LINK = re.compile(
    r"<(?:mailto:)?(?P<target>[^<>|\s]{1,300}@[^<>|\s]{1,300}|https?://[^<>|\s]{1,2000})(?:\|(?P<label>[^<>\n]{0,2000}))?>"
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


def unmarked(text: str) -> str:
    """A text copied as Slack stores it, with its links, addresses and escapes undone; any other as it is."""
    if "&lt;" not in text and "<mailto:" not in text:
        return text
    shown = LINK.sub(lambda m: m["label"] or m["target"], text)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


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
