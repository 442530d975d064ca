"""The phrases by which entries are recognised, and how much one weighs against another."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from catalogue import codes, wording
from catalogue.entries import Entry

EXACT_CODE = 12  # an agreeing code weighs as much as twelve letters of agreeing words
REPLY_CODE = 4
PHASE = 6
RECIPIENTS = frozenset(("filtered", "mailboxfull"))  # reasons that are a recipient's even where the address is kept
# How much vague words say, by reason: some say only that mail failed, and that a queue gave up is no cause.
SAID = {"onhold": 0, "undefined": 0, "expired": 1}
VAGUE, WORDS = 2, 3


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


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """One alternative of an entry's words (parts) or patterns (pattern), with what weighing it needs.

    ``said`` ranks what it says: WORDS, VAGUE ones, or less (SAID).
    ``theirs``: whether it counts only where something shows its provider, since servers of anybody say so too.
    ``only_at``: the phases outside of which it does not count, empty where it counts at any. ``most`` is the highest
    score that it can reach.
    """

    entry: Entry
    parts: tuple[str, ...]
    length: int
    number: int
    classes: frozenset[str]
    replies: frozenset[str]
    enhanced: frozenset[str]
    pattern: re.Pattern[str] | None
    said: int
    theirs: bool
    only_at: tuple[str, ...]
    of_recipient: bool
    most: int

    def stands_in(self, text: str) -> bool:
        """Whether it is in a text that holds its longest literal."""
        if self.pattern:
            return self.pattern.search(text) is not None
        return len(self.parts) == 1 or wording.found(self.parts, text)


def phrases_of(entry: Entry, number: int, anybodys: frozenset[str]) -> Iterator[tuple[str, Phrase]]:
    """Each alternative of an entry, with the literal that must be in a text for it to be looked at.

    ``anybodys`` are the phrases that are a provider's only where something shows it.
    """
    enhanced = frozenset(codes.spelled_out(entry.enhanced))
    replies = frozenset(entry.reply)
    classes = frozenset(code[0] for code in (*replies, *enhanced))
    about = entry.suppress != "no" or entry.reason in RECIPIENTS
    agreed = max(2, PHASE * bool(entry.phase) + EXACT_CODE * bool(enhanced) + REPLY_CODE * bool(replies))
    closest = 2 if entry.provider else 1

    def phrase(
        said: int, parts: tuple[str, ...], length: int, pattern: re.Pattern[str] | None = None, shared: bool = False
    ) -> Phrase:
        only_at = entry.phase if said < WORDS else ()
        theirs = entry.needs_provider or shared
        most = packed(said, closest, 2 * (length + agreed) + 1)
        return Phrase(
            entry, parts, length, number, classes, replies, enhanced, pattern, said, theirs, only_at, about, most
        )

    for said, phrases in ((WORDS, entry.words), (SAID.get(entry.reason, VAGUE), entry.vague)):
        for words in phrases:
            parts = wording.parts(words)
            yield max(parts, key=len), phrase(said, parts, sum(map(len, parts)), shared=words in anybodys)
    for pattern in entry.patterns:
        key, length = wording.literal(pattern)
        yield key, phrase(WORDS, (), length, re.compile(pattern))


def packed(said: int, closeness: int, weight: int) -> int:
    """What counts first, second and third as one number, with room below for the order of the entries."""
    return (said * 4 + closeness << 12) + weight << 16


def agreement(phrase: Phrase, clue: Clue) -> int:
    """How much codes and phase speak for an entry; without codes, how well its class suits what became of the mail."""
    phase = PHASE if clue.phase in phrase.entry.phase else 0
    if clue.reply or clue.enhanced:
        exact = EXACT_CODE if clue.enhanced in phrase.enhanced else 0
        return phase + exact + (REPLY_CODE if clue.reply in phrase.replies else 0)
    if phrase.entry.needs_code and clue.failed is None:
        return phase
    own = phrase.classes
    return phase + 2 * (not own or ("4" if clue.failed is False else "5") in own)
