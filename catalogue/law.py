"""The suppression law: what an entry may say about dropping an address, for ours and for a team's own."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.codes import spelled_out
from catalogue.entries import Entry

# The only reasons that are about the address or its domain; nothing else can say that an address is gone.
ABOUT_THE_ADDRESS = frozenset(
    ("userunknown", "suspend", "hasmoved", "hostunknown", "notaccept", "suppressed", "feedback")
)


def breaches(entry: Entry) -> Iterator[str]:
    """How an entry breaks the law, each as a sentence with what to do instead."""
    if entry.suppress == "yes" and not (entry.words or entry.patterns or entry.same_words_as):
        yield "only a reply's own words can show that a mailbox is gone, not a code: use after-confirming"
    if entry.suppress == "yes" and entry.reason not in ABOUT_THE_ADDRESS:
        yield f"{entry.reason} is not about the address, so it stays on the list: use no"
    if entry.suppress != "no" and {code[0] for code in (*entry.reply, *spelled_out(entry.enhanced))} == {"4"}:
        yield "the server answers with temporary codes only, so the address stays on the list: use no"
