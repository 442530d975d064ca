"""How deep the catalogue goes: every reply of a public survey is known, or the difference is argued."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest

from catalogue import Catalogue, Entry, wording
from catalogue.checking import clue

Row = dict[str, Any]

# What 85 providers, filters, lists, servers and services reply: surveyed in November 2026 from their own pages, sources
# and real bounces. Each row: whose reply, its wording, whether it clears, who acts (several: any of them first).
ROWS: list[Row] = [
    json.loads(line) for line in pathlib.Path(__file__).with_name("provider_rows.jsonl").read_text("utf-8").splitlines()
]

# Why the catalogue says something else than the survey, where it does.
ARGUED = {
    "permission": "Somebody has not allowed this sender: the address is good, and after their change the mail goes.",
    "size": "A smaller message reaches the same address.",
    "syntax": "The address is written wrongly: once it is corrected, the mail goes.",
    "content": "Other content, or the same in another form, reaches the same address.",
    "suppressed": "A service's own list stopped it, and may be out of date: confirm, take it off the list, send again.",
    "stale": "An old entry in an address book: typed anew, the mail goes.",
    "wrapper": "It only passes on another server's words: those decide, so it cannot be permanent by itself.",
    "final": "The refusal is final (5xx): this mail does not wait in a queue, somebody has to send it again after the fix.",
    "sides": "Either side's network may be the cause, so whether it clears depends, and the sender looks first.",
    "echo": "It only repeats that every recipient was refused before: those refusals say why, and whether it can be mended.",
    "inner": "A further reply behind it says whether the mailbox exists; by itself this text does not.",
    "probe": "The check of the address is not finished: first wait, then the receiving admin.",
    "broken": "A set-up or look-up is broken, or the words are anybody's: it is judged by the words, not by the server.",
    "dns": "The DNS of the domain does not answer: its owner acts first.",
    "storm": "The refusal is final, and a storm of mail has to stop before the next attempt: the sender looks first.",
    "expired": "The queue's time is over: the sending admin reads the real cause from the log first.",
}


def led(row: Row, catalogue: Catalogue) -> Entry | None:
    """The entry that a row's wording leads to, said by a host of its provider; None where only its codes speak."""
    match = catalogue.match(clue(row["text"], catalogue, row["provider"]))
    return match.entry if match and match.basis in ("provider", "words") else None


def agrees(row: Row, entry: Entry) -> bool:
    """Whether an entry says of a row's mail what the survey says."""
    return entry.outlook == row["outlook"] and entry.actor in row["actors"]


def test_the_survey_is_whole() -> None:
    """699 replies of 85 groups, each once."""
    assert len({row["id"] for row in ROWS}) == len(ROWS) == 699


def test_every_reply_of_the_survey_is_known(catalogue: Catalogue) -> None:
    """Each leads to an entry by its words, and that agrees on whether it clears and who acts first, or it is argued."""
    apart = []
    for row in ROWS:
        entry = led(row, catalogue)
        if entry is None or not (agrees(row, entry) or "argued" in row):
            apart.append(f"{row['id']} {row['text']!r} leads to {entry and (entry.id, entry.outlook, entry.actor)}")

    assert [] == apart


def test_no_argument_is_idle(catalogue: Catalogue) -> None:
    """Every argument is made for some row, and every row that is argued does differ."""
    argued = [row for row in ROWS if "argued" in row]

    assert ARGUED.keys() == {row["argued"] for row in argued}
    assert [] == [row["id"] for row in argued if (entry := led(row, catalogue)) and agrees(row, entry)]


def test_no_good_address_of_the_survey_is_dropped(catalogue: Catalogue) -> None:
    """Only replies that the survey calls permanent may lead to "suppress"."""
    dropped = [
        row["id"]
        for row in ROWS
        if row["outlook"] != "permanent" and (entry := led(row, catalogue)) and entry.suppress == "yes"
    ]
    assert [] == dropped


def specific(catalogue: Catalogue) -> list[Entry]:
    """The entries that more than a code leads to."""
    return [entry for entry in catalogue.entries.values() if entry.worded or entry.provider]


def theirs(catalogue: Catalogue) -> list[Entry]:
    """The entries of a provider, filter, list, server or service."""
    return [entry for entry in catalogue.entries.values() if entry.provider]


def test_the_catalogue_is_as_deep_as_promised(catalogue: Catalogue) -> None:
    """At least 500 entries say more than a code, of at least 70 providers, filters, lists, servers and services."""
    assert len(specific(catalogue)) >= 500
    assert len({entry.provider for entry in theirs(catalogue)}) >= 70


def test_every_entry_has_a_text_that_leads_to_it(catalogue: Catalogue) -> None:
    """Entries that words lead to, and all of a provider, show a reply that does."""
    assert [] == [entry.id for entry in specific(catalogue) if not entry.samples]


