"""For those who tend the catalogue; what a reader needs is ``python -m bot catalogue``.

``python -m catalogue [FILE …]`` prints samples that lead astray, ``docs`` writes the reference; ``teach`` learns from
thread/examples, ``why LINE`` says what a typed line is taken for, ``measure`` how an unseen writer fares.
"""

from __future__ import annotations

import pathlib
import sys

from catalogue import Catalogue, CatalogueError, examples, hearing, load, measuring, teaching
from catalogue.book import MADE, Book
from catalogue.checking import strays
from catalogue.schema import written

ROOT = pathlib.Path(__file__).parent.parent
DOCS = ROOT / "docs"
SCHEMA = ROOT / "catalogue" / "schema.json"


def main(words: list[str]) -> int:
    """0 where every sample leads to its own entry, 1 where one does not, 2 where a file is broken."""
    if words and words[0] in COMMANDS:
        return COMMANDS[words[0]](words[1:])
    try:
        catalogue = load()
    except CatalogueError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    return docs(catalogue) if words == ["docs"] else samples(catalogue, words)


def samples(catalogue: Catalogue, files: list[str]) -> int:
    """Prints the samples of the given files, or of all, that lead astray; 1 where there are any."""
    astray = 0
    for of in [name.removeprefix("catalogue/") for name in files] or [""]:
        for entry, sample, where in strays(catalogue, of=of):
            sys.stdout.write(f"{entry.id}: {sample!r} {where}\n")
            astray += 1
    sys.stdout.write(f"{len(catalogue.entries)} entries, {astray} samples astray\n")
    return 1 if astray else 0


def docs(catalogue: Catalogue) -> int:
    """Writes the reference and the schema, and takes away the pages of groups that are gone; 0."""
    files = Book(catalogue).files()
    for name, text in files.items():
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(text, encoding="utf-8")
    for page in (DOCS / "catalogue").rglob("*.md"):
        if page.relative_to(DOCS).as_posix() not in files and page.read_text(encoding="utf-8").startswith(MADE):
            page.unlink()
    SCHEMA.write_text(written(catalogue.vocabulary), encoding="utf-8")
    sys.stdout.write(f"{len(files)} pages from {len(catalogue.entries)} entries in docs/, and catalogue/schema.json\n")
    return 0


def teach(_words: list[str]) -> int:
    """Learns from the examples anew, and writes what was learned; 0."""
    lesson = teaching.learned([one for lines in examples.examples().values() for one in lines])
    hearing.FILE.write_text(hearing.written(lesson, examples.digest()), encoding="utf-8")
    sys.stdout.write(f"{len(lesson.weights)} traits of {len(lesson.classes)} classes in {hearing.FILE.name}\n")
    return 0


def why(words: list[str]) -> int:
    """Prints what a typed line is taken for, and the traits that spoke for it; 0."""
    line = " ".join(words)
    heard = hearing.heard(line)
    sys.stdout.write(f"{heard.asks}: a question with {heard.chance:.3f}, this one with {heard.share:.3f}\n")
    for trait, weight in hearing.reasons(line, heard.asks) if heard.asks else ():
        sys.stdout.write(f"  {weight:+.2f}  {trait}\n")
    return 0


def measure(words: list[str]) -> int:
    """Prints for each writer, or those named, how the lines fare that were never learned from, by chance needed; 0."""
    files = examples.examples()
    judged = {writer: measuring.judged(files, writer) for writer in words or files}
    everybody = [line for lines in judged.values() for line in lines]
    sys.stdout.write("writer          chance  understood  wrong  interrupted\n")
    for writer, lines in [*judged.items(), ("all", everybody)]:
        for chance in (0.6, 0.7, hearing.CHANCE, 0.9):
            got = measuring.measured(lines, chance, hearing.SHARE)
            row = f"{got.understood:10.3f}  {got.wrong:5.3f}  {got.interrupted:11.4f}"
            sys.stdout.write(f"{writer:14}  {chance:6.2f}  {row}\n")
    return 0


COMMANDS = {"teach": teach, "why": why, "measure": measure}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
