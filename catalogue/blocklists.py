"""Finds the blocklist that a reply names, by its zone or its name."""

from __future__ import annotations

from collections.abc import Mapping

import ahocorasick_rs

from catalogue.entries import Blocklist
from catalogue.wording import normal


class Blocklists:
    """All blocklists, found by the longest literal of theirs that stands in a text."""

    def __init__(self, lists: Mapping[str, Blocklist]) -> None:
        literals = ((literal, one) for one in lists.values() for literal in (*one.zones, *one.names))
        self._literals = sorted(literals, key=lambda pair: len(pair[0]), reverse=True)
        self._found = ahocorasick_rs.AhoCorasick([literal for literal, _ in self._literals]).find_matches_as_indexes
        self._named = {one.name: one for one in lists.values()}

    def named_in(self, words: str) -> Blocklist | None:
        """The list that a reply's words name, None where they name none that is known."""
        found = self._found(normal(words), overlapping=True)
        return self._literals[min(hit[0] for hit in found)][1] if found else None

    def called(self, name: str) -> Blocklist | None:
        """The list of this very name."""
        return self._named.get(name)


def lookup(one: Blocklist, ip: str) -> str:
    """The address where this IP can be looked up; "" where the list has none, or needs an IP and none is known."""
    return one.lookup.replace("{ip}", ip) if ip or "{ip}" not in one.lookup else ""
