"""The reference and the schema say what the catalogue says, and can be read."""

from __future__ import annotations

import pathlib
import re
from collections import Counter

from catalogue import Catalogue
from catalogue.book import Book
from catalogue.markdown import code, escaped
from catalogue.schema import written

ROOT = pathlib.Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
MEND = "not current: run `make docs` (that is `python -m catalogue docs`) and commit what it writes"
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#]*)#?([^)]*)\)")
ANCHOR = re.compile(r'<a id="([^"]+)"></a>')


def test_the_reference_is_current(catalogue: Catalogue) -> None:
    """docs/catalogue.md and the pages below it are what the catalogue's files make, and no page is left over."""
    made = Book(catalogue).files()
    there = {page.relative_to(DOCS).as_posix() for page in (DOCS / "catalogue").rglob("*.md")} | {"catalogue.md"}
    stale = [name for name in made if name not in there or (DOCS / name).read_text(encoding="utf-8") != made[name]]

    assert [] == stale, f"{len(stale)} pages of docs/catalogue.md are {MEND}."
    assert made.keys() == there, f"docs/catalogue is {MEND}."


def test_the_schema_is_current(catalogue: Catalogue) -> None:
    """catalogue/schema.json is what the structs and closed lists make."""
    current = (ROOT / "catalogue" / "schema.json").read_text(encoding="utf-8") == written(catalogue.vocabulary)

    assert current, f"catalogue/schema.json is {MEND}."


def test_every_entry_stands_in_the_reference_once(catalogue: Catalogue) -> None:
    """Each entry has one place to link to, and no page is too big for GitHub to show (512 KB)."""
    made = Book(catalogue).files()
    places = Counter(anchor for text in made.values() for anchor in ANCHOR.findall(text))

    assert [] == [entry for entry in catalogue.entries if places[entry] != 1]
    assert [] == [name for name, text in made.items() if len(text.encode()) > 500_000]


def test_links_lead_somewhere(catalogue: Catalogue) -> None:
    """Every link from page to page leads to a page and a place in it; in one text, to a place in that."""
    made = Book(catalogue).files()
    anchors = {name: {"", *ANCHOR.findall(text)} for name, text in made.items()}
    lost = []
    for name, text in made.items():
        for way, anchor in LINK.findall(text):
            to = (pathlib.PurePosixPath(name).parent / way).as_posix() if way else name
            resolved = (DOCS / to).resolve().relative_to(DOCS.resolve()).as_posix()
            if anchor not in anchors.get(resolved, ()):
                lost.append((name, way, anchor))
    whole = Book(catalogue).whole()

    assert [] == lost
    assert set() == {anchor for way, anchor in LINK.findall(whole) if not way} - set(ANCHOR.findall(whole))


def test_text_stands_for_itself() -> None:
    """Marks that Markdown would take for its own are shown as they are; commands and addresses keep theirs."""
    assert escaped("a_b <c> *d* [e]|f") == r"a\_b \<c\> \*d\* \[e\]\|f"
    assert escaped("`dig +short TXT _dmarc.example.com`") == "`dig +short TXT _dmarc.example.com`"
    assert escaped("see https://example.com/a_b.") == "see <https://example.com/a_b>."
    assert escaped("see https://example.com/?q={ip}.") == "see `https://example.com/?q={ip}`."
    assert code("a ` b") == "``a ` b``"
