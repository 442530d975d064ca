"""Files of a message as Slack describes them, and which of them are worth fetching: values and pure decisions.

Shapes: docs.slack.dev/reference/objects/file-object, and recorded events of emails, snippets and shared files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

# "text" can be read, "packed" is gzip, "mail" an email that Slack made a file of, "outlook" a .msg, "hidden" is only
# named (Slack Connect: files.info tells the rest), "other" is never fetched.
Kind = Literal["text", "packed", "mail", "outlook", "hidden", "other"]

TEXTS = (".eml", ".txt", ".log", ".json", ".jsonl", ".ndjson", ".csv", ".mbox", ".mbx", ".mail", ".msf", ".out", ".err")
# logrotate's mail.log.1, exim's mainlog.01; a log of Exchange or PowerMTA has its date before the ending.
ROTATED = re.compile(r"(?:log|messages|maillog)[.-]\d{1,8}$")
TYPES = frozenset(("message/rfc822", "message/delivery-status", "text/rfc822-headers", "text/plain", "text/csv",
                   "application/json", "text/x-log", "message/feedback-report"))  # fmt: skip
PACKED = (".gz",)
ARCHIVES = (".tar.gz", ".tgz")
# Names of a text that is no bounce whatever its type says: code, pages, notes.
FOREIGN = re.compile(
    r"\.(?:html?|py|js|ts|go|rs|java|c|cc|h|rb|php|sh|ps1|sql|xml|ya?ml|toml|ini|md|diff|patch|css|svg)$"
)
MOST = 10
HELD = 200_000


class Attached(msgspec.Struct, frozen=True):
    """One file of a message: what it is, where it can be fetched, and its ``text`` where the event held all of it.

    ``name`` is shown to people; ``id`` is what files.info wants; ``page`` whether the file is HTML by its own account;
    ``head`` the header lines of an email whose file is only its body.
    """

    kind: Kind
    name: str = ""
    id: str = ""
    url: str = ""
    text: str = ""
    page: bool = False
    head: str = ""

    @property
    def wanted(self) -> bool:
        """Whether the file is fetched: one that can hold a bounce, and that the event did not hold whole."""
        return self.kind == "hidden" or (self.kind in ("text", "packed", "mail") and bool(self.url) and not self.text)


def files_of(message: Mapping[str, Any]) -> tuple[Attached, ...]:
    """The files of a message, also of those shared in it, and the parts of its emails; at most MOST."""
    listed = [*_mappings(message.get("files"))]
    for shared in _mappings(message.get("attachments")):
        listed += _mappings(shared.get("files"))
    found: list[Attached] = []
    for file in listed:
        found.append(attached(file))
        if file.get("mode") == "email":
            found += [part for part in map(enclosed, _mappings(file.get("attachments"))) if part.wanted]
    return tuple(found[:MOST])


def attached(file: Mapping[str, Any]) -> Attached:
    """A file object of an event or of files.info."""
    name = _string(file.get("name")) or _string(file.get("title"))
    url = _string(file.get("url_private_download")) or _string(file.get("url_private"))
    kind = kind_of(file, name.lower())
    text = letter(file) if kind == "mail" else preview(file)
    page = "html" in _string(file.get("mimetype"))
    body = f"{head(file)}Content-Type: text/{'html' if page else 'plain'}\n\n" if kind == "mail" else ""
    return Attached(kind, name[:120], _string(file.get("id")), url, text[:HELD], page, body)


def kind_of(file: Mapping[str, Any], name: str) -> Kind:
    """What a file is by its mode, its name and its type; ``name`` in lower case."""
    mode = file.get("mode")
    if file.get("file_access") == "check_file_info" or mode == "file_access":
        return "hidden" if file.get("id") else "other"
    if file.get("is_external") or mode in ("external", "tombstone", "hidden_by_limit", "space", "docs", "canvas"):
        return "other"
    if mode == "email":
        return "mail"
    return "text" if mode == "snippet" else by_name(name, _string(file.get("mimetype")).partition(";")[0].lower())


def by_name(name: str, mimetype: str) -> Kind:
    """What a file is by its name in lower case and its type."""
    if name.endswith(".msg") or mimetype == "application/vnd.ms-outlook":
        return "outlook"
    if name.endswith(PACKED):
        inner = name.rpartition(".")[0]
        return "other" if name.endswith(ARCHIVES) or by_name(inner, "text/plain") != "text" else "packed"
    if name.endswith(TEXTS) or ROTATED.search(name):
        return "text"
    return "text" if mimetype in TYPES and not FOREIGN.search(name) else "other"


def enclosed(part: Mapping[str, Any]) -> Attached:
    """A part of an email that Slack made a file of: its report, or the mail that came back."""
    name, mimetype = _string(part.get("filename")), _string(part.get("mimetype")).lower()
    kind: Kind = "text" if mimetype in TYPES - {"text/plain"} or name.lower().endswith(".eml") else "other"
    return Attached(kind, name[:120], url=_string(part.get("url")))


def letter(file: Mapping[str, Any]) -> str:
    """An email in the form of a mail, "" where the event holds only the beginning of its text."""
    text = _string(file.get("plain_text")) or ("" if file.get("has_more") else _string(file.get("preview_plain_text")))
    return f"{head(file)}Content-Type: text/plain\n\n{text}" if text.strip() else ""


def head(file: Mapping[str, Any]) -> str:
    """The header lines that Slack keeps of an email."""
    fields = [f"{name}: {_addresses(file.get(name.lower()))}" for name in ("From", "To")]
    headers = file.get("headers")
    date = _string(headers.get("date")) if isinstance(headers, Mapping) else ""
    fields += [f"Subject: {_line(file.get('subject') or file.get('title'))}", f"Date: {_line(date)}"]
    return "\n".join(fields) + "\nMIME-Version: 1.0\n"


def preview(file: Mapping[str, Any]) -> str:
    """The whole of a snippet that is short enough for its event to hold it; "" where it was cut."""
    cut = file.get("preview_is_truncated") or file.get("lines_more")
    return _string(file.get("preview")) if file.get("mode") == "snippet" and not cut else ""


def _addresses(given: object) -> str:
    people = (_string(one.get("original")) or _string(one.get("address")) for one in _mappings(given))
    return _line(", ".join(people))


def _line(given: object) -> str:
    return " ".join(_string(given).split())[:500]


def _string(given: object) -> str:
    return given if isinstance(given, str) else ""


def _mappings(given: object) -> Sequence[Mapping[str, Any]]:
    return [one for one in given if isinstance(one, Mapping)] if isinstance(given, (list, tuple)) else []
