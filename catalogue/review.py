"""Looks through a team's own folders and says all that is wrong with them, not only the first thing."""

from __future__ import annotations

import difflib
import pathlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec

from catalogue import Catalogue, CatalogueError, load, loading
from catalogue.checking import strays
from catalogue.entries import Blocklist, Entry, Note, Provider
from catalogue.law import breaches

OURS_ONLY = ("reason", "actor", "outlook", "retry", "suppress", "question")
Weight = Literal["broken", "wrong", "note"]


class Remark(msgspec.Struct, frozen=True):
    """One thing to mend: ``broken`` stops the bot's start, ``wrong`` gives wrong answers, ``note`` is worth a look."""

    weight: Weight
    text: str


def review(*folders: pathlib.Path) -> list[Remark]:
    """All that is to be said about a team's folders, read on top of our catalogue; about ours where none is given."""
    if remarks := [Remark("broken", str(wrong)) for wrong in broken(folders)]:
        return remarks
    try:
        whole = load(*folders)
    except CatalogueError as wrong:
        return [Remark("broken", str(wrong))]
    ours = load().entries if folders else {}
    theirs = [entry for entry in whole.entries.values() if ours.get(entry.id) != entry]
    return [*misleading(whole, theirs), *taken_over(whole, ours, theirs), *unsampled(whole, theirs)]


def broken(folders: tuple[pathlib.Path, ...]) -> Iterator[CatalogueError]:
    """Everything in a team's files that the loader refuses, file by file."""
    shelf = loading.read(())
    for folder in folders:
        if not folder.is_dir():
            yield CatalogueError(str(folder), "", "", "is not a folder: name one that holds TOML files")
            continue
        tables: list[tuple[str, dict[str, Any]]] = []
        for path in loading.files(folder):
            name = path.relative_to(folder.parent).as_posix()
            try:
                tables.append((name, loading.parse(path, name)[0]))
                if raw := tables[-1][1].get("provider"):
                    provider = loading.convert(raw, Provider, name, "")
                    shelf.providers[provider.id] = provider
            except CatalogueError as wrong:
                yield wrong
        yield from misspelt(tables)
        yield from wrong_entries(tables, shelf)
        yield from wrong_notes(tables, shelf)


def misspelt(tables: list[tuple[str, dict[str, Any]]]) -> Iterator[CatalogueError]:
    """Tables that no file of the catalogue has, and those that only ours may have."""
    for name, raw in tables:
        for table in raw:
            if table not in loading.TABLES:
                yield CatalogueError(name, "", table, f"is no table of the catalogue{meant(table, loading.TABLES)}")
            elif table in OURS_ONLY:
                yield CatalogueError(name, "", table, "is a closed list: a team's own files cannot add to it")


def wrong_entries(tables: list[tuple[str, dict[str, Any]]], shelf: loading.Shelf) -> Iterator[CatalogueError]:
    """The entries and blocklists that cannot be used; those that can are put on the shelf."""
    reasons = {reason.id for reason in shelf.vocabulary.reason}
    here: dict[str, str] = {}
    for name, raw in tables:
        owner = raw["provider"].get("id", "") if isinstance(raw.get("provider"), dict) else ""
        for number, table in enumerate(raw.get("entry", ()), 1):
            label = str(table.get("id", f"number {number}"))
            try:
                entry = loading.convert({"provider": owner, **table}, Entry, name, label)
            except CatalogueError as wrong:
                yield wrong
                continue
            for key, problem in loading.problems(entry):
                yield CatalogueError(name, label, key, problem)
            if entry.reason not in reasons:
                yield CatalogueError(
                    name, label, "reason", f"{entry.reason!r} is no reason{meant(entry.reason, reasons)}"
                )
            if entry.provider and entry.provider not in shelf.providers:
                problem = f"{entry.provider!r} has no [provider] table{meant(entry.provider, shelf.providers)}"
                yield CatalogueError(name, label, "provider", problem)
            if label in here:
                yield CatalogueError(name, label, "id", f"is taken by an entry in {here[label]}: ids are given once")
            here[label] = name
            shelf.entries[label] = entry
        for table in raw.get("blocklist", ()):
            try:
                loading.convert(table, Blocklist, name, str(table.get("id", "")))
            except CatalogueError as wrong:
                yield wrong


def wrong_notes(tables: list[tuple[str, dict[str, Any]]], shelf: loading.Shelf) -> Iterator[CatalogueError]:
    """The notes that cannot be used, or that are on an entry that there is not."""
    for name, raw in tables:
        for table in raw.get("note", ()):
            on = str(table.get("entry", ""))
            try:
                loading.convert(table, Note, name, on)
            except CatalogueError as wrong:
                yield wrong
                continue
            if on not in shelf.entries:
                yield CatalogueError(
                    name, on, "entry", f"there is no such entry to add a note to{meant(on, shelf.entries)}"
                )


def misleading(whole: Catalogue, theirs: list[Entry]) -> Iterator[Remark]:
    """Their samples that lead elsewhere, and their advice that breaks the suppression law."""
    ids = {entry.id for entry in theirs}
    for entry, sample, where in strays(whole):
        if entry.id in ids:
            yield Remark("wrong", f"{whole.origin[entry.id]}, entry {entry.id}, key samples: {sample!r} {where}")
    for entry in theirs:
        for breach in breaches(entry):
            yield Remark("wrong", f"{whole.origin[entry.id]}, entry {entry.id}, key suppress: {breach}")


def taken_over(whole: Catalogue, ours: Mapping[str, Entry], theirs: list[Entry]) -> Iterator[Remark]:
    """Texts that led to entries of ours and lead to theirs now: perhaps on purpose, perhaps by words too short."""
    ids = {entry.id for entry in theirs}
    for entry, sample, where in strays(whole):
        if entry.id in ours and entry.id not in ids:
            yield Remark("note", f"entry {entry.id} of ours: its sample {sample!r} now {where}")


def unsampled(whole: Catalogue, theirs: list[Entry]) -> Iterator[Remark]:
    """Their entries that no sample holds in place."""
    for entry in theirs:
        if entry.worded and not entry.samples:
            yield Remark(
                "note", f"{whole.origin[entry.id]}, entry {entry.id}, key samples: add the reply that must lead here"
            )


def meant(word: str, known: Iterable[str]) -> str:
    """The nearest of the known words as a question, or where they stand."""
    near = difflib.get_close_matches(word, list(known), 3, 0.6)
    return f": did you mean {' or '.join(near)}?" if near else ""
