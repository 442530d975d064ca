"""The checks that fit a bounce: what was asked, what DNS says now, beside what the reply claims."""

from __future__ import annotations

import ipaddress
import re
import time
from collections.abc import Callable

import msgspec

from bot.checks.lookup import Answered, Counted, Lookup
from bot.checks.spf import Walk
from bot.terms import Case
from catalogue import Catalogue, Check

SELECTOR = re.compile(r"\b(?:s|selector|header\.s)\s*[=:]\s*\"?(?P<name>[a-z0-9][\w.-]{0,62})", re.IGNORECASE)
RECIPIENT = re.compile(r"…@(?P<domain>(?:[a-z0-9-]+\.)+[a-z]{2,24})", re.IGNORECASE)
WHY = {"missing": "no such name", "empty": "the name has no such record", "failed": "no answer in time"}
# A policy is looked for at so many parents.
PARENTS = 3


class Names(msgspec.Struct, frozen=True):
    """What is looked up: from the reply, or as somebody typed it; "" where it is not known.

    ``domain`` is the sender's, ``to`` the recipient's, ``list`` a known blocklist's name.
    """

    domain: str = ""
    ip: str = ""
    selector: str = ""
    to: str = ""
    list: str = ""


class Found(msgspec.Struct, frozen=True):
    """One check: its name, what was asked, what was found, and what that means; nothing asked: what is missing."""

    check: str
    asked: tuple[str, ...]
    found: str
    verdict: str


def names_in(case: Case) -> Names:
    """The names and addresses that a reply holds."""
    recipient, selector = RECIPIENT.search(case.quote), SELECTOR.search(case.quote)
    return Names(
        domain=case.values.domain,
        ip=case.values.ip if is_ip(case.values.ip) else "",
        selector=selector["name"] if selector else "",
        to=recipient["domain"].lower() if recipient else "",
        list=case.values.list,
    )


# What each check needs, what it is called, and where to find what is missing.
NEEDS: dict[Check, tuple[str, tuple[str, ...]]] = {
    "spf": ("SPF", ("domain", "ip")),
    "dkim": ("DKIM key", ("domain", "selector")),
    "dmarc": ("DMARC", ("domain",)),
    "ptr": ("Reverse DNS", ("ip",)),
    "mx": ("MX", ("to",)),
    "blocklist": ("Blocklist", ("ip", "list")),
}
MISSING = {
    "domain": "the sender's domain: it stands behind the @ of Return-Path (SPF) or From (DMARC), or as d= (DKIM)",
    "ip": "the IP that the mail left from: it is in the sending server's log, or the last Received line of the report",
    "selector": "the DKIM selector: it stands as s= in the DKIM-Signature header of a mail that went out",
    "to": "the recipient's domain: what stands behind the @ of the address",
    "list": "the list: the reply names none that I know, so look at the page it links to",
}


def run(
    names: Names,
    wanted: tuple[Check, ...],
    catalogue: Catalogue,
    lookup: Lookup,
    clock: Callable[[], float] = time.monotonic,
) -> tuple[Found, ...]:
    """The wanted checks in their order; one that lacks a name or an address says which, and where that is found."""
    return tuple(one(check, names, catalogue, Counted(lookup, clock)) for check in wanted)


def one(check: Check, names: Names, catalogue: Catalogue, dns: Counted) -> Found:
    """One check, or what it lacks."""
    called, needs = NEEDS[check]
    listed = catalogue.lists.called(names.list)
    has = {"list": bool(listed and listed.alive and listed.zones), "ip": is_ip(names.ip)}
    lacking = [need for need in needs if not has.get(need, bool(getattr(names, need)))]
    if lacking:
        return Found(called, (), f"Not looked up. Missing is {MISSING[lacking[0]]}.", "")
    if check == "blocklist":
        assert listed is not None
        return blocklist(listed.zones[0], listed.name, names.ip, dns)
    made: dict[str, Callable[[], Found]] = {
        "spf": lambda: spf(names.domain, names.ip, dns),
        "dkim": lambda: dkim(names.domain, names.selector, dns),
        "dmarc": lambda: dmarc(names.domain, dns),
        "ptr": lambda: ptr(names.ip, dns),
        "mx": lambda: mx(names.to, dns),
    }
    return made[check]()


