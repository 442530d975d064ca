"""The suppression law: what an entry may say about dropping an address, for ours and for a team's own."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.codes import spelled_out
from catalogue.entries import Entry

# The reasons that can condemn an address, and those in whose light it may have to be confirmed.
GONE = frozenset(("userunknown", "suspend", "hasmoved"))
ABOUT_THE_ADDRESS = GONE | {"hostunknown", "notaccept", "filtered", "suppressed", "feedback", "undefined", "onhold"}


def breaches(entry: Entry) -> Iterator[str]:
    """How an entry breaks the law, each as a sentence with what to do instead."""
    if entry.suppress == "yes" and not (entry.words or entry.patterns):
        yield "only a reply's own words can show that a mailbox is gone, not a code: use after-confirming"
    if entry.suppress != "no" and entry.reason not in ABOUT_THE_ADDRESS:
        yield f"{entry.reason} is not about the address, so it stays on the list: use no"
    elif entry.suppress == "yes" and not (
        entry.reason in GONE and entry.outlook == "permanent" and entry.retry == "no"
    ):
        yield "only a mailbox gone for good, whose mail is not retried, is dropped at once: use after-confirming"
    if entry.suppress == "after-confirming" and not entry.suppress_when:
        yield "say in suppress_when what has to be confirmed"
    if entry.suppress != "no" and {code[0] for code in (*entry.reply, *spelled_out(entry.enhanced))} == {"4"}:
        yield "the server answers with temporary codes only, so the address stays on the list: use no"
