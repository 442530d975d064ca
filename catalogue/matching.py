"""Finds the entry that a reply means: provider and words, words, enhanced code, reply code, class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import ahocorasick_rs
import msgspec

from catalogue import codes, wording
from catalogue.entries import Basis, Entry, Provider
from catalogue.phrases import WORDS, Clue, Phrase, agreement, packed, phrases_of

CATCH_ALL = ".7.1"  # servers send it with any refusal, so it says no more than vague words do
EVERYWHERE = ("mta", "blocklist")  # software that anybody runs, and lists that anybody quotes
UNRECOGNISED = 4  # how much longer the words of a provider that nothing shows must be than anybody's words
# What is said before RCPT cannot be about a recipient: no server has been told one yet (RFC 5321 section 3.3).
BEFORE_RCPT = frozenset(("connect", "helo", "mail"))
# "Bad sender's mailbox address syntax" and "system address" (RFC 3463 section 3.2): such a code speaks of the sender.
SENDERS_CODES = (".1.7", ".1.8")
LOGIN_REPLIES = frozenset(("530", "534", "535", "538"))  # said to somebody who logs in (RFC 4954 section 6)


class Match(msgspec.Struct, frozen=True, gc=False):
    """An entry and why it: ``matched`` are the words or the code, ``provider`` whoever was recognised, or ""."""

    entry: Entry
    basis: Basis
    provider: str = ""
    matched: str = ""


class Matcher:
    """All entries, ready for matching: one pass over the text for all literals, regexes on candidates only."""

    def __init__(self, entries: Mapping[str, Entry], providers: Mapping[str, Provider]) -> None:
        self.providers = providers
        self.phrases: list[list[Phrase]] = []
        self.marks: list[str] = []
        literals: dict[str, int] = {}
        anybodys = frozenset(words for e in entries.values() if not e.provider for words in (*e.words, *e.vague))
        for number, entry in enumerate(entries.values()):
            somebodys = bool(entry.provider) and self.kind(entry) not in EVERYWHERE
            for key, phrase in phrases_of(entry, number, anybodys if somebodys else frozenset()):
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
        for phrases in self.phrases:
            phrases.sort(key=lambda phrase: phrase.most, reverse=True)
        self.most = [phrases[0].most if phrases else -1 for phrases in self.phrases]
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
        slots = self.slots(text)
        strong = self.recognised(clue, slots)
        known = strong or self.weakly(clue)
        chosen = self.by_words(clue, text, slots, known)
        by_words = self.worded(chosen, known) if chosen else None
        said = by_words is not None and chosen is not None and chosen.said == WORDS
        if clue.enhanced and codes.vendor_made(clue.enhanced) and (made := self.by_vendor_code(clue, known)):
            if by_words and said and by_words.entry.provider == made.entry.provider:
                return by_words
            return agreed(made, by_words)
        if by_words and said:
            return by_words
        detail = self.by_detail(clue, known) if by_words else None
        if detail and by_words and detail.entry.reason == by_words.entry.reason:
            return by_words  # the words say the same as the code, and more
        return detail or by_words or self.by_code(clue, known)

    def slots(self, text: str) -> dict[int, None]:
        """The literals that stand in the text where a word begins, in the order of their ends."""
        return {
            slot: None
            for slot, start, _ in self.automaton.find_matches_as_indexes(text, overlapping=True)
            if not start or not text[start - 1].isalnum() or not text[start].isalnum() or not text[start].isascii()
        }

    def recognised(self, clue: Clue, slots: Iterable[int]) -> tuple[str, ...]:
        """The providers that the text's tags and addresses or the host's name show, the surest first."""
        found = [mark for slot in slots if (mark := self.marks[slot])]
        host = clue.host.lower().rstrip(".") if clue.host else ""
        while host:
            if host in self.hosts:
                found.append(self.hosts[host])
                break
            host = host.partition(".")[2]
        return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)

    def weakly(self, clue: Clue) -> tuple[str, ...]:
        """The provider that the recipient's domain hints at."""
        provider = self.domains.get(clue.domain.lower()) if clue.domain else None
        return (provider,) if provider else ()

    def by_words(self, clue: Clue, text: str, slots: Iterable[int], known: tuple[str, ...]) -> Phrase | None:
        """The phrase that weighs most of those that are there: what says more first, then whose it is, then length."""
        code = (clue.reply or clue.enhanced or "")[:1]
        phase = clue.phase
        early = phase in BEFORE_RCPT or clue.reply in LOGIN_REPLIES or (clue.enhanced or "").endswith(SENDERS_CODES)
        best, chosen = -1, None
        for slot in sorted(slots, key=self.most.__getitem__, reverse=True):
            if self.most[slot] <= best:
                break
            for phrase in self.phrases[slot]:
                if phrase.most <= best:
                    break
                if code and phrase.classes and code not in phrase.classes:
                    continue  # the codes say that it is the other kind: a 4xx reply against 5xx words
                if (early and phrase.of_recipient) or (phrase.only_at and phase not in phrase.only_at):
                    continue
                if phrase.theirs and phrase.entry.provider not in known:
                    continue  # anybody's servers say so, and nothing shows that it is this provider's
                score = self.score(phrase, clue, known)
                if score > best and phrase.stands_in(text):
                    best, chosen = score, phrase
        return chosen

    def score(self, phrase: Phrase, clue: Clue, known: tuple[str, ...]) -> int:
        """How much a phrase says, whose it is, how long it is and how well codes and phase agree, as one number.

        The recognised provider's own words come before anybody's, those before another mailbox provider's; words of a
        provider that nothing shows weigh less. At equal weight the entry that was read first is taken.
        """
        provider = phrase.entry.provider
        if not provider:
            closeness, weight = 1, 2 * (phrase.length + agreement(phrase, clue))
        elif provider in known:
            closeness, weight = 2, 2 * (phrase.length + agreement(phrase, clue)) + 1
        else:
            kind = self.providers[provider].kind
            closeness = 0 if known and kind == "mailbox" else 1
            if kind in EVERYWHERE:
                weight = 2 * (phrase.length + agreement(phrase, clue)) + 1
            else:
                weight = 2 * (phrase.length - UNRECOGNISED)
        return packed(phrase.said, closeness, weight) - phrase.number

    def worded(self, phrase: Phrase, known: tuple[str, ...]) -> Match:
        """The match that a phrase makes."""
        entry = phrase.entry
        theirs = bool(entry.provider) and entry.provider in known
        named = entry.provider if entry.provider and self.kind(entry) == "mailbox" else ""
        matched = " … ".join(phrase.parts) or (phrase.pattern.pattern if phrase.pattern else "")
        return Match(entry, "provider" if theirs else "words", self.who(known) or named, matched)

    def kind(self, entry: Entry) -> str:
        """What kind of system an entry's provider runs."""
        return self.providers[entry.provider].kind

    def who(self, known: tuple[str, ...]) -> str:
        """The recognised provider to name: a mailbox provider or a filter before the software it runs."""
        if len(known) < 2:
            return known[0] if known else ""
        return min(known, key=lambda provider: self.providers[provider].kind in EVERYWHERE)

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


def agreed(made: Match, words: Match | None) -> Match:
    """A match by a vendor's code, by words too where they say the same."""
    if words is None or made.basis != "enhanced" or words.entry.reason != made.entry.reason:
        return made
    return Match(made.entry, "words", made.provider, words.matched)


def fits_reply(entry: Entry, clue: Clue) -> bool:
    """Whether an entry takes a clue's reply code: any, where either names none."""
    return not entry.reply or not clue.reply or clue.reply in entry.reply
