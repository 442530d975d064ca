"""Holds a catalogue against its own samples: each must lead to its entry, and no other text may."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue import Catalogue, Clue, Entry
from catalogue.codes import REPLY
from catalogue.entries import Phase

LEAD = re.compile(
    r"(?:smtp;\s*)?(?P<reply>[2-5]\d\d)?(?P<dash>[- ]|$)?\s*#?(?P<enhanced>[245]\.\d{1,3}\.\d{1,3})?[\s:]*", re.I
)
REPEATED = re.compile(r"(?<=\s)[2-5]\d\d-(?:[245]\.\d{1,3}\.\d{1,3}\s)?")

PHASE = re.compile(r"\(in reply to (initial connection|EHLO|HELO|MAIL FROM|RCPT TO|end of DATA)(?: command)?\)")
PHASES: dict[str, Phase] = {
    "initial connection": "connect",
    "EHLO": "helo",
    "HELO": "helo",
    "MAIL FROM": "mail",
    "RCPT TO": "rcpt",
    "end of DATA": "end-of-data",
}


def clue(sample: str, catalogue: Catalogue, provider: str) -> Clue:
    """A sample's codes and words, as a reply of a provider's host ("": of nobody known)."""
    lead = LEAD.match(sample)
    reply = lead["reply"] if lead and (lead["dash"] is not None) else None
    enhanced = lead["enhanced"] if lead else None
    known = catalogue.providers.get(provider)
    host = known.hosts[0] if known and known.hosts else ""
    words = REPEATED.sub("", sample[lead.end() :] if lead and (reply or enhanced) else sample)
    said = PHASE.search(words)
    return Clue(
        words,
        reply=reply if reply and REPLY.fullmatch(reply) else None,
        enhanced=enhanced,
        phase=PHASES[said[1]] if said else None,
        host=host,
    )


def strays(catalogue: Catalogue, *, of: str = "") -> Iterator[tuple[Entry, str, str]]:
    """Each sample that leads elsewhere and each not-sample that leads here: the entry, the text, where it led.

    ``of``: only the entries of files whose path holds this text.
    """
    for entry in catalogue.entries.values():
        if of not in catalogue.origin[entry.id]:
            continue
        for sample in entry.samples:
            match = catalogue.match(clue(sample, catalogue, entry.provider))
            if match is None or match.entry.id != entry.id:
                yield entry, sample, f"leads to {match.entry.id} by {match.matched!r}" if match else "leads nowhere"
        for sample in entry.not_samples:
            match = catalogue.match(clue(sample, catalogue, entry.provider))
            if match and match.entry.id == entry.id:
                yield entry, sample, f"must not lead here, and does by {match.matched!r}"
