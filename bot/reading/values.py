"""What a reply names: the address it refuses, a domain, a link, a limit, how long to wait."""

from __future__ import annotations

import ipaddress
import re

from bot.terms import Values

IP = re.compile(
    r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)|(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::|[0-9a-f]{1,4})[0-9a-f:]*",
    re.I,
)
URL = re.compile(r"https?://[^\s<>\"'\])]+", re.IGNORECASE)
WAIT = re.compile(
    r"(?:in|for|after|wait|within)\s+(?:about |approximately |at least )?(?P<number>\d{1,5})\s*(?P<unit>s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?)\b",
    re.IGNORECASE,
)
DOMAIN = re.compile(
    r"(?:domain|SPF|from|of)[^\w@]{1,3}(?P<domain>(?:[a-z0-9-]+\.)+[a-z]{2,24})(?![\w@])", re.IGNORECASE
)
LIMIT = re.compile(r"(?:limit|maximum|max|size)\D{1,40}(?P<limit>\d{2,12}(?:\.\d+)?(?:\s?[kmg]i?b)?)", re.IGNORECASE)
TAG = re.compile(
    r"[\[(](?P<tag>[A-Z]{2,5}-?\d{2,4}(?:[A-Z]\d?)?)[\])]|\b(?P<bare>IB\d{3}|AUP#[\w-]+|(?:RP|SC|DY|OU)-00\d)\b"
)
SECONDS = {"s": 1, "m": 60, "h": 3600}


def values_of(words: str) -> Values:
    """The values of a reply as written; an IP only where it is one."""
    low = words.lower()
    url = URL.search(words) if "http" in low else None
    wait = WAIT.search(words) if any(unit in low for unit in ("sec", "min", "hour", "hrs")) else None
    tag = TAG.search(words)
    limit = LIMIT.search(words) if any(word in low for word in ("limit", "max", "size")) else None
    domain = DOMAIN.search(URL.sub(" ", words) if url else words) if "." in words else None
    dotted = words.count(".") > 2 or words.count(":") > 2
    return Values(
        ip=next((ip for ip in IP.findall(words) if is_ip(ip)), "") if dotted else "",
        domain=domain["domain"].lower() if domain else "",
        url=url[0].rstrip(".,;:") if url else "",
        limit=limit["limit"] if limit else "",
        tag=(tag["tag"] or tag["bare"]) if tag else "",
        wait=int(wait["number"]) * SECONDS[wait["unit"][0].lower()] if wait else 0,
    )


def is_ip(text: str) -> bool:
    """Whether a text is an IPv4 or IPv6 address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
