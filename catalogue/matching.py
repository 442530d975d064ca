"""Finds the entry that a reply means: provider and words, words, enhanced code, reply code, class."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import ahocorasick_rs
import msgspec

from catalogue import codes, wording
from catalogue.entries import Basis, Entry, Provider

EXACT_CODE = 12  # an agreeing code weighs as much as twelve letters of agreeing words
REPLY_CODE = 4
PHASE = 6
CATCH_ALL = ".7.1"  # servers send it with any refusal, so it says no more than vague words do
EVERYWHERE = ("mta", "blocklist")  # software that anybody runs, and lists that anybody quotes
UNRECOGNISED = 4  # how much longer the words of a provider that nothing shows must be than anybody's words


class Clue(msgspec.Struct, frozen=True, gc=False):
    """What is known of a reply: its words, codes, the host that said it, the recipient's domain.

    ``failed``: the mail was given up (True), is still queued (False), or nobody says (None).
    """

    words: str
    reply: str | None = None
    enhanced: str | None = None
    phase: str | None = None
    host: str = ""
    domain: str = ""
    failed: bool | None = None


class Match(msgspec.Struct, frozen=True, gc=False):
    """An entry and why it: ``matched`` are the words or the code, ``provider`` whoever was recognised, or ""."""

    entry: Entry
    basis: Basis
    provider: str = ""
    matched: str = ""


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """One alternative of an entry's words (parts) or patterns (pattern)."""

    entry: Entry
    parts: tuple[str, ...]
    length: int
    number: int
    codes: tuple[frozenset[str], frozenset[str], frozenset[str]]
    pattern: re.Pattern[str] | None = None
    vague: bool = False

    def length_in(self, text: str) -> int:
        """How many characters of the text speak for this phrase, 0 if it is not there."""
        if self.pattern:
            hit = self.pattern.search(text)
            return len(hit[0]) if hit else 0
        return self.length if len(self.parts) == 1 or wording.found(self.parts, text) else 0


