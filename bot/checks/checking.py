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
from catalogue import Catalogue

SELECTOR = re.compile(r"\b(?:s|selector)\s*[=:]\s*\"?(?P<name>[a-z0-9][\w.-]{0,62})", re.IGNORECASE)
RECIPIENT = re.compile(r"…@(?P<domain>(?:[a-z0-9-]+\.)+[a-z]{2,24})", re.IGNORECASE)
WHY = {"missing": "no such name", "empty": "the name has no such record", "failed": "no answer in time"}


class Found(msgspec.Struct, frozen=True):
    """One check: its name, what was asked, what was found, and what that means."""

    check: str
    asked: tuple[str, ...]
    found: str
    verdict: str


def run(
    case: Case, catalogue: Catalogue, lookup: Lookup, clock: Callable[[], float] = time.monotonic
) -> tuple[Found, ...]:
    """All checks for which the reply holds a name or an address; none where it holds neither."""
    v, made = case.values, []
    recipient = RECIPIENT.search(case.quote)
    selector = SELECTOR.search(case.quote)
    ip = v.ip if is_ip(v.ip) else ""
    if v.domain and ip:
        made.append(spf(v.domain, ip, Counted(lookup, clock)))
    if v.domain and selector:
        made.append(dkim(v.domain, selector["name"], Counted(lookup, clock)))
    if v.domain:
        made.append(dmarc(v.domain, Counted(lookup, clock)))
    if ip:
        made.append(ptr(ip, Counted(lookup, clock)))
    if recipient:
        made.append(mx(recipient["domain"].lower(), Counted(lookup, clock)))
    listed = catalogue.lists.called(v.list)
    if listed is not None and ip and listed.zones:
        made.append(blocklist(listed.zones[0], listed.name, ip, Counted(lookup, clock)))
    return tuple(made)


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
        "unknown": "It holds a term that cannot be followed here.",
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
    """Which policy does the domain have?"""
    got = dns.ask(f"_dmarc.{domain}", "TXT")
    policies = [row for row in got.rows if row.lower().startswith("v=dmarc1")]
    several = "Several records: none counts." if len(policies) > 1 else ""
    said = several or ("It has a policy." if policies else "There is none here; the parent domain's may apply.")
    return Found(f"DMARC of {domain}", tuple(dns.asked), shown(got), said)


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
