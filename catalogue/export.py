"""The whole catalogue for other programs: as JSON, or as a table (CSV) with what other tools call each reason."""

from __future__ import annotations

import csv
import io
from typing import Any

import msgspec

from catalogue import Catalogue, Entry

OTHERS = ("sisimai", "sparkpost", "powermta", "kumomta")
COLUMNS = (
    "id", "title", "provider", "reply", "enhanced", "reason", *OTHERS, "outlook", "actor", "then_actor", "retry",
    "retry_advice", "suppress", "suppress_when", "phase", "words", "vague", "patterns", "meaning", "causes", "steps",
    "ask", "samples", "source", "seen", "unchecked", "file",
)  # fmt: skip
BETWEEN = " | "  # between several values in one cell of the table


def as_json(catalogue: Catalogue) -> str:
    """One JSON object: the version, the closed lists, providers, blocklists and every entry with its cross-walk."""
    whole = {
        "version": catalogue.version,
        "vocabulary": catalogue.vocabulary,
        "providers": list(catalogue.providers.values()),
        "blocklists": list(catalogue.blocklists.values()),
        "entries": [described(entry, catalogue) for entry in catalogue.entries.values()],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode() + "\n"


def as_csv(catalogue: Catalogue) -> str:
    """A table with a header, an entry a line; several values in a cell stand apart by ``|``."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for entry in catalogue.entries.values():
        table.writerow(row(entry, catalogue))
    return out.getvalue()


def described(entry: Entry, catalogue: Catalogue) -> dict[str, Any]:
    """An entry with the file it is from, a team's notes on it, and what other tools call its reason."""
    return {
        **msgspec.to_builtins(entry),
        "file": catalogue.origin[entry.id],
        "notes": catalogue.notes(entry.id),
        "also_called": crosswalk(entry, catalogue),
    }


def crosswalk(entry: Entry, catalogue: Catalogue) -> dict[str, str]:
    """What other tools call an entry's reason, "" where they have no such class."""
    reason = catalogue.reason(entry.reason)
    return {other: getattr(reason, other) if reason else "" for other in OTHERS}


def row(entry: Entry, catalogue: Catalogue) -> list[str]:
    """An entry as the cells of its line in the table."""
    source = entry.sources[0]
    more = {
        **crosswalk(entry, catalogue),
        "source": source.url,
        "seen": source.seen,
        "unchecked": "yes" if all(one.unchecked for one in entry.sources) else "no",
        "file": catalogue.origin[entry.id],
    }
    return [cell(more[name] if name in more else getattr(entry, name)) for name in COLUMNS]


def cell(value: str | tuple[str, ...] | None) -> str:
    """A value as one cell that a spreadsheet takes for text, never for a formula."""
    text = value if isinstance(value, str) else BETWEEN.join(value or ())
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
