"""What a person pasted, got back from what Slack made of it: pure, and no text can make it raise.

Rules: docs.slack.dev/messaging/formatting-message-text and the rich_text block's reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.delivery.attached import attached as attached_file
from bot.slack import shapes
from bot.slack.shapes import Json, items, mapping, string

# Slack's own cap on a message is 40,000 characters; a forwarded email can be longer.
LONGEST = 200_000
CONTROL = re.compile(r"<([^<>]*)>")
FENCE = re.compile(r"\A\s*(```|`)(?!`)(.*?)(?<!`)\1\s*\Z", re.DOTALL)
SURROGATE = re.compile("[\ud800-\udfff]")
MARKS = {"@": "@", "#": "#"}


def undo(event: Mapping[str, Json]) -> str:
    """The text of a message event or a message: its own, of messages shared in it, of tables and emails with it."""
    parts = [own(event), *map(attached, items(event.get("attachments"))), *map(filed, items(event.get("files")))]
    return clean("\n".join(part for part in parts if part.strip()))


def plain(text: str) -> str:
    """Mrkdwn as Slack sends it, turned back: control sequences first, `&amp;` last, or `&amp;lt;` is decoded twice."""
    return clean(unescaped(CONTROL.sub(lambda found: control(found[1]), unfenced(text))))


def clean(text: str) -> str:
    """A text that can be encoded (half of a surrogate pair cannot) and has an end."""
    return SURROGATE.sub("\ufffd", text[:LONGEST])


def own(event: Mapping[str, Json]) -> str:
    """A message's own text: rebuilt from its blocks where a person wrote it, else unescaped.

    Blocks come first: they keep line breaks and what became a quote, a list or an emoji, and are not escaped.
    """
    rich = [block for block in items(event.get("blocks")) if block.get("type") == "rich_text"]
    rebuilt = "\n".join(shapes.rich_text(block) for block in rich)
    if rebuilt.strip():
        return rebuilt
    text = plain(string(event.get("text")))
    return text if text.strip() else "\n".join(lines_of(items(event.get("blocks"))))


def unfenced(text: str) -> str:
    """A text without the code marks round the whole of it."""
    found = FENCE.match(text)
    return found[2].strip("\n") if found and found[1] not in found[2] else text


def control(inside: str) -> str:
    """What one `<…>` stood for: the label that was shown, or else what it names."""
    target, _, label = inside.partition("|")
    if target[:1] in MARKS:
        return f"{target[0]}{label.removeprefix(target[0]) or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    return label or target.removeprefix("mailto:")


def unescaped(text: str) -> str:
    """Slack's three escapes turned back, each once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def attached(attachment: Mapping[str, Json]) -> str:
    """What an attachment adds: a message shared here, a table from a spreadsheet, an app's own fields.

    What Slack shows of a link's page (an unfurl) is nobody's paste, and adds nothing.
    """
    if attachment.get("from_url") and not (attachment.get("is_share") or attachment.get("is_msg_unfurl")):
        return ""
    quoted = [own(mapping(inner.get("message"))) for inner in items(attachment.get("message_blocks"))]
    blocks = list(lines_of(items(attachment.get("blocks"))))
    texts = [plain(string(attachment.get(key))) for key in ("pretext", "text")]
    fields = [plain(string(field.get("value"))) for field in items(attachment.get("fields"))]
    said = [part for part in (quoted or texts) if part.strip()] + [part for part in (*blocks, *fields) if part.strip()]
    files = [filed(file) for file in items(attachment.get("files"))]
    return "\n".join([*said, *filter(None, files)])


def lines_of(blocks: Iterable[Mapping[str, Json]]) -> Iterable[str]:
    """The texts in an app's blocks and in pasted tables, in their order."""
    for block in blocks:
        match block.get("type"):
            case "table":
                yield shapes.table(block)
            case "rich_text":
                yield shapes.rich_text(block)
            case _:
                texts = (mapping(block.get("text")), *items(block.get("fields")), *items(block.get("elements")))
                yield "\n".join(filter(None, map(text_object, texts)))


def text_object(given: Mapping[str, Json]) -> str:
    """A text object's text; only mrkdwn is escaped."""
    said = string(given.get("text"))
    return plain(said) if given.get("type") == "mrkdwn" else said


def filed(file: Mapping[str, Json]) -> str:
    """What an event holds of a file: a forwarded email as a mail, a snippet that is short enough to be whole."""
    return attached_file(file).text
