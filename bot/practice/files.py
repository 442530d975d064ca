"""Files as Slack describes them in events: hosted uploads, snippets, forwarded e-mail, shared from another company."""

from __future__ import annotations

import mimetypes

from bot.practice.people import JSON
from bot.practice.workspace import new_id

PREVIEW = 500
FILETYPES = {".eml": ("eml", "message/rfc822"), ".txt": ("text", "text/plain"), ".log": ("text", "text/plain")}


def uploaded(
    name: str, content: bytes, user: str, base: str, now: int, *, snippet: bool = False, ident: str = ""
) -> JSON:
    """An uploaded file; a ``snippet`` is text that Slack shows a preview of (cut at some hundred characters)."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    filetype, mimetype = FILETYPES.get(ending, (ending.lstrip(".") or "binary", guessed))
    file = _described(name, "text" if snippet else filetype, "text/plain" if snippet else mimetype, user, now)
    file |= {"id": ident} if ident else {}
    file |= {"mode": "snippet" if snippet else "hosted", "size": len(content), "editable": snippet}
    if snippet or mimetype.startswith("text/"):
        text = content.decode("utf-8", "replace")
        file |= {"preview": text[:PREVIEW], "lines": text.count("\n") + 1, "preview_is_truncated": len(text) > PREVIEW}
    return file | _links(str(file["id"]), name, base)


def forwarded(subject: str, plain_text: str, *, sender: str, to: str, base: str, now: int) -> JSON:
    """An e-mail forwarded to a channel's address: its fields are few, and its download is the HTML body."""
    file = _described(subject, "email", "text/html", "USLACKBOT", now)
    file |= {
        "mode": "email",
        "subject": subject,
        "from": [{"address": sender, "name": sender.partition("@")[0], "original": sender}],
        "to": [{"address": to, "name": "", "original": to}],
        "cc": [],
        "attachments": [],
        "original_attachment_count": 0,
        "plain_text": plain_text,
        "preview": plain_text[:PREVIEW],
        "preview_plain_text": plain_text[:PREVIEW],
        "headers": {
            "date": "",
            "in_reply_to": None,
            "reply_to": None,
            "message_id": f"<{file['id']}@mail.example.com>",
        },
        "has_more": len(plain_text) > PREVIEW,
        "file_access": "visible",
        "size": len(plain_text),
    }
    return file | _links(str(file["id"]), "email.html", base)


def unseen(file: JSON) -> JSON:
    """How a file from another company's workspace (Slack Connect) arrives: ``files.info`` tells the rest."""
    return {"id": file["id"], "mode": "file_access", "file_access": "check_file_info"}


def _described(name: str, filetype: str, mimetype: str, user: str, now: int) -> JSON:
    return {
        "id": new_id("F"),
        "created": now,
        "timestamp": now,
        "name": name,
        "title": name,
        "mimetype": mimetype,
        "filetype": filetype,
        "pretty_type": filetype.upper(),
        "user": user,
        "is_external": False,
        "is_public": True,
    }


def _links(file_id: str, name: str, base: str) -> JSON:
    where = f"{base}files-pri/{file_id}"
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in name)
    return {"url_private": f"{where}/{plain}", "url_private_download": f"{where}/download/{plain}"}
