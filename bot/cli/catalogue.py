"""``catalogue``: look entries up, check a team's own, and give the whole of it to other programs."""

from __future__ import annotations

import argparse
import difflib
import pathlib
import sys
from collections.abc import Sequence
from typing import Any

from catalogue import Catalogue, Entry, load

WELL, NOTHING, MISUSED = 0, 1, 2
NEAREST = 5
FOUND = 10


def add(commands: argparse._SubParsersAction[Any]) -> None:
    """Puts ``catalogue`` and what it can do among the commands."""
    made = commands.add_parser(
        "catalogue",
        help="look entries up, check your own, export all of them",
        description="The entries that answers rest on: ours, and your own from the folders in SMTP_BOT_CATALOGUE.",
    )
    words = made.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    show = words.add_parser("show", help="show an entry by its id", description="Show entries by their ids.")
    show.add_argument("ids", nargs="+", metavar="ID", help="an entry's id, like reply.550")
    search = words.add_parser("search", help="find entries by words", description="Find entries by words or a code.")
    search.add_argument("words", nargs="+", metavar="WORDS", help="mailbox full · greylisting · 5.7.1")
    check = words.add_parser(
        "check",
        help="check folders with your own entries",
        description="Check folders with your own entries: what the bot would refuse, samples that lead elsewhere, "
        "advice that would drop a good address, and which texts you take over from our entries.",
        epilog="Exit status: 0 all well (there may be notes), 1 something misleads, 2 something is broken.",
    )
    check.add_argument("folders", nargs="*", metavar="FOLDER", help="default: SMTP_BOT_CATALOGUE, else our own files")
    export = words.add_parser("export", help="print all entries", description="Print all entries for other programs.")
    export.add_argument("--format", choices=("json", "csv", "md"), default="json", help="default: json")
    words.add_parser("schema", help="print the JSON Schema of a file of entries, for editors")


def run(options: argparse.Namespace, folders: Sequence[pathlib.Path]) -> int:
    """Carries an action out and gives its exit status; raises CatalogueError where the folders cannot be read."""
    if options.action == "check":
        return check([pathlib.Path(name) for name in options.folders] or folders)
    catalogue = load(*folders)
    if options.action == "show":
        return show(options.ids, catalogue)
    if options.action == "search":
        return search(" ".join(options.words), catalogue)
    sys.stdout.write(schema(catalogue) if options.action == "schema" else export(options.format, catalogue))
    return WELL


def show(ids: list[str], catalogue: Catalogue) -> int:
    """Prints entries; where there is none of an id, says so with the nearest ids, and gives 1."""
    from bot.cli.entry import rows
    from bot.cli.paper import Paper

    paper, status = Paper(), WELL
    for number, wanted in enumerate(ids):
        entry = catalogue.entries.get(wanted)
        if entry is None:
            sys.stderr.write(f"There is no entry {wanted!r}.{meant(wanted, catalogue)}\n")
            status = NOTHING
            continue
        if number:
            paper.gap()
        paper.title(entry.title, " ".join((*entry.reply, *entry.enhanced)))
        paper.say(entry.meaning)
        paper.breath()
        paper.rows(rows(entry, catalogue))
    return status


def meant(wanted: str, catalogue: Catalogue) -> str:
    """The entries whose ids are nearest to one that there is not, or that a code or words find."""
    near = [entry for entry in catalogue.entries if entry.startswith(wanted)][:NEAREST]
    alike = difflib.SequenceMatcher(b=wanted)
    near += sorted(
        difflib.get_close_matches(wanted, catalogue.entries, 2 * NEAREST, 0.7), key=lambda one: rank(one, alike)
    )
    near += [entry.id for entry in (*catalogue.code(wanted), *catalogue.search(wanted.replace(".", " "), NEAREST))]
    shown = list(dict.fromkeys(near))[:NEAREST]
    return f" Nearest: {', '.join(shown)}." if shown else " Find one: python -m bot catalogue search WORDS"


def rank(entry: str, alike: difflib.SequenceMatcher[str]) -> tuple[float, str]:
    """A key that puts the ids most alike first, and among those the first by name."""
    alike.set_seq1(entry)
    return -alike.ratio(), entry


def search(words: str, catalogue: Catalogue) -> int:
    """Prints the entries that fit best, a line each, best first; 1 where there are none."""
    from bot.cli.paper import Paper

    found: tuple[Entry, ...] = catalogue.code(words) or catalogue.search(words, FOUND)
    if not found:
        sys.stderr.write(f"No entry fits {words!r}: try fewer or other words, or a code.\n")
        return NOTHING
    paper = Paper()
    for entry in found[:FOUND]:
        paper.offer(entry)
    return WELL


def check(folders: Sequence[pathlib.Path]) -> int:
    """Prints all that is wrong with a team's folders: 0 nothing, 1 something misleads, 2 something is broken."""
    from catalogue.review import review

    remarks = review(*folders)
    for remark in remarks:
        sys.stdout.write(f"{remark.weight}: {remark.text}\n")
    weights = [remark.weight for remark in remarks]
    counted = [f"{weights.count(weight)} {weight}" for weight in ("broken", "wrong") if weight in weights]
    notes = weights.count("note")
    said = ", ".join([*counted, f"{notes} note{'s' if notes != 1 else ''}"] if notes else counted) or "all well"
    sys.stdout.write(f"{', '.join(map(str, folders)) or 'our own catalogue'}: {said}\n")
    return MISUSED if "broken" in weights else NOTHING if "wrong" in weights else WELL


def export(form: str, catalogue: Catalogue) -> str:
    """The whole catalogue as ``json``, ``csv`` or ``md``."""
    from catalogue.book import Book
    from catalogue.export import as_csv, as_json

    if form == "md":
        return Book(catalogue).whole()
    return as_csv(catalogue) if form == "csv" else as_json(catalogue)


def schema(catalogue: Catalogue) -> str:
    """The JSON Schema of a file of entries."""
    from catalogue.schema import written

    return written(catalogue.vocabulary)
