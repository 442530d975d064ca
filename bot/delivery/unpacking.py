"""A fetched file's bytes as texts to read: unpacked within a cap, decoded, in pieces where it is big."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

from bot.reading.decoding import NotTextError, decoded
from bot.reading.pieces import Piece, pieces
from bot.terms import Mode

# A file of at most so many bytes is read as one text, a bigger one in pieces.
SMALL = 1_000_000
GZIP = b"\x1f\x8b"
STEP = 1024 * 1024


def unpacked(data: bytes, most: int) -> tuple[bytes, bool]:
    """The first ``most`` bytes of a gzip file, members one after another (RFC 1952), and whether there are more.

    Where the file is cut or broken, what stands before that. What is no gzip is given back.
    """
    made = bytearray()
    while data.startswith(GZIP) and len(made) <= most:
        stream = zlib.decompressobj(wbits=31)
        try:
            while data and not stream.eof and len(made) <= most:
                made += stream.decompress(data, STEP)
                data = stream.unconsumed_tail
        except zlib.error:
            return bytes(made[:most]), True
        data = stream.unused_data
        if not stream.eof:
            break
    if not made:
        return data[:most], len(data) > most
    return bytes(made[:most]), len(made) > most


def texts(data: bytes, mode: Mode) -> Iterator[Piece]:
    """What a file says, to be read one by one; nothing where it is no text. ``mode`` "channel" reads all strictly."""
    try:
        text = decoded(data)
    except NotTextError:
        return
    if len(data) <= SMALL:
        yield Piece(text, len(data), mode)
        return
    for part in pieces(io.BytesIO(text.encode("utf-8", "surrogateescape"))):
        yield part if mode == "asked" else Piece(part.text, part.size, "channel", part.cut)