class Matcher:
    """All entries, ready for matching: one pass over the text for all literals, regexes on candidates only."""

    def __init__(self, entries: Mapping[str, Entry], providers: Mapping[str, Provider]) -> None:
        self.providers = providers
        self.phrases: list[list[Phrase]] = []
        self.marks: list[str] = []
        literals: dict[str, int] = {}
        for number, entry in enumerate(entries.values()):
            for key, phrase in phrases_of(entry, number):
                slot = literals.setdefault(key, len(literals))
                if slot == len(self.phrases):
                    self.phrases.append([])
                    self.marks.append("")
                self.phrases[slot].append(phrase)
        for provider in providers.values():
            for mark in (*provider.tags, *provider.urls):
                slot = literals.setdefault(mark, len(literals))
                if slot == len(self.phrases):
                    self.phrases.append([])
                    self.marks.append("")
                self.marks[slot] = provider.id
        self.literals = list(literals)
        self.automaton = ahocorasick_rs.AhoCorasick(self.literals)
        self.hosts = {host: p.id for p in providers.values() for host in p.hosts}
        self.domains = {domain: p.id for p in providers.values() for domain in p.domains}
        self.by_reply: dict[str, list[Entry]] = defaultdict(list)
        self.by_enhanced: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries.values():
            for code in codes.spelled_out(entry.enhanced):
                self.by_enhanced[code].append(entry)
            for code in entry.reply:
                self.by_reply[code].append(entry)

    def match(self, clue: Clue) -> Match | None:
        """The best entry for a clue; None only where it holds neither known words nor anything like a code."""
        text = wording.normal(clue.words)
        slots = dict.fromkeys(hit[0] for hit in self.hits(text))
        strong = self.recognised(clue, slots)
        known = strong or self.weakly(clue)
        vendor = clue.enhanced and codes.vendor_made(clue.enhanced)
        by_words, vague = self.by_words(clue, text, slots, known)
        if by_words and (not vendor or by_words.basis == "provider"):
            return by_words
        return (
            (vendor and self.by_vendor_code(clue, known))
            or by_words
            or (self.by_detail(clue, known) if vague else None)
            or vague
            or self.by_code(clue, known)
        )

    def hits(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Every literal in the text that begins where a word begins."""
        for hit in self.automaton.find_matches_as_indexes(text, overlapping=True):
            start = hit[1]
            if not start or not (text[start - 1].isalnum() and text[start].isalnum() and text[start].isascii()):
                yield hit

    def recognised(self, clue: Clue, slots: Iterable[int]) -> tuple[str, ...]:
        """The providers that the text's tags and addresses or the host's name show, the surest first."""
        found = [self.marks[slot] for slot in slots if self.marks[slot]]
        host = clue.host.lower().rstrip(".")
        while host:
            if host in self.hosts:
                found.append(self.hosts[host])
                break
            host = host.partition(".")[2]
        return tuple(dict.fromkeys(found))

    def weakly(self, clue: Clue) -> tuple[str, ...]:
        """The provider that the recipient's domain hints at."""
        provider = self.domains.get(clue.domain.lower()) if clue.domain else None
        return (provider,) if provider else ()

    def by_words(
        self, clue: Clue, text: str, slots: Iterable[int], known: tuple[str, ...]
    ) -> tuple[Match | None, Match | None]:
        """The entry whose words are there: a recognised provider's own first, then the longest; last, vague words'."""
        best: tuple[bool, int, int, int] | None = None
        chosen: Phrase | None = None
        for slot in slots:
            for phrase in self.phrases[slot]:
                entry = phrase.entry
                if contradicts(phrase, clue) or not (length := phrase.length_in(text)):
                    continue
                weight = self.weight(phrase, clue, length, known)
                score = (not phrase.vague, self.closeness(entry, known), weight, -phrase.number)
                if best is None or score > best:
                    best, chosen = score, phrase
        if chosen is None:
            return None, None
        entry = chosen.entry
        theirs = bool(entry.provider) and entry.provider in known
        named = entry.provider if entry.provider and self.kind(entry) == "mailbox" else ""
        matched = " … ".join(chosen.parts) or (chosen.pattern and chosen.pattern.pattern) or ""
        match = Match(entry, "provider" if theirs else "words", self.who(known) or named, matched)
        return (None, match) if chosen.vague else (match, None)

    def weight(self, phrase: Phrase, clue: Clue, length: int, known: tuple[str, ...]) -> int:
        """How much the words and codes speak for an entry; less for a provider's that nothing else shows."""
        entry = phrase.entry
        if entry.provider and entry.provider not in known and self.kind(entry) not in EVERYWHERE:
            return 2 * (length - UNRECOGNISED)
        return 2 * (length + agreement(phrase, clue)) + bool(entry.provider)

    def closeness(self, entry: Entry, known: tuple[str, ...]) -> int:
        """2: the recognised provider's own entry; 1: anybody's words; 0: another mailbox provider's."""
        if not entry.provider or not known:
            return 1
        if entry.provider in known:
            return 2
        return 0 if self.kind(entry) == "mailbox" else 1

    def kind(self, entry: Entry) -> str:
        """What kind of system an entry's provider runs."""
        return self.providers[entry.provider].kind

    def who(self, known: tuple[str, ...]) -> str:
        """The recognised provider to name: a mailbox provider or a filter before the software it runs."""
        ranked = sorted(known, key=lambda p: self.providers[p].kind in ("mta", "blocklist"))
        return ranked[0] if ranked else ""

    def by_vendor_code(self, clue: Clue, known: tuple[str, ...]) -> Match | None:
        """The entry of a code that only one vendor uses (a three-digit detail, like 5.7.515)."""
        for entry in self.by_enhanced.get(clue.enhanced or "", ()):
            if entry.provider and entry.provider in known and fits_reply(entry, clue):
                return Match(entry, "provider", entry.provider, clue.enhanced or "")
        for entry in self.by_enhanced.get(clue.enhanced or "", ()):
            if entry.provider and fits_reply(entry, clue):
                return Match(entry, "enhanced", entry.provider, clue.enhanced or "")
        return None

    def by_detail(self, clue: Clue, known: tuple[str, ...]) -> Match | None:
        """The entry of an enhanced code that says something."""
        if not clue.enhanced or "0" in clue.enhanced.split(".")[1:] or clue.enhanced.endswith(CATCH_ALL):
            return None
        match = self.by_code(clue, known)
        return match if match and match.basis in ("provider", "enhanced") else None

    def by_code(self, clue: Clue, known: tuple[str, ...]) -> Match | None:
        """The provider's entry for a code, else the code's own, else its subject's or class's."""
        who = self.who(known)
        if clue.enhanced:
            for entry in self.by_enhanced.get(clue.enhanced, ()):
                if entry.provider in known and entry.provider and not entry.worded and fits_reply(entry, clue):
                    return Match(entry, "provider", entry.provider, clue.enhanced)
        candidates: list[tuple[str, Basis, dict[str, list[Entry]]]] = []
        if clue.enhanced:
            exact, *wider = codes.fallbacks(clue.enhanced)
            says_nothing = exact.endswith(".0.0")
            if not says_nothing:
                candidates.append((exact, "enhanced", self.by_enhanced))
            if clue.reply:
                candidates.append((clue.reply, "reply", self.by_reply))
            if says_nothing:
                candidates.append((exact, "enhanced", self.by_enhanced))
            candidates += [(code, "class", self.by_enhanced) for code in wider]
        elif clue.reply:
            candidates.append((clue.reply, "reply", self.by_reply))
        if clue.reply:
            candidates.append((f"{clue.reply[0]}xx", "class", self.by_reply))
        for code, basis, index in candidates:
            for entry in index.get(code, ()):
                if not entry.worded and not entry.provider:
                    return Match(entry, basis, who, code)
        return None


def phrases_of(entry: Entry, number: int) -> Iterator[tuple[str, Phrase]]:
    """Each alternative of an entry, with the literal that must be in a text for it to be looked at."""
    enhanced = codes.spelled_out(entry.enhanced)
    classes = frozenset(code[0] for code in (*entry.reply, *enhanced))
    known = (classes, frozenset(entry.reply), frozenset(enhanced))
    vague = frozenset(entry.vague)
    for words in (*entry.words, *entry.vague):
        parts = wording.parts(words)
        yield max(parts, key=len), Phrase(entry, parts, sum(map(len, parts)), number, known, None, words in vague)
    for pattern in entry.patterns:
        yield wording.literal(pattern), Phrase(entry, (), 0, number, known, re.compile(pattern))


def contradicts(phrase: Phrase, clue: Clue) -> bool:
    """Whether the codes say that it is the other kind: a 4xx reply against an entry that knows only 5xx codes."""
    code = clue.reply or clue.enhanced
    return code is not None and bool(phrase.codes[0]) and code[0] not in phrase.codes[0]


def agreement(phrase: Phrase, clue: Clue) -> int:
    """How much codes and phase speak for an entry; without codes, how well its class suits what became of the mail."""
    own, reply, enhanced = phrase.codes
    phase = PHASE * (clue.phase in phrase.entry.phase)
    if not (clue.reply or clue.enhanced):
        return phase + 2 * (not own or ("4" if clue.failed is False else "5") in own)
    return phase + EXACT_CODE * (clue.enhanced in enhanced) + REPLY_CODE * (clue.reply in reply)


def fits_reply(entry: Entry, clue: Clue) -> bool:
    """Whether an entry takes a clue's reply code: any, where either names none."""
    return not entry.reply or not clue.reply or clue.reply in entry.reply
