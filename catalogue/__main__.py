"""For those who tend the catalogue; what a reader needs is ``python -m bot catalogue``.

``python -m catalogue [FILE …]`` prints samples that lead astray, ``docs`` writes the reference; ``teach FOLDER`` learns
from thread/examples, ``why LINE`` says what a typed line is taken for, ``measure FOLDER`` how an unseen writer fares.
"""

from __future__ import annotations

import os
import pathlib
import sys
from typing import Any

import numpy as np

from catalogue import Catalogue, CatalogueError, hearing, load
from catalogue.book import MADE, Book
from catalogue.checking import strays
from catalogue.hearing import examples, measuring, network
from catalogue.schema import written

ROOT = pathlib.Path(__file__).parent.parent
DOCS = ROOT / "docs"
SCHEMA = ROOT / "catalogue" / "schema.json"
NEEDED = (
    "Name the folder with model.safetensors and vocab.txt of the public model sentence-transformers/all-MiniLM-L6-v2."
)


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


def teach(words: list[str]) -> int:
    """Learns from the examples anew, and writes the model; 0, or 2 where what that needs is not here."""
    files = examples.examples()
    held = lesson(words[:1], [one for lines in files.values() for one in lines])
    if held is None:
        return 2
    np.savez_compressed(network.FILE, **held)
    taught = measuring.judged((one for lines in files.values() for one in lines), network.parsed(held))
    got = measuring.measured(taught, hearing.CHANCE, hearing.SHARE)
    sys.stdout.write(f"{network.FILE.name} written; of what it learned from it understands {got.understood:.3f}\n")
    return 0


def lesson(words: list[str], lines: list[examples.Example]) -> dict[str, Any] | None:
    """The model that lines teach, as the arrays of its file; None, and a sentence, where something is missing."""
    folder = pathlib.Path(*words)
    if not words or not (folder / "model.safetensors").is_file():
        sys.stderr.write(f"{NEEDED}\n")
        return None
    try:
        from catalogue.hearing import teaching
    except ImportError:
        sys.stderr.write("Teaching needs two packages more: pip install --group teach\n")
        return None
    course = teaching.course(folder, lines)
    pupil = teaching.learned(course, lines, lambda line: sys.stdout.write(f"{line}\n"))
    return teaching.written(pupil, course, lines, examples.digest())


def why(words: list[str]) -> int:
    """Prints what a typed line is taken for, and which of its words speak for it; 0."""
    line = " ".join(words)
    heard = hearing.heard(line)
    sys.stdout.write(f"{heard.asks}: a question with {heard.chance:.3f}, this one with {heard.share:.3f}\n")
    for word, weight in hearing.reasons(line):
        sys.stdout.write(f"  {weight:+6.2f}  {word}\n")
    return 0


def measure(words: list[str]) -> int:
    """Prints for each writer, or those named, how lines fare of which the model learned nothing, by chance; 0 or 2."""
    files = examples.examples()
    if strangers := set(words[1:]) - set(files):
        sys.stderr.write(f"No examples of {', '.join(sorted(strangers))}; there are {', '.join(files)}.\n")
        return 2
    sys.stdout.write("writer          chance  understood  wrong  interrupted\n")
    for writer in words[1:] or files:
        held = lesson(words[:1], [one for name, lines in files.items() if name != writer for one in lines])
        if held is None:
            return 2
        lines = measuring.judged(files[writer], network.parsed(held))
        for chance in (0.9, 0.95, hearing.CHANCE, 0.995):
            got = measuring.measured(lines, chance, hearing.SHARE)
            row = f"{got.understood:10.3f}  {got.wrong:5.3f}  {got.interrupted:11.4f}"
            sys.stdout.write(f"{writer:14}  {chance:6.3f}  {row}\n")
    return 0


COMMANDS = {"teach": teach, "why": why, "measure": measure}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BrokenPipeError:  # whoever read the output, head for one, has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
