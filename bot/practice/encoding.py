"""What a person types, as Slack's composer sends it: escaped ``text`` with links, and ``rich_text`` blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from bot.practice.people import JSON

_TLDS = (
    "com|net|org|edu|gov|mil|int|info|biz|io|co|us|eu|uk|de|fr|ch|at|nl|be|it|es|pt|se|no|fi|dk|pl|cz|ru|ua|cn|jp|kr|in"
    "|br|mx|ar|au|ca|nz|za|tw|hk|sg|me|tv|ai|app|dev|cloud|email|online|xyz|site|top|shop|tech"
)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_LINK = re.compile(
    rf"(?P<mail>(?<![\w.+%-])[\w.+%-]{{1,64}}@(?:{_LABEL}\.){{1,10}}[A-Za-z]{{2,24}}(?![\w-]))"
    r"|(?P<url>https?://[^\s<>|\"`]+)"
    rf"|(?P<host>(?<![\w@/.:-])(?:{_LABEL}\.){{1,10}}(?:{_TLDS})(?![\w@-]|\.\w)(?::\d{{2,5}}\b)?(?:/[^\s<>|\"`]*)?)"
    r"|(?P<emoji>:[a-z0-9_+-]{1,40}:)"
    r"|(?P<user>(?<![\w.@])@[\w-]{1,40}(?!\w|\.\w))"
    r"|(?P<channel>(?<![\w#&])#[a-z0-9_-]{1,80}(?!\w))"
)
_STYLED = re.compile(
    r"(?P<code>`[^`\n]+`)"
    r"|(?<![\w*])(?P<bold>\*(?=[^\s*])[^*\n]{0,3000}?[^\s*]\*|\*[^\s*]\*)(?![\w*])"
    r"|(?<![\w_])(?P<italic>_(?=[^\s_])[^_\n]{0,3000}?[^\s_]_|_[^\s_]_)(?![\w_@.])"
    r"|(?<![\w~])(?P<strike>~(?=[^\s~])[^~\n]{0,3000}?[^\s~]~|~[^\s~]~)(?![\w~])"
)
_FENCE = re.compile(r"```(.*?)```", re.DOTALL)
_TRAILING = ".,;:!?)]}'*_~"
# The ones that logs and chat really hold between colons; Slack knows some 3,600.
_EMOJI_NAMES = (
    "100 1234 +1 -1 a abc b back bangbang bell boom bug calendar email end envelope eyes fire free gear id key link "
    "lock m mag mailbox mega new ng o ok on pray question rocket smile soon sos tada top up us v vs warning wave "
    "hourglass incoming_envelope information_source outbox_tray rotating_light slightly_smiling_face sweat_smile "
    "thinking_face thumbsup white_check_mark x zap zzz"
)
EMOJI = frozenset(_EMOJI_NAMES.split())


@dataclass(frozen=True)
class Names:
    """Whom ``@name`` and ``#name`` mean: ids by name."""

    users: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)


def encode(raw: str, names: Names | None = None) -> tuple[str, list[JSON]]:
    """The ``text`` and ``blocks`` of what was typed or pasted: one rich_text block, none for blank text.

    Escaping as in docs.slack.dev/messaging/formatting-message-text: ``&``, ``<`` and ``>`` and only these three.
    """
    clean = raw.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    known = names or Names()
    segments = list(_segments(clean))
    text = "".join(_as_text(kind, written, content, known) for kind, written, content in segments)
    elements = []
    for kind, _, content in segments:
        # A section loses its line breaks towards a neighbour: the neighbour is a block of its own.
        shown = content.strip("\n") if len(segments) > 1 else content
        plain = kind == "rich_text_preformatted"
        if parts := list(_parts(shown, Names()) if plain else _styled(shown, known)):
            elements.append({"type": kind, "elements": parts})
    if not clean.strip():
        return text, []
    # Quote marks around nothing are words.
    bare = [{"type": "rich_text_section", "elements": [{"type": "text", "text": clean}]}]
    return text, [{"type": "rich_text", "elements": elements or bare}]


