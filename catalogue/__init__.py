"""What is known about SMTP replies: a package of data that knows no Slack, for the bot and for other tools.

>>> from catalogue import Clue, load
>>> load().match(Clue("5.1.1 user unknown", reply="550", enhanced="5.1.1")).entry.reason
'userunknown'
"""

from __future__ import annotations

import functools
import pathlib
import re
from collections.abc import Mapping

from catalogue import codes, loading
from catalogue.blocklists import Blocklists, lookup
from catalogue.entries import (
    Actor,
    Basis,
    Blocklist,
    Check,
    Entry,
    Note,
    Outlook,
    Phase,
    Provider,
    Reason,
    Retry,
    Source,
    Suppress,
    Term,
    Vocabulary,
)
from catalogue.errors import CatalogueError
from catalogue.matching import Match, Matcher
from catalogue.phrases import Clue
from catalogue.search import Index

__all__ = [
    "Actor",
    "Basis",
    "Blocklist",
    "Catalogue",
    "CatalogueError",
    "Check",
    "Clue",
    "Entry",
    "Match",
    "Note",
    "Outlook",
    "Phase",
    "Provider",
    "Reason",
    "Retry",
    "Source",
    "Suppress",
    "Term",
    "Vocabulary",
    "load",
    "lookup",
]

ADDRESSES = re.compile(r"https?://\S{1,300}|\S{1,100}@\S{1,100}|\b(?:[a-z0-9-]{1,63}\.){2,9}[a-z]{2,12}\b")
ANY_CODE = re.compile(r"(?P<reply>[2-5](?:\d\d|xx))|(?P<enhanced>[245](?:\.(?:\d{1,3}|[xyz])){1,2})", re.IGNORECASE)


class Catalogue:
    """The entries, providers, blocklists and closed lists, and the ways to find an entry."""

    def __init__(self, shelf: loading.Shelf) -> None:
        self.entries: Mapping[str, Entry] = shelf.entries
        self.providers: Mapping[str, Provider] = shelf.providers
        self.blocklists: Mapping[str, Blocklist] = shelf.blocklists
        self.lists = Blocklists(shelf.blocklists)
        self.vocabulary: Vocabulary = shelf.vocabulary
        self.version: str = shelf.version
        self.origin: Mapping[str, str] = shelf.origin
        self._notes: dict[str, tuple[str, ...]] = {}
        for note in shelf.notes:
            self._notes[note.entry] = (*self._notes.get(note.entry, ()), note.text)
        doubts = [re.escape(word) for one in shelf.vocabulary.doubt for word in one.words]
        self._doubts = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(doubts)})")
        self._matcher = Matcher(self.entries, self.providers)
        self._terms = {
            (kind, term.id): term
            for kind in ("actor", "outlook", "retry", "suppress")
            for term in getattr(shelf.vocabulary, kind)
        }

    def match(self, clue: Clue) -> Match | None:
        """The entry that a reply means and why; None where it holds neither known words nor a code."""
        return self._matcher.match(clue)

    def doubt(self, words: str, match: Match) -> str:
        """What in a reply speaks against a plain "no such mailbox", as it stands there; "" where nothing does."""
        bare = ADDRESSES.sub(" ", words.lower())
        found = (one[0] for one in self._doubts.finditer(bare))
        return next((word for word in found if word not in match.matched), "")

    def label(self, kind: str, value: str | None) -> str:
        """What a value of ``actor``, ``outlook``, ``retry`` or ``suppress`` is called; "it depends" for None."""
        return self._terms[kind, value].label if value else "it depends"

    def notes(self, entry: str) -> tuple[str, ...]:
        """A team's own notes on an entry."""
        return self._notes.get(entry, ())

    def reason(self, reason: str) -> Reason | None:
        """A reason of the closed list, with its cross-walk."""
        return next((known for known in self.vocabulary.reason if known.id == reason), None)

    def checks(self, entry: Entry) -> tuple[Check, ...]:
        """The DNS look-ups that help where this entry does: its own, else those of its reason."""
        reason = self.reason(entry.reason) if entry.checks is None else None
        return reason.checks if reason else entry.checks or ()

    def code(self, code: str) -> tuple[Entry, ...]:
        """The entries of a code as people write it (451, 4.7.1, 5.7, 5.x.x): its own first, then vendors', class last.

        A reply code that nobody knows gives its neighbours before the class. Empty where the text is no code at all.
        """
        code = code.strip()
        if not (known := ANY_CODE.fullmatch(code)):
            return ()
        if known["reply"]:
            index, plain = self._matcher.by_reply, code.lower()
            alike = [] if plain in index else sorted(one for one in index if one[:2] == plain[:2])
            wider = (*alike, f"{plain[0]}xx")
        else:
            index, plain = self._matcher.by_enhanced, re.sub(r"(?:\.[xyz])+$", "", code.lower())
            wider = codes.fallbacks(plain)[1:]
        own = sorted(index.get(plain, ()), key=_specific)
        fallbacks = [entry for one in wider for entry in index.get(one, ()) if not _specific(entry)]
        found = dict.fromkeys(entry.id for entry in (*own, *fallbacks))
        return tuple(self.entries[entry] for entry in found)

    def search(self, words: str, limit: int = 5) -> tuple[Entry, ...]:
        """The entries that fit a person's words best, best first."""
        return self._index.search(words, limit)

    @functools.cached_property
    def _index(self) -> Index:
        return Index(self.entries, {provider.id: provider.name for provider in self.providers.values()})


def _specific(entry: Entry) -> bool:
    return entry.worded or bool(entry.provider)


def load(*folders: pathlib.Path) -> Catalogue:
    """Our catalogue with a team's own folders on top, which win; raises CatalogueError naming file, entry and key."""
    return Catalogue(loading.read(folders))
