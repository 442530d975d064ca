"""Whether an IP is covered by a domain's SPF record, includes and redirects followed (RFC 7208)."""

from __future__ import annotations

import ipaddress
import re

import msgspec

from bot.checks.lookup import Counted
from bot.checks.macros import Unfilled, filled

# RFC 7208 section 4.6.4: terms that ask DNS, ten in all.
TERMS = 10
TERM = re.compile(
    r"(?P<sign>[-+~?]?)(?P<name>[a-z0-9]+)(?::(?P<value>[^/\s]+))?(?P<cidr>(?:/\d+)?(?://\d+)?)$", re.IGNORECASE
)
RESULTS = {"": "pass", "+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
ASKING = frozenset(("include", "a", "mx", "ptr", "exists"))


class Result(msgspec.Struct, frozen=True):
    """What SPF says (pass, fail, softfail, neutral, none, permerror, temperror, unknown), and by which term."""

    result: str
    by: str = ""


class Walk:
    """One evaluation: counts the terms that ask DNS."""

    def __init__(self, dns: Counted, ip: str) -> None:
        self._dns, self._ip, self._terms, self._sender = dns, ipaddress.ip_address(ip), 0, ""

    def check(self, domain: str, depth: int = 0) -> Result:
        """SPF of a domain for the IP."""
        self._sender = self._sender or domain
        found = self._dns.ask(domain, "TXT")
        if found.why == "failed":
            return Result("temperror", domain)
        records = [row for row in found.rows if row.lower() == "v=spf1" or row.lower().startswith("v=spf1 ")]
        if not records:
            return Result("none", domain)
        if len(records) > 1:
            return Result("permerror", f"{domain} has {len(records)} SPF records; only one is allowed")
        redirect = ""
        for term in records[0].split()[1:]:
            if term.lower().startswith("redirect="):
                redirect = term.partition("=")[2]
            elif "=" not in term and (done := self._term(term, domain, depth)):
                return done
        if redirect:
            try:
                return self._redirected(self._filled(redirect, domain), domain, depth)
            except Unfilled as why:
                return unknown(f"redirect={redirect}", domain, why)
        return Result("neutral", f"no term of {domain} matches")

    def _redirected(self, target: str, domain: str, depth: int) -> Result:
        self._terms += 1
        if self._terms > TERMS or depth >= TERMS:
            return Result("permerror", f"more than {TERMS} DNS look-ups")
        done = self.check(target, depth + 1)
        return Result("permerror", f"redirect={target} in {domain} has no SPF") if done.result == "none" else done

    def _filled(self, text: str, domain: str) -> str:
        return filled(text, str(self._ip), domain, self._sender)

    def _term(self, term: str, domain: str, depth: int) -> Result | None:
        try:
            plain = self._filled(term, domain)
        except Unfilled as why:
            return unknown(term, domain, why)
        m = TERM.match(plain)
        if m is None:
            return Result("permerror", f"{term} in {domain} is no SPF term")
        name, result = m["name"].lower(), RESULTS[m["sign"]]
        if name in ASKING:
            self._terms += 1
            if self._terms > TERMS:
                return Result("permerror", f"more than {TERMS} DNS look-ups")
        if name == "include":
            return self._included(m["value"] or "", result, depth)
        there = self._matches(name, plain, m, domain)
        if there is None:
            return Result("permerror", f"{term} in {domain} is no SPF term")
        return Result(result, f"{term} in {domain}") if there else None

    def _included(self, target: str, result: str, depth: int) -> Result | None:
        if depth >= TERMS:
            return Result("permerror", f"more than {TERMS} DNS look-ups")
        inner = self.check(target, depth + 1)
        if inner.result == "pass":
            return Result(result, inner.by)
        if inner.result in ("none", "permerror"):
            return Result("permerror", inner.by if inner.result == "permerror" else f"include:{target} has no SPF")
        return inner if inner.result in ("temperror", "unknown") else None

    def _matches(self, name: str, term: str, m: re.Match[str], domain: str) -> bool | None:
        """Whether a term without includes covers the IP; None where it is no term."""
        if name == "all":
            return True
        if name in ("ip4", "ip6"):
            try:
                return self._ip in ipaddress.ip_network(term.partition(":")[2], strict=False)
            except ValueError:
                return None
        if name == "exists":
            return bool(m["value"]) and bool(self._dns.ask(m["value"], "A").rows)
        if name == "ptr":
            return self._named(m["value"] or domain)
        if name not in ("a", "mx"):
            return None
        hosts = (
            (m["value"] or domain,)
            if name == "a"
            else tuple(row.split()[-1] for row in self._dns.ask(m["value"] or domain, "MX").rows[:10])
        )
        four, six = (m["cidr"].partition("//")[0].strip("/") or "32"), (m["cidr"].partition("//")[2] or "128")
        size, kind = (four, "A") if self._ip.version == 4 else (six, "AAAA")
        for host in hosts:
            for row in self._dns.ask(host, kind).rows:
                try:
                    if self._ip in ipaddress.ip_network(f"{row}/{size}", strict=False):
                        return True
                except ValueError:
                    return None
        return False

    def _named(self, domain: str) -> bool:
        """Whether the IP has a name within a domain that leads back to it (RFC 7208 section 5.5; used by few)."""
        kind, under = "A" if self._ip.version == 4 else "AAAA", f".{domain.lower()}"
        names = self._dns.ask(self._ip.reverse_pointer, "PTR").rows[:10]
        within = (name for name in names if f".{name.lower()}".endswith(under))
        return any(str(self._ip) in self._dns.ask(name, kind).rows for name in within)


def unknown(term: str, domain: str, why: Unfilled) -> Result:
    """The result where a term holds what nobody here knows."""
    return Result("unknown", f"{term} in {domain} asks for {why}")