def escape(text: str) -> str:
    """Text with Slack's three escapes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _segments(raw: str) -> Iterator[tuple[str, str, str]]:
    """The kinds of rich_text that follow each other: kind, as written, content without fences and quote marks."""
    at = 0
    for fence in _FENCE.finditer(raw):
        if not fence[1].strip():
            continue
        yield from _lines(raw[at : fence.start()])
        yield "rich_text_preformatted", fence[0], fence[1].strip("\n")
        at = fence.end()
    yield from _lines(raw[at:])


def _lines(raw: str) -> Iterator[tuple[str, str, str]]:
    """Sections and quotes of text outside fences: lines that begin with ``>`` in a row are one quote."""
    for quoted, lines in groupby(re.findall(r"[^\n]*\n|[^\n]+", raw), key=lambda line: line.startswith(">")):
        group = list(lines)
        written = "".join(group)
        if quoted:
            yield "rich_text_quote", written, "".join(line[1:].removeprefix(" ") for line in group).rstrip("\n")
        else:
            yield "rich_text_section", written, written


def _as_text(kind: str, written: str, content: str, names: Names) -> str:
    if kind == "rich_text_preformatted":
        lead, _, tail = written.partition(content)
        return lead + "".join(map(_written, _parts(content, Names()))) + tail
    return "".join(map(_written, _styled(written, names, keep=True)))


def _styled(text: str, names: Names, *, keep: bool = False) -> Iterator[JSON]:
    """Elements with their style; with ``keep`` the marks travel along as text, for ``text`` holds them."""
    at = 0
    for match in _STYLED.finditer(text):
        yield from _parts(text[at : match.start()], names)
        style, mark, inner = str(match.lastgroup), match[0][0], match[0][1:-1]
        inside = [{"type": "text", "text": inner}] if style == "code" else list(_parts(inner, names))
        if keep:
            yield from ({"type": "text", "text": mark}, *inside, {"type": "text", "text": mark})
        else:
            yield from ({**part, "style": {style: True}} for part in inside)
        at = match.end()
    yield from _parts(text[at:], names)


def _parts(text: str, names: Names) -> Iterator[JSON]:
    """Plain text cut at what Slack's client recognises: links, addresses, emoji, people, channels."""
    at = 0
    for match in _LINK.finditer(text):
        found = _element(str(match.lastgroup), match[0], names)
        if found is None:
            continue
        element, length = found
        if match.start() > at:
            yield {"type": "text", "text": text[at : match.start()]}
        yield element
        at = match.start() + length
    if at < len(text):
        yield {"type": "text", "text": text[at:]}


def _element(kind: str, written: str, names: Names) -> tuple[JSON, int] | None:
    """The element for what was recognised and how many characters it takes; None where it is only text."""
    if kind == "mail":
        return {"type": "link", "url": f"mailto:{written}", "text": written}, len(written)
    if kind in ("url", "host"):
        link = written.rstrip(_TRAILING)
        if kind == "host":
            return {"type": "link", "url": f"http://{link}", "text": link}, len(link)
        return ({"type": "link", "url": link}, len(link)) if len(link) > len("https://") else None
    name = written.strip(":") if kind == "emoji" else written[1:]
    if kind == "emoji":
        return ({"type": "emoji", "name": name}, len(written)) if name in EMOJI else None
    if kind == "user" and name in ("here", "channel", "everyone"):
        return {"type": "broadcast", "range": name}, len(written)
    known = names.users if kind == "user" else names.channels
    if name not in known:
        return None
    return {"type": kind, f"{kind}_id": known[name]}, len(written)


def _written(element: JSON) -> str:
    """An element as ``text`` has it."""
    match element["type"]:
        case "link" if "text" in element:
            return f"<{escape(element['url'])}|{escape(element['text'])}>"
        case "link":
            return f"<{escape(element['url'])}>"
        case "emoji":
            return f":{element['name']}:"
        case "user":
            return f"<@{element['user_id']}>"
        case "channel":
            return f"<#{element['channel_id']}>"
        case "broadcast":
            return f"<!{element['range']}>"
    return escape(element["text"])
