"""What a reply names: the address it refuses, a domain, a link, a limit, how long to wait."""

from __future__ import annotations

import ipaddress
import re

from bot.terms import Values

IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)")
IPV6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f]{1,4}:[0-9A-Fa-f:]{3,40}(?:\d{1,3}(?:\.\d{1,3}){3})?(?![\w:])")
URL = re.compile(r"https?://[^\s<>\"'\])]+", re.IGNORECASE)
WAIT = re.compile(
    r"(?:in|for|after|wait|within)\s+(?:about |approximately |at least )?(?P<number>\d{1,5})\s*(?P<unit>s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?)\b",
    re.IGNORECASE,
)
DOMAIN = re.compile(
    r"(?:domain|spf)(?: of)?[^\w@]{1,3}(?P<domain>(?:[a-z0-9-]+\.)+[a-z]{2,24})(?![\w@])", re.IGNORECASE
)
LIMIT = re.compile(r"(?:limit|maximum|max|size)\D{1,40}(?P<limit>\d{2,12}(?:\.\d+)?(?:\s?[kmg]i?b)?)", re.IGNORECASE)
TAG = re.compile(
    r"[\[(](?P<tag>[A-Z]{2,5}-?\d{2,4}(?:[A-Z]\d?)?)[\])]|\b(?P<bare>IB\d{3}|AUP#[\w-]+|(?:RP|SC|DY|OU)-00\d)\b"
)
CHECK = re.compile(
    r"\b(?P<what>SPF|DKIM|DMARC)\b(?:[ _-]?(?:check|result|validation|policy))?[ \t]*(?P<whose>\[[^\]\s]{1,120}\](?: with ip: \[[^\]\s]{1,60}\])?)?"
    r"[ \t]*(?:[=:]|-|is|was|result:?)?[ \t]*(?P<how>did not pass|not pass(?:ed)?|pass(?:ed)?|(?:hard|soft)?[ -]?fail(?:ed|s|ure)?|none|neutral|temperror|permerror|missing|not aligned)\b",
    re.IGNORECASE,
)
SECONDS = {"s": 1, "m": 60, "h": 3600}


def values_of(words: str) -> Values:
    """The values of a reply as written; an IP only where it is one."""
    low = words.lower()
    url = URL.search(words) if "http" in low else None
    wait = WAIT.search(words) if any(unit in low for unit in ("sec", "min", "hour", "hrs")) else None
    tag = TAG.search(words) if any(mark in words for mark in ("[", "(", "IB", "AUP#", "-00")) else None
    limit = LIMIT.search(words) if any(word in low for word in ("limit", "max", "size")) else None
    domain = DOMAIN.search(URL.sub(" ", words) if url else words) if "domain" in low or "spf" in low else None
    return Values(
        ip=ip_of(words),
        domain=domain["domain"].lower() if domain else "",
        url=url[0].rstrip(".,;:") if url else "",
        limit=limit["limit"] if limit else "",
        tag=(tag["tag"] or tag["bare"]) if tag else "",
        checks=checks_of(words) if any(name in low for name in ("spf", "dkim", "dmarc")) else (),
        wait=int(wait["number"]) * SECONDS[wait["unit"][0].lower()] if wait else 0,
    )


def checks_of(words: str) -> tuple[str, ...]:
    """The results of SPF, DKIM and DMARC that a reply prints, at most six, each once: "SPF [example.com]: did not pass"."""
    found = (
        f"{m['what'].upper()}{' ' + m['whose'] if m['whose'] else ''}: {m['how'].lower()}"
        for m in CHECK.finditer(words)
    )
    return tuple(dict.fromkeys(found))[:6]


def ip_of(words: str) -> str:
    """The first IP address in a text, "" where there is none."""
    found = IPV4.findall(words) if words.count(".") > 2 else []
    if words.count(":") > 2:
        found += IPV6.findall(words)
    return next((ip for ip in found if is_ip(ip)), "")


def is_ip(text: str) -> bool:
    """Whether a text is an IPv4 or IPv6 address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
