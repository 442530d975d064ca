"""Whether to drop an address: the entry's advice, made more careful by all that speaks against it here."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import msgspec

from bot.terms import CONFIRM_FIRST, Diagnosis, Finding
from catalogue import Basis, Catalogue, Match, Suppress

WORDS_BASES: frozenset[Basis] = frozenset(("provider", "words"))
# Many unknown users at one domain at once: its directory lost its data; those are no dead mailboxes.
OUTAGE = 5
PER_CENT = 10
# The codes that speak of the address itself (RFC 3463 section 3.2); 5.1.10 is Exchange Online's "not found".
ADDRESS_CODES = ("5.1.",)
CLOSED_CODES = ("5.2.0", "5.2.1")
# How people count in front of a reply: "400 recipients", "30x", "9 of 10", "80 %", "all our contacts".
CROWD = re.compile(
    r"(?<![\d.:])(?P<count>\d{1,7})\s?(?:x\b|times\b|of\s\d|bounces\b|recipients\b|address(?:es)?\b|mailboxes\b|users\b"
    r"|contacts\b|subscribers\b|people\b|accounts\b|mails\b|emails\b|messages\b|failures\b)"
    r"|(?<![\d.])(?P<share>\d{1,3})(?:\.\d+)?\s?(?:%|per\s?cent\b)"
    r"|\b(?P<all>(?:all|every one|most|half)\s(?:of\s)?(?:our|their|the|these|those)\s(?:\w+\s)?"
    r"(?:recipients|addresses|mailboxes|users|contacts|subscribers|people|accounts|mails?|emails|messages)\b|every(?:one|body)\sat\b)",
    re.IGNORECASE,
)
LONGEST_TALK = 4000


def suppression(match: Match, found: Finding, catalogue: Catalogue) -> tuple[Suppress, str]:
    """Whether to drop the address, and why not so where the advice is more careful than the entry's."""
    entry = match.entry
    temporary = (found.reply or found.enhanced or "5")[0] == "4"
    if temporary and entry.reason == "userunknown" and found.state == "given-up" and match.basis in WORDS_BASES:
        # Postfix says 450 for unknown users where unknown_local_recipient_reject_code was set to 450 for a migration.
        return "after-confirming", "Unknown each time until the queue gave up, but with a temporary code: ask first."
    if entry.suppress == "no":
        return "no", entry.suppress_when
    if temporary:
        return "no", "The server answered with a temporary code: the address stays."
    if entry.suppress == "yes" and match.basis not in WORDS_BASES:
        return "after-confirming", "Only the code says so, not the server's words."
    if entry.suppress == "yes" and (doubt := doubts(match, found, catalogue)):
        return "after-confirming", doubt
    return entry.suppress, entry.suppress_when


def doubts(match: Match, found: Finding, catalogue: Catalogue) -> str:
    """Why words that say "no such mailbox" may not mean it here, or "" where nothing speaks against them."""
    if found.phase in ("end-of-data", "data"):
        # au and docomo say "unknown user" after DATA to senders whom the recipient filters; Sisimai's "filtered".
        return "The refusal came after the message was looked at, so it may not be about the address."
    code = found.enhanced or ""
    if match.entry.reason == "suspend" and code in CLOSED_CODES:
        return ""
    if code and not code.startswith(ADDRESS_CODES) and not code.endswith(".0.0"):
        return f"The words say that the mailbox is gone, the code {code} says something else."
    if other := catalogue.doubt(found.words.replace(found.recipient or "@", ""), match):
        return f'The words also speak of "{other}", so it may not be about the mailbox.'
    if code.startswith(ADDRESS_CODES) or found.phase == "rcpt" or match.basis == "provider":
        return ""
    return "The text does not show whether the address was refused, or the message."


# What is left of "no such mailbox" where many are gone at once: nobody knows yet, and the other side looks first.
CAREFUL: dict[str, Any] = {
    "suppress": "after-confirming",
    "outlook": None,
    "actor": "receiving-admin",
    "then_actor": "author",
    "retry": "later",
    "retry_advice": CONFIRM_FIRST,
}


def with_outages(diagnoses: list[Diagnosis], text: str) -> list[Diagnosis]:
    """The diagnoses, `suppress` lowered where many unknown users at once show that the domain itself is in trouble.

    Many are OUTAGE at one domain (or said by one host, where no recipients are named), or as many as ``text`` counts.
    """
    gone = [d for d in diagnoses if d.suppress == "yes"]
    if not gone:
        return diagnoses
    lost = Counter(map(domain_of, gone)) if len(gone) >= OUTAGE else Counter()
    talk = gone[0].finding.dialect == "prose" and len(text) <= LONGEST_TALK
    told = crowd(text) if talk and len(gone) < OUTAGE else ""
    whys = {domain: f"{count} unknown users" for domain, count in lost.items() if count >= OUTAGE}
    if told:
        whys = {domain_of(d): f"{told} at once" for d in gone}
    if not whys:
        return diagnoses
    return [
        msgspec.structs.replace(d, suppress_why=outage(domain_of(d), whys[domain_of(d)]), **CAREFUL)
        if d.suppress == "yes" and domain_of(d) in whys
        else d
        for d in diagnoses
    ]


def outage(domain: str, many: str) -> str:
    """Why many unknown users are not taken at their word."""
    return f"{many[:1].upper()}{many[1:]}{f' at {domain}' if domain else ''}: rather an outage there. Confirm first."


def domain_of(diagnosis: Diagnosis) -> str:
    """Where an unknown user should have been: the recipient's domain, else the host that said it, else ""."""
    found = diagnosis.finding
    return (found.recipient or "").rpartition("@")[2] or found.host


def crowd(text: str) -> str:
    """What a person's text says of how many there are, as they wrote it, "" where it counts none or few."""
    for m in CROWD.finditer(text):
        if m["all"] or (m["count"] and int(m["count"]) >= OUTAGE) or (m["share"] and int(m["share"]) >= PER_CENT):
            return " ".join(m[0].split())
    return ""
