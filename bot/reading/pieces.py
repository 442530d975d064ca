"""A file in pieces that are read one by one, so that a log of any size takes the same memory."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import IO

import msgspec

from bot.reading.decoding import lenient
from bot.reading.mail import is_mail
from bot.terms import Mode

# So small that no piece of a log, two of these at most, holds more lines than findings are kept of one text.
PIECE = 64 * 1024
# A mail or a JSON document stays whole up to here; what a bounce says stands before the mail that it returns.
WHOLE = 2_000_000
MBOX = re.compile(rb"^From \S+ {1,9}\w{3} \w{3} {1,2}\d{1,2} ", re.MULTILINE)


class Piece(msgspec.Struct, frozen=True):
    """A part of a file that is read by itself; ``size`` in bytes; ``cut`` whether something is missing at its end.

    A log's lines must look like a server's (``mode``); a mail was given to be explained.
    """

    text: str
    size: int
    mode: Mode = "channel"
    cut: bool = False


def pieces(file: IO[bytes], begun: bytes = b"") -> Iterator[Piece]:
    """A file in pieces: a mailbox by mails, a mail or JSON document whole (up to WHOLE bytes), a log by whole lines."""
    begun += file.read(max(0, PIECE - len(begun)))
    start = begun[:6000].decode("utf-8", "replace")
    if MBOX.match(begun) and is_mail(start):
        yield from mails(file, begun)
    elif is_mail(start) or is_document(begun):
        begun += file.read(WHOLE - len(begun))
        more = len(file.read(1))
        yield piece(begun, "asked", cut=bool(more))
    else:
        yield from (piece(part, "channel", cut=cut) for part, cut in logged(file, begun))


def is_document(begun: bytes) -> bool:
    """Whether a file is one JSON value over many lines; JSON lines, an object each, can be read like a log."""
    first = begun.lstrip()[:1]
    line = begun.lstrip().partition(b"\n")[0].rstrip()
    return first == b"[" or (first == b"{" and not line.endswith(b"}"))


def logged(file: IO[bytes], rest: bytes) -> Iterator[tuple[bytes, bool]]:
    """The lines of a log, as many as fit into a piece; a line that is longer than that is cut there."""
    begun, rest = rest, b""
    first = (begun[at : at + PIECE] for at in range(0, len(begun), PIECE))
    for part in itertools.chain(first, iter(lambda: file.read(PIECE), b"")):
        rest += part
        if len(rest) < PIECE:
            continue
        whole = rest.rfind(b"\n") + 1
        yield (rest[:whole], False) if whole else (rest, True)
        rest = rest[whole:] if whole else b""
    if rest:
        yield rest, False


def mails(file: IO[bytes], rest: bytes) -> Iterator[Piece]:
    """The mails of a mailbox (mbox), each cut after WHOLE bytes."""
    for part in itertools.chain(iter(lambda: file.read(PIECE), b""), [b""]):
        rest += part
        *done, rest = MBOX.split(rest) if part else [*MBOX.split(rest), b""]
        for mail in done:
            if mail:
                yield piece(mail.partition(b"\n")[2][:WHOLE], "asked", cut=len(mail) > WHOLE, size=len(mail))
        if len(rest) > 2 * WHOLE:
            rest = rest[:WHOLE] + rest[-100:]


def piece(data: bytes, mode: Mode, *, cut: bool, size: int = 0) -> Piece:
    """Bytes as a piece of text: as UTF-8, else as Latin-1."""
    return Piece(lenient(data), size or len(data), mode, cut)
