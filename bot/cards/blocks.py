"""Block Kit's pieces, each within Slack's limits (api reference of blocks, seen 2026-11), and text made harmless."""

from __future__ import annotations

import re
from typing import Any

Block = dict[str, Any]

HEADER, SECTION, BUTTON, CONTEXT, PLAIN_OPTION = 150, 3000, 75, 2000, 75
# Control characters, bidirectional overrides, lone surrogates: shown, they would turn a line round or break a post.
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")

URL = re.compile(r"https://[\w.-]+(?:/[^\s<>|`]*[^\s<>|`.,;:!?)\"'])?")


def clean(text: str) -> str:
    """A text without characters that act instead of being read."""
    return HARMFUL.sub("", text)


def escaped(text: str) -> str:
    """A text for mrkdwn: nothing in it pings, links or formats by ``<…>``."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, most: int) -> str:
    """A text of at most so many characters, with … where something is missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def header(text: str) -> Block:
    """The first line of a card."""
    return {"type": "header", "text": plain(clean(text), HEADER)}


def plain(text: str, most: int) -> Block:
    """Plain text, emoji names left alone."""
    return {"type": "plain_text", "text": cut(text, most) or "…", "emoji": False}


def section(mrkdwn: str) -> Block:
    """A paragraph whose text is escaped already."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": cut(mrkdwn, SECTION), "verbatim": True}}


def context(mrkdwn: str) -> Block:
    """A small line."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": cut(mrkdwn, CONTEXT), "verbatim": True}]}


def quote(text: str) -> Block:
    """A pasted line as it was written: rich text, in which nothing is markup."""
    element = {"type": "text", "text": cut(clean(text), CONTEXT) or "…"}
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [element]}]}


def bullets(points: tuple[str, ...], *, ordered: bool, pasted: str = "") -> str:
    """Points as lines of mrkdwn, their pages as links but those of the ``pasted`` text."""
    said = [linked(point, pasted) for point in points]
    return "\n".join(f"{number}. {point}" if ordered else f"• {point}" for number, point in enumerate(said, 1))


def linked(text: str, pasted: str = "") -> str:
    """A text of ours for mrkdwn, with its pages as links: a verbatim text has none of itself.

    Addresses that stand in a ``pasted`` text, and those in commands, stay text.
    """
    parts = escaped(text).split("`")
    known = escaped(pasted)
    return "`".join(
        part if at % 2 else URL.sub(lambda url: url[0] if url[0] in known else f"<{url[0]}>", part)
        for at, part in enumerate(parts)
    )


def button(label: str, action: str, value: str, *, primary: bool = False) -> Block:
    """A button."""
    made: Block = {"type": "button", "text": plain(label, BUTTON), "action_id": action, "value": value}
    return made | {"style": "primary"} if primary else made


def overflow(action: str, options: list[tuple[str, str]]) -> Block:
    """The menu behind the three dots: two to five options of label and value."""
    made = [{"text": plain(label, PLAIN_OPTION), "value": value} for label, value in options[:5]]
    return {"type": "overflow", "action_id": action, "options": made}


def select(placeholder: str, action: str, options: list[tuple[str, str]]) -> Block:
    """A menu with a name: one to a hundred options of label and value."""
    made = [{"text": plain(label, PLAIN_OPTION), "value": value} for label, value in options]
    return {
        "type": "static_select",
        "placeholder": plain(placeholder, PLAIN_OPTION),
        "action_id": action,
        "options": made,
    }


def grouped(placeholder: str, action: str, groups: list[tuple[str, list[tuple[str, str]]]]) -> Block:
    """A menu with a name whose options of label and value stand in groups, each with a heading."""
    made = [
        {
            "label": plain(heading, PLAIN_OPTION),
            "options": [{"text": plain(label, PLAIN_OPTION), "value": value} for label, value in options],
        }
        for heading, options in groups
    ]
    return {
        "type": "static_select",
        "placeholder": plain(placeholder, PLAIN_OPTION),
        "action_id": action,
        "option_groups": made,
    }


def actions(*elements: Block) -> Block:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": list(elements)}