def is_ip(text: str) -> bool:
    """Whether a text is an IP address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def shown(answered: Answered) -> str:
    """What was found, in a line."""
    return "; ".join(row[:200] for row in answered.rows[:5]) or WHY[answered.why or "empty"]


def spf(domain: str, ip: str, dns: Counted) -> Found:
    """Does the SPF of a domain cover an IP, includes followed?"""
    result = Walk(dns, ip).check(domain)
    said = {
        "pass": f"It covers {ip} now.",
        "none": "There is no SPF record.",
        "permerror": "The record is broken.",
        "temperror": "DNS did not answer: try again.",
        "unknown": "That cannot be decided from here.",
    }.get(result.result, f"It does not cover {ip}.")
    return Found(f"SPF of {domain} for {ip}", tuple(dns.asked), f"{result.result}: {result.by}", said)


def dkim(domain: str, selector: str, dns: Counted) -> Found:
    """Is there a key under the selector that the reply names?"""
    got = dns.ask(f"{selector}._domainkey.{domain}", "TXT")
    keys = [row for row in got.rows if "p=" in row]
    empty = any(re.search(r"\bp=\s*(?:;|$)", key) for key in keys)
    said = "The key was withdrawn (p= is empty)." if empty else "There is a key." if keys else "There is no key."
    return Found(f"DKIM key {selector} of {domain}", tuple(dns.asked), shown(got), said)


def dmarc(domain: str, dns: Counted) -> Found:
    """Which policy does the domain have, or the nearest of its parents that has one?"""
    labels = domain.split(".")
    parents = [".".join(labels[at:]) for at in range(len(labels) - 1)][: PARENTS + 1]
    got = Answered()
    for name in parents:
        got = dns.ask(f"_dmarc.{name}", "TXT")
        policies = [row for row in got.rows if row.lower().startswith("v=dmarc1")]
        if policies or got.why == "failed":
            break
    several = "Several records: none counts." if len(policies) > 1 else ""
    inherited = (
        f"It has none of its own; that of {name} applies (sp= before p=)." if name != domain else "It has a policy."
    )
    none = "DNS did not answer: try again." if got.why == "failed" else "There is none, here or above."
    return Found(f"DMARC of {domain}", tuple(dns.asked), shown(got), several or (inherited if policies else none))


def ptr(ip: str, dns: Counted) -> Found:
    """Does the IP have a name that leads back to it?"""
    address = ipaddress.ip_address(ip)
    got = dns.ask(address.reverse_pointer, "PTR")
    back = [name for name in got.rows[:5] if leads_back(name, address, dns)]
    said = f"{back[0]} leads back to it." if back else "No name that leads back to it."
    return Found(f"Reverse DNS of {ip}", tuple(dns.asked), shown(got), said)


def leads_back(name: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address, dns: Counted) -> bool:
    """Whether a name has the address."""
    rows = dns.ask(name, "A" if address.version == 4 else "AAAA").rows
    return any(is_ip(row) and ipaddress.ip_address(row) == address for row in rows)


def mx(domain: str, dns: Counted) -> Found:
    """Does the recipient's domain take mail, and where?"""
    got = dns.ask(domain, "MX")
    if any(row.split()[-1] == "." for row in got.rows):
        said = "The domain takes no mail, by its own word (null MX)."
    elif got.rows:
        said = "It names a mail server."
    else:
        said = {"missing": "The domain does not exist.", "empty": "No MX: senders fall back to its address."}.get(
            got.why, ""
        )
    return Found(f"MX of {domain}", tuple(dns.asked), shown(got), said or "DNS did not answer: try again.")


def blocklist(zone: str, name: str, ip: str, dns: Counted) -> Found:
    """Is the IP on the list that the reply names? 127.255.255.x is an error of the one who asks, not a listing."""
    address = ipaddress.ip_address(ip)
    reverse = address.reverse_pointer.rsplit(".", 2)[0]
    got = dns.ask(f"{reverse}.{zone}", "A")
    if any(row.startswith("127.255.255.") for row in got.rows):
        said = "The list refuses to answer this resolver: look it up on its page."
    elif any(row.startswith("127.") for row in got.rows):
        said = "It is listed now."
    else:
        said = (
            "It is not listed now." if got.why in ("missing", "empty") else "No usable answer: look it up on its page."
        )
    return Found(f"{ip} at {name}", tuple(dns.asked), shown(got), said)
