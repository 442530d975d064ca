"""For those who tend the catalogue; what a reader needs is ``python -m bot catalogue``.

``python -m catalogue [FILE …]`` prints samples that lead astray, ``python -m catalogue docs`` writes the reference.
"""

from __future__ import annotations

import pathlib
import sys

from catalogue import Catalogue, CatalogueError, load
from catalogue.book import MADE, Book
from catalogue.checking import strays
from catalogue.schema import written

ROOT = pathlib.Path(__file__).parent.parent
DOCS = ROOT / "docs"
SCHEMA = ROOT / "catalogue" / "schema.json"


def main(words: list[str]) -> int:
    """0 where every sample leads to its own entry, 1 where one does not, 2 where a file is broken."""
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
