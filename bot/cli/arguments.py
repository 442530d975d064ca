"""The command line's words, and what is said about wrong ones."""

from __future__ import annotations

import argparse
import difflib
import re
from typing import Any, NoReturn

from bot.cli import catalogue

COMMANDS = ("explain", "catalogue", "doctor", "forget")
EXAMPLES = """\
examples:
  python -m bot                              start: in Slack with tokens in .env, else the practice workspace
  python -m bot explain 451 4.7.1            a code
  python -m bot explain mailbox full         words
  python -m bot explain '550 5.1.1 <…> …'    a line of a log or a bounce, in quotes
  python -m bot explain bounce.eml           a file; - for standard input
  python -m bot catalogue search greylisting
  python -m bot doctor                       what must be mended before the bot can work

exit status: 0 something was explained, 1 nothing was recognised, 2 bad usage, settings, catalogue or file"""
CHOICE = re.compile(r"invalid choice: '?(?P<given>[^']*?)'? \(choose from")


PROGRAM = "python -m bot"


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line, with the way to help, and ends with status 2."""

    def error(self, message: str) -> NoReturn:
        """Ends the program with what to do instead."""
        if found := CHOICE.search(message):
            message = self.unknown(found["given"])
        self.exit(2, f"{message[:1].upper()}{message[1:].rstrip('.')}. Help: {self.prog} --help\n")

    def unknown(self, given: str) -> str:
        """What to say about a word that is none of the choices."""
        if self.prog != PROGRAM:
            return f"{given!r} is none of the choices"
        near = difflib.get_close_matches(given, COMMANDS, 1, 0.6)
        return f"{given!r} is no command. Did you mean: {PROGRAM} {near[0] if near else f'explain {given}'}"


class Layout(argparse.RawDescriptionHelpFormatter):
    """Help whose words stand beside the commands' names."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=16)


def parser(version: str) -> argparse.ArgumentParser:
    """The command line: nothing starts the bot, ``explain`` and ``catalogue`` answer at once."""
    made = Parser(
        prog=PROGRAM,
        description="Explains what mail servers say: in Slack, in the practice workspace, or here.",
        epilog=EXAMPLES,
        formatter_class=Layout,
        allow_abbrev=False,
    )
    made.add_argument("--version", action="version", version=f"smtp-bot {version}", help="print the version")
    commands = made.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    ex = commands.add_parser(
        "explain",
        help="explain a code, words, a pasted line, a file, or - for standard input",
        description="Explains a code, words, a pasted line, a file, or - for standard input.",
        epilog="Exit status: 0 something was explained, 1 nothing was recognised, 2 bad usage or an unreadable file.",
        allow_abbrev=False,
    )
    ex.add_argument("text", nargs="*", metavar="TEXT", help="451 4.7.1 · greylisting · a bounce's line · FILE · -")
    shape = ex.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print one JSON object")
    shape.add_argument("--jsonl", action="store_true", help="read JSON lines {id, text, mode}, write one line each")
    catalogue.add(commands)
    operating(commands)
    return made


def operating(commands: argparse._SubParsersAction[Any]) -> None:
    """Puts what an operator does among the commands."""
    doctor = commands.add_parser(
        "doctor",
        help="look over settings, Slack, database, catalogue and clock",
        description="Looks over settings, tokens, scopes, channels, database, catalogue and clock, and says how to mend"
        " each. Changes nothing, and prints no token.",
        epilog="Exit status: 0 nothing to mend, 1 something to mend.",
        allow_abbrev=False,
    )
    doctor.add_argument("--json", action="store_true", help="print one JSON object")
    forget = commands.add_parser(
        "forget",
        help="delete what the database holds of a channel or a person",
        description="Says what the database holds of channels or people, and deletes it with --yes: rows of a channel;"
        " reminders and marks of a person, and the person's id in all other rows. Reminders are taken back at Slack's.",
        epilog="Exit status: 0 done, 2 bad usage or settings.",
        allow_abbrev=False,
    )
    forget.add_argument("--channel", action="append", default=[], metavar="C…", help="a channel's id")
    forget.add_argument("--user", action="append", default=[], metavar="U…", help="a person's id")
    forget.add_argument("--yes", action="store_true", help="delete it; without this nothing is deleted")
