"""Fills the macros of an SPF term (RFC 7208 section 7) with what is known: the IP and the domain, never a person."""

from __future__ import annotations

import ipaddress
import re

MACRO = re.compile(
    r"%(?:\{(?P<letter>[a-z])(?P<last>\d{0,3})(?P<turned>r?)(?P<split>[.\-+,/_=]*)\}|(?P<plain>[%_\-]))",
    re.IGNORECASE,
)
PLAIN = {"%": "%", "_": " ", "-": "%20"}
# What would have to be known besides, by its letter.
UNKNOWN = {
    "s": "the sender's whole address",
    "l": "the part of the sender's address before @",
    "h": "the name that the server says in HELO",
    "p": "the checked name of the IP",
}


class Unfilled(Exception):
    """A macro that cannot be filled in here; the message says what would have to be known."""


def filled(term: str, ip: str, domain: str, sender: str = "") -> str:
    """A term with its macros filled in; ``sender`` is the domain that was asked first. Raises Unfilled."""
    address = ipaddress.ip_address(ip)
    # IPv6 is written nibble by nibble (RFC 7208 section 7.3).
    dotted = ip if address.version == 4 else ".".join(address.exploded.replace(":", ""))
    known = {"i": dotted, "d": domain, "o": sender or domain, "v": "in-addr" if address.version == 4 else "ip6"}

    def value(found: re.Match[str]) -> str:
        if found["plain"]:
            return PLAIN[found["plain"]]
        letter = found["letter"].lower()
        if letter not in known:
            raise Unfilled(UNKNOWN.get(letter, f"what {found[0]} stands for"))
        parts = re.split(f"[{re.escape(found['split'] or '.')}]", known[letter])
        parts = parts[::-1] if found["turned"] else parts
        return ".".join(parts[-int(found["last"]) :] if found["last"] and int(found["last"]) else parts)

    text = MACRO.sub(value, term)
    if "%" in MACRO.sub("", term):
        raise Unfilled("what its % stands for: it is no macro")
    return text
