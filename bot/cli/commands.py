"""``explain``: a code, words, a line, a file or standard input, for people and for programs."""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import json
import pathlib
import sys
from collections.abc import Iterable, Iterator
from typing import IO

import msgspec

from bot.answer import Ours, explain
from bot.cli.large import Tally, summary, tally
from bot.explained import Given, explanation
from bot.reading import decoding
from bot.reading.pieces import pieces
from catalogue import Catalogue

# A file larger than this is summed up piece by piece.
LARGE = 1_000_000
UNDERSTOOD, NOTHING, MISUSED = 0, 1, 2
DECODER = msgspec.json.Decoder(Given)


class UsageError(Exception):
    """Something on the command line that cannot be done; the message says what to do instead."""


@contextlib.contextmanager
def opened(words: list[str]) -> Iterator[tuple[IO[bytes], str, int | None]]:
    """The file, its name and its size in bytes (None: unknown) that the arguments mean; raises UsageError."""
    if words == ["-"]:
        if sys.stdin is None:
            raise UsageError("Standard input is closed: pipe a text into it, or name a file.")
        yield sys.stdin.buffer, "standard input", None
    elif len(words) == 1 and looks_like_file(words[0]):
        path = pathlib.Path(words[0])
        try:
            file, size = path.open("rb"), path.stat().st_size
            file.peek(1)
        except OSError as wrong:
            raise UsageError(f"{words[0]} cannot be read: {wrong.strerror or wrong}.") from wrong
        with file:
            yield file, words[0], size
    else:
        data = " ".join(words).encode("utf-8", "surrogateescape")
        yield io.BytesIO(data), "the text", len(data)


def looks_like_file(word: str) -> bool:
    """Whether a single argument means a file: it exists, or has the ending or the folder of one."""
    if not word.strip() or len(word) > 1000 or "\n" in word or "\0" in word:
        return False
    named = word.startswith(("/", "./", "../")) or word.lower().endswith((".eml", ".txt", ".log", ".json", ".msg"))
    return pathlib.Path(word).exists() or (" " not in word and named)


def decoded(data: bytes, name: str) -> str:
    """Bytes as text; raises UsageError where they are none."""
    try:
        return decoding.decoded(data)
    except decoding.NotTextError as wrong:
        raise UsageError(f"{name} {wrong}") from None


def stream(lines: Iterable[bytes], out: IO[bytes], catalogue: Catalogue, ours: Ours) -> None:
    """One explanation a line, in order, as they come; raises UsageError with the number of a line that is wrong."""
    settled()
    write = msgspec.json.Encoder().encode
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = read_given(line)
        except ValueError as wrong:
            raise UsageError(f'Line {number} is not {{"id", "text", "mode"}} as JSON: {wrong}.') from wrong
        out.write(write(explanation(given, catalogue, ours)) + b"\n")
        if number % 64 == 0:
            out.flush()


def settled() -> None:
    """Spares the garbage collector the catalogue, and looking for cycles after every few answers: they hold none."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def read_given(line: bytes) -> Given:
    """One line of input, also with half a surrogate pair or broken UTF-8, as some write; raises ValueError."""
    try:
        return DECODER.decode(line)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError):
        return msgspec.convert(json.loads(line.decode("utf-8", "replace")), Given)


def run(options: argparse.Namespace, catalogue: Catalogue, ours: Ours) -> int:
    """Carries ``explain`` out and gives its exit status; raises UsageError."""
    if options.jsonl:
        stream(sys.stdin.buffer, sys.stdout.buffer, catalogue, ours)
        sys.stdout.buffer.flush()
        return UNDERSTOOD
    if not options.text:
        raise UsageError("Say what to explain: a code like 451 4.7.1, words, a line of a bounce, a file, or - .")
    with opened(options.text) as (file, name, size):
        begun = file.read(LARGE + 1)
        text = decoded(begun, name)
        if len(begun) > LARGE:
            from bot.cli.summing import watched

            settled()
            sums = tally(watched(pieces(file, begun), name, size), catalogue, ours)
            return sum_up(sums, catalogue, as_json=options.json)
    if options.json:
        made = explanation(Given(text), catalogue, ours)
        sys.stdout.buffer.write(msgspec.json.encode(made) + b"\n")
        return NOTHING if made.silent else UNDERSTOOD
    from bot.cli.printing import show

    answer = explain(text, "asked", catalogue, ours)
    show(answer, catalogue)
    return UNDERSTOOD if answer.causes or answer.nearest else NOTHING


def sum_up(made: Tally, catalogue: Catalogue, *, as_json: bool) -> int:
    """Prints what a big file says, by cause, and gives the exit status."""
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(summary(made)) + b"\n")
    else:
        from bot.cli.summing import show_sums

        show_sums(made, catalogue)
    return UNDERSTOOD if made.sums else NOTHING
