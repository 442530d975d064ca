"""``explain``: a code, words, a line, a file or standard input, for people and for programs."""

from __future__ import annotations

import argparse
import pathlib
import sys
from collections.abc import Iterable
from typing import IO

import msgspec

from bot.answer import Ours, explain
from bot.cli.explaining import Given, explanation
from catalogue import Catalogue

LARGEST = 64 * 1024 * 1024
UNDERSTOOD, NOTHING, MISUSED = 0, 1, 2


class UsageError(Exception):
    """Something on the command line that cannot be done; the message says what to do instead."""


def parser() -> argparse.ArgumentParser:
    """The command line's words."""
    made = argparse.ArgumentParser(
        prog="python -m bot",
        description="Explain SMTP errors: in Slack, in the practice workspace, or here.",
        epilog="Without a command: starts the bot (in Slack with tokens in .env, else the practice workspace).",
    )
    commands = made.add_subparsers(dest="command", metavar="explain")
    ex = commands.add_parser(
        "explain",
        help="explain a code, words, a pasted line, a file, or - for standard input",
        epilog="Exit status: 0 something was explained, 1 nothing was recognised, 2 bad usage or an unreadable file.",
    )
    ex.add_argument("text", nargs="*", metavar="TEXT", help="451 4.7.1 · greylisting · a bounce's line · FILE · -")
    shape = ex.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print one JSON object")
    shape.add_argument("--jsonl", action="store_true", help="read JSON lines {id, text, mode}, write one line each")
    return made


def read_text(words: list[str]) -> str:
    """The text that the arguments mean: a file's, standard input's, or themselves; raises UsageError."""
    if words == ["-"]:
        return decoded(sys.stdin.buffer.read(LARGEST + 1), "standard input")
    if len(words) == 1 and looks_like_file(words[0]):
        path = pathlib.Path(words[0])
        try:
            with path.open("rb") as file:
                return decoded(file.read(LARGEST + 1), words[0])
        except OSError as wrong:
            raise UsageError(f"{words[0]} cannot be read: {wrong.strerror or wrong}.") from wrong
    return " ".join(words)


def looks_like_file(word: str) -> bool:
    """Whether a single argument means a file: it exists, or has the ending or the folder of one."""
    if len(word) > 1000 or "\n" in word or "\0" in word:
        return False
    return pathlib.Path(word).exists() or (
        " " not in word and word.lower().endswith((".eml", ".txt", ".log", ".json", ".msg"))
    )


def decoded(data: bytes, name: str) -> str:
    """Bytes as text; raises UsageError where they are too many or no text."""
    if len(data) > LARGEST:
        raise UsageError(f"{name} is larger than {LARGEST // 2**20} MB: give the part with the bounce.")
    if b"\0" in data[:8192]:
        raise UsageError(f"{name} is not text. Save the mail as .eml or .txt and try again.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def stream(lines: Iterable[bytes], out: IO[bytes], catalogue: Catalogue, ours: Ours) -> None:
    """One explanation a line, in order, as they come; raises UsageError with the number of a line that is wrong."""
    read, write = msgspec.json.Decoder(Given).decode, msgspec.json.Encoder().encode
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = read(line)
        except msgspec.DecodeError as wrong:
            raise UsageError(f'Line {number} is not {{"id", "text", "mode"}} as JSON: {wrong}.') from wrong
        out.write(write(explanation(given, catalogue, ours)) + b"\n")
        if number % 64 == 0:
            out.flush()


def run(options: argparse.Namespace, catalogue: Catalogue, ours: Ours) -> int:
    """Carries ``explain`` out and gives its exit status; raises UsageError."""
    if options.jsonl:
        stream(sys.stdin.buffer, sys.stdout.buffer, catalogue, ours)
        sys.stdout.buffer.flush()
        return UNDERSTOOD
    if not options.text:
        raise UsageError("Say what to explain: a code like 451 4.7.1, words, a line of a bounce, a file, or - .")
    text = read_text(options.text)
    if options.json:
        made = explanation(Given(text), catalogue, ours)
        sys.stdout.buffer.write(msgspec.json.encode(made) + b"\n")
        return NOTHING if made.silent else UNDERSTOOD
    from bot.cli.printing import show

    answer = explain(text, "asked", catalogue, ours)
    show(answer, catalogue)
    return UNDERSTOOD if answer.causes or answer.nearest else NOTHING
