"""Reads the catalogue's TOML files, a team's own folders after ours, and refuses what is wrong by name."""

from __future__ import annotations

import hashlib
import pathlib
import re
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
import rtoml

from catalogue import wording
from catalogue.codes import ENTRY_ENHANCED, ENTRY_REPLY
from catalogue.entries import Blocklist, Entry, Note, Provider, Vocabulary
from catalogue.errors import CatalogueError

HOME = pathlib.Path(__file__).parent
TABLES = {
    "provider",
    "entry",
    "note",
    "blocklist",
    "reason",
    "actor",
    "outlook",
    "retry",
    "suppress",
    "question",
    "doubt",
}
PLACE = re.compile(r"(?P<problem>.*?)(?: - at `\$\.?(?P<key>[^`]*)`)?", re.DOTALL)
SHORTEST_WORDS = 4
SHORTEST_LITERAL = 4
T = TypeVar("T")


class Shelf(msgspec.Struct):
    """All that was read, before it is made ready for matching; later folders win over earlier ones."""

    entries: dict[str, Entry]
    providers: dict[str, Provider]
    notes: list[Note]
    blocklists: dict[str, Blocklist]
    origin: dict[str, str]
    vocabulary: Vocabulary
    version: str


def convert(raw: Any, kind: type[T], file: str, entry: str) -> T:
    """A table as a value of a kind; raises CatalogueError with the key that does not fit."""
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as wrong:
        place = PLACE.fullmatch(str(wrong))
        key = (place and place["key"]) or ""
        problem = place["problem"] if place else str(wrong)
        if problem.startswith("Invalid enum value") and (known := choices(kind, key)):
            problem = f"{problem}: use one of {', '.join(known)}"
        raise CatalogueError(file, entry, key, problem) from wrong


def choices(kind: type[Any], key: str) -> list[str]:
    """The values that a key of a kind takes, where it takes only some."""
    rule = msgspec.json.schema(kind)["$defs"][kind.__name__]["properties"].get(key.partition("[")[0], {})
    rules = (rule, rule.get("items", {}), *rule.get("anyOf", ()))
    return next((one["enum"] for one in rules if "enum" in one), [])


def parse(path: pathlib.Path, name: str) -> tuple[dict[str, Any], bytes]:
    """A TOML file's tables and its bytes; raises CatalogueError where it cannot be read."""
    try:
        data = path.read_bytes()
        tables = rtoml.loads(data.decode("utf-8"))
    except (OSError, UnicodeDecodeError) as wrong:
        raise CatalogueError(name, "", "", f"cannot be read: {wrong}") from wrong
    except rtoml.TomlParsingError as wrong:
        raise CatalogueError(name, "", "", f"is not TOML: {wrong}") from wrong
    for table, value in tables.items():
        several = isinstance(value, list) and all(isinstance(one, dict) for one in value)
        if table == "provider" and not isinstance(value, dict):
            raise CatalogueError(name, "", table, "a file has one: write [provider]")
        if table in TABLES - {"provider"} and not several:
            raise CatalogueError(name, "", table, f"write [[{table}]], with two brackets on each side")
    return tables, data


def problems(entry: Entry) -> Iterator[tuple[str, str]]:
    """The keys of an entry that its types allow and the catalogue does not, with what to mend."""
    yield from wrong_codes(entry)
    yield from wrong_words(entry)
    if not (entry.worded or entry.reply or entry.enhanced):
        yield "words", "an entry needs words, patterns or a code to be found by"
    if not entry.sources:
        yield "sources", "an entry needs a source: the address where its facts were read, and the day"
    if entry.suppress == "yes" and not entry.worded:
        yield "suppress", "only the words of a reply can show that a mailbox is gone: use after-confirming"


def wrong_codes(entry: Entry) -> Iterator[tuple[str, str]]:
    """What is written as a code and is none."""
    for code in entry.reply:
        if not ENTRY_REPLY.fullmatch(code):
            yield "reply", f"{code!r} is no reply code: write three digits, like 550"
    for code in entry.enhanced:
        if not ENTRY_ENHANCED.fullmatch(code):
            yield "enhanced", f"{code!r} is no enhanced status code: write 5.7.1, x.7.1, 5.7 or 5"


def wrong_words(entry: Entry) -> Iterator[tuple[str, str]]:
    """The phrases that could never be found, or that could be found anywhere."""
    for phrase in (*entry.words, *entry.vague):
        if phrase != wording.normal(phrase):
            yield "words", f"{phrase!r} must be lower case with single spaces and straight quotes"
        elif max(map(len, wording.parts(phrase)), default=0) < SHORTEST_WORDS and phrase.isascii():
            yield "words", f"{phrase!r} is too short to mean one thing: give at least {SHORTEST_WORDS} characters"
    for pattern in entry.patterns:
        try:
            re.compile(pattern)
        except re.error as wrong:
            yield "patterns", f"{pattern!r} is no regular expression: {wrong}"
        if len(wording.literal(pattern)[0]) < SHORTEST_LITERAL:
            yield "patterns", f"{pattern!r} needs a literal of {SHORTEST_LITERAL} characters outside of groups"


