"""Bytes of a file as text: what people save and servers write, whatever the charset."""

from __future__ import annotations

import codecs

# Windows' PowerShell writes its redirected output as UTF-16 with a mark; Notepad marks UTF-8 too.
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LOOKED_AT = 8192


class NotTextError(ValueError):
    """Bytes that are no text: a picture, an archive, a program."""

    def __init__(self) -> None:
        super().__init__("is not text. Save the mail as .eml or .txt and try again.")


def decoded(data: bytes) -> str:
    """A file's bytes as text: by their mark, as UTF-8, else as Latin-1; raises NotTextError where they are none."""
    for mark, charset in MARKS:
        if data.startswith(mark):
            return data.decode(charset, "replace")
    if b"\0" in data[:LOOKED_AT]:
        raise NotTextError
    return lenient(data)


def lenient(data: bytes) -> str:
    """Bytes as UTF-8, or as Latin-1 where they are none: no byte is lost, and every code and address stays."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