def holds(text: str, entry: Entry) -> bool:
    """Whether an entry's words stand in a text."""
    said = wording.normal(text)
    return any(wording.found(wording.parts(words), said) for words in (*entry.words, *entry.vague))


def test_neighbours_are_told_apart(catalogue: Catalogue) -> None:
    """An entry whose words also stand in a sample that leads to its neighbour has texts that must not lead to it."""
    alone = set()
    for entry in theirs(catalogue):
        if entry.not_samples:
            continue
        for other in theirs(catalogue):
            if other.provider != entry.provider or other.id == entry.id or not set(other.reply) & set(entry.reply):
                continue
            if any(holds(text, entry) for text in other.samples):
                alone.add(entry.id)

    assert set() == alone


def test_sources_have_dates(catalogue: Catalogue) -> None:
    """Each source has its day or says that nobody checked it; under 5 % of the entries rest on unchecked ones alone."""
    entries = specific(catalogue)
    undated = [e.id for e in entries if any(not source.seen and not source.unchecked for source in e.sources)]
    unchecked = [e.id for e in entries if all(source.unchecked for source in e.sources)]

    assert [] == undated
    assert len(unchecked) < 0.05 * len(entries)


def test_steps_are_written_out(catalogue: Catalogue) -> None:
    """A provider's entry says what happened and what to do in sentences, not in notes."""
    thin = [
        entry.id
        for entry in theirs(catalogue)
        if not entry.steps or min(map(len, (entry.meaning, *entry.steps))) < 20 or entry.meaning == f"{entry.title}."
    ]
    assert [] == thin


@pytest.mark.parametrize(
    ("text", "list_"),
    [
        ("blocked using zen.spamhaus.org", "Spamhaus ZEN"),
        ("blocked using sbl.spamhaus.org", "Spamhaus SBL"),
        ("blocked using xbl.spamhaus.org", "Spamhaus XBL"),
        ("blocked using pbl.spamhaus.org", "Spamhaus PBL"),
        ("blocked using dbl.spamhaus.org", "Spamhaus DBL"),
        ("is listed on the Exploits Block List (XBL)", "Spamhaus XBL"),
        ("Blocked - see https://www.spamcop.net/bl.shtml?192.0.2.25", "SpamCop"),
        ("blocked using b.barracudacentral.org", "Barracuda BRBL"),
        ("blocked using dnsbl-1.uceprotect.net", "UCEPROTECT level 1"),
        ("blocked using dnsbl-2.uceprotect.net", "UCEPROTECT level 2"),
        ("blocked using dnsbl-3.uceprotect.net", "UCEPROTECT level 3"),
        ("blocked using cm-csi-v11; Cloudmark Poor Reputation Sender", "Cloudmark CSI"),
        ("listed in multi.surbl.org", "SURBL"),
    ],
)
def test_a_reply_names_its_list(catalogue: Catalogue, text: str, list_: str) -> None:
    """A blocklist is told by its zone or by what replies call it."""
    found = catalogue.lists.named_in(f"554 5.7.1 Service unavailable; Client host [192.0.2.25] {text}")

    assert found is not None
    assert list_ == found.name


def test_every_list_is_found_by_its_zones(catalogue: Catalogue) -> None:
    """A reply that names a zone finds that list and no other; each says what it lists and how a listing ends."""
    lists = catalogue.blocklists.values()
    for one in lists:
        for zone in one.zones:
            assert one is catalogue.lists.named_in(f"550 192.0.2.25 is listed in {zone}, see there")

    assert len(lists) >= 30
    assert [] == [one.id for one in lists if not (one.lists and one.delisting and one.sources)]
    assert [] == [one.id for one in lists if one.alive and not one.lookup]


def test_closed_lists_say_so(catalogue: Catalogue) -> None:
    """A list that has closed is told from one that answers."""
    closed = {one.name for one in catalogue.blocklists.values() if not one.alive}

    assert {"SORBS", "NiX Spam", "CBL"} <= closed
    assert {"Spamhaus ZEN", "SpamCop", "Barracuda BRBL"}.isdisjoint(closed)


@pytest.mark.parametrize("code", ["254", "255", "252"])
def test_a_receivers_error_is_no_listing(catalogue: Catalogue, code: str) -> None:
    """127.255.255.x is Spamhaus's refusal to answer: the receiving admin mends it, nothing can be delisted."""
    text = f"554 5.7.1 Service unavailable; Client host [192.0.2.25] blocked using zen.spamhaus.org; 127.255.255.{code}"
    match = catalogue.match(clue(text, catalogue, ""))

    assert match is not None
    assert "receiving-admin" == match.entry.actor
    assert "No listing" in match.entry.title