def check(entry: Entry, shelf: Shelf, reasons: set[str], file: str) -> None:
    """Raises CatalogueError on the first thing in an entry that cannot be used."""
    for key, problem in problems(entry):
        raise CatalogueError(file, entry.id, key, problem)
    if entry.reason not in reasons:
        raise CatalogueError(file, entry.id, "reason", f"{entry.reason!r} is not one of: {', '.join(sorted(reasons))}")
    if entry.provider and entry.provider not in shelf.providers:
        raise CatalogueError(file, entry.id, "provider", f"{entry.provider!r} has no [provider] table in any file")


def files(folder: pathlib.Path) -> list[pathlib.Path]:
    """The TOML files of a folder and of the folders in it, in the order of their names; not what threads know."""
    return sorted(path for path in folder.rglob("*.toml") if path.parent != HOME / "thread")


def read(folders: tuple[pathlib.Path, ...]) -> Shelf:
    """Our files, then those of the given folders; raises CatalogueError naming file, entry and key."""
    words, raw_vocabulary = parse(HOME / "vocabulary.toml", "vocabulary.toml")
    digest = hashlib.blake2b(raw_vocabulary, digest_size=5)
    shelf = Shelf({}, {}, [], {}, {}, convert(words, Vocabulary, "vocabulary.toml", ""), "")
    reasons = {reason.id for reason in shelf.vocabulary.reason}
    for folder in (HOME, *folders):
        if not folder.is_dir():
            raise CatalogueError(str(folder), "", "", "is not a folder: name one that holds TOML files")
        tables = []
        for path in files(folder):
            name = path.relative_to(folder.parent).as_posix()
            raw, data = parse(path, name)
            digest.update(data)
            tables.append((name, raw))
            if "provider" in raw:
                provider = convert(raw["provider"], Provider, name, "")
                shelf.providers[provider.id] = provider
        here: dict[str, str] = {}
        for name, raw in tables:
            add(shelf, raw, name, here, reasons)
        if folder is not HOME:  # what comes first wins where words or a code fit two entries alike
            shelf.entries = {**{entry: shelf.entries[entry] for entry in here}, **shelf.entries}
    share_words(shelf)
    shelf.version = digest.hexdigest()
    return shelf


def share_words(shelf: Shelf) -> None:
    """Gives each entry with ``same_words_as`` the words of the entry it names; CatalogueError where none is there."""
    for entry in list(shelf.entries.values()):
        if not entry.same_words_as:
            continue
        model = shelf.entries.get(entry.same_words_as)
        if model is None or model.same_words_as:
            problem = f"{entry.same_words_as!r} must be the id of an entry that has words of its own"
            raise CatalogueError(shelf.origin[entry.id], entry.id, "same_words_as", problem)
        shelf.entries[entry.id] = msgspec.structs.replace(
            entry,
            words=model.words + entry.words,
            vague=model.vague + entry.vague,
            patterns=model.patterns + entry.patterns,
        )


def add(shelf: Shelf, raw: dict[str, Any], name: str, here: dict[str, str], reasons: set[str]) -> None:
    """One file's entries, notes and blocklists onto the shelf; ``here`` holds the ids of the same folder."""
    for unknown in raw.keys() - TABLES:
        raise CatalogueError(name, "", unknown, f"is no table of the catalogue: use {', '.join(sorted(TABLES))}")
    owner = raw.get("provider", {}).get("id", "")
    for number, table in enumerate(raw.get("entry", ()), 1):
        label = str(table.get("id", f"number {number}"))
        entry = convert({"provider": owner, **table}, Entry, name, label)
        check(entry, shelf, reasons, name)
        if label in here:
            raise CatalogueError(name, label, "id", f"is taken by an entry in {here[label]}: ids are given once")
        here[label] = shelf.origin[label] = name
        shelf.entries[label] = entry
    for table in raw.get("note", ()):
        note = convert(table, Note, name, str(table.get("entry", "")))
        if note.entry not in shelf.entries:
            raise CatalogueError(name, note.entry, "entry", "there is no such entry to add a note to")
        shelf.notes.append(note)
    for table in raw.get("blocklist", ()):
        blocklist = convert(table, Blocklist, name, str(table.get("id", "")))
        shelf.blocklists[blocklist.id] = blocklist
