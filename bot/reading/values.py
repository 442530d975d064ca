"""What a reply names: the address it refuses, a domain, a link, a limit, how long to wait."""

from __future__ import annotations

import ipaddress
import re

from bot.terms import Values

# The look-behinds stand after the first digit, so that a search can jump from digit to digit.
IPV4 = re.compile(r"\d(?<![\w.]\d)\d{0,2}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w.]{0,60}\d)")
IPV6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f]{1,4}:[0-9A-Fa-f:]{3,40}(?:\d{1,3}(?:\.\d{1,3}){3})?(?![\w:])")
URL = re.compile(r"https?://[^\s<>\"'\])]+", re.IGNORECASE)
TIME = re.compile(
    r"(?P<number>\d(?<!\d\d)\d{0,4})\s{0,9}(?P<unit>s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?)\b",
    re.IGNORECASE,
)
WAIT = re.compile(r"(?:in|for|after|wait|within)\s{1,9}(?:about |approximately |at least )?\Z", re.IGNORECASE)
# "4 minutes and 30 seconds", and milter-greylist's "in 00:04:59".
MORE = re.compile(r"(?:,| and)?\s{1,3}(?=\d)", re.IGNORECASE)
CLOCK = re.compile(r"\b(?:in|for|after)\s(?P<hours>\d\d):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)\b", re.IGNORECASE)
TIMED = ("sec", "min", "hour", "hrs", "wait", "retry", "again", "back", "listed", "defer")
DOMAIN = re.compile(
    r"(?:domain|spf)(?: checks?)?(?: of| for)?[^\w@]{1,3}(?P<domain>(?:[a-z0-9-]+\.)+[a-z]{2,24})(?![\w@])",
    re.IGNORECASE,
)
LIMIT = re.compile(r"(?:limit|maximum|max)\D{1,40}(?P<limit>\d{2,12}(?:\.\d+)?(?:\s?[kmg]i?b)?)", re.IGNORECASE)
SIZE = re.compile(r"size\D{1,40}(?P<limit>\d{2,12}(?:\.\d+)?(?:\s?[kmg]i?b)?)", re.IGNORECASE)
TAG = re.compile(r"[\[(](?P<tag>[A-Z]{1,5}-?\d{2,4}(?:[A-Z]\d?)?)[\])]")
BARE_TAG = re.compile(r"\b(?P<tag>IB\d{3}|AUP#[\w-]+|(?:RP|SC|DY|OU)-00\d)\b")
CHECK = re.compile(
    r"\b(?P<what>SPF|DKIM|DMARC)\b(?:[ _-]?(?:checks?|results?|validation|verification|policy))?(?: for)?[ \t]*(?P<whose>\[[^\]\s]{1,120}\](?: with ip: \[[^\]\s]{1,60}\])?)?"
    r"[ \t]*(?:[=:]|-|is|was|result:?)?[ \t]*(?P<how>did not pass|not pass(?:ed)?|pass(?:ed)?|(?:hard|soft)?[ -]?fail(?:ed|s|ure)?|none|neutral|temperror|permerror|missing|not aligned)\b",
    re.IGNORECASE,
)
# "example.com does not pass DMARC verification" has it the other way round.
FAILED = re.compile(
    r"\b(?<![=:])(?<![=:] )(?P<how>not pass|fail(?:ed|s)?)(?: the)? (?P<what>SPF|DKIM|DMARC)\b(?![ \t]{0,9}[=:])",
    re.IGNORECASE,
)
NOTHING = Values()
SECONDS = {"s": 1, "m": 60, "h": 3600}


def values_of(words: str) -> Values:
    """The values of a reply as written; an IP only where it is one."""
    low = words.lower()
    url = URL.search(words) if "http" in low else None
    wait = wait_in(words) if any(map(low.__contains__, TIMED)) else 0
    tag = TAG.search(words)
    if not tag and ("IB" in words or "AUP#" in words or "-00" in words):
        tag = BARE_TAG.search(words)
    limit = LIMIT.search(words) if "limit" in low or "max" in low else None
    if not limit and "size" in low:
        limit = SIZE.search(words)
    spf = "spf" in low
    domain = DOMAIN.search(URL.sub(" ", words) if url else words) if spf or "domain" in low else None
    checked = spf or "dkim" in low or "dmarc" in low
    ip = ip_of(words)
    if not (url or wait or tag or limit or domain or checked or ip):
        return NOTHING
    return Values(
        ip=ip,
        domain=domain["domain"].lower() if domain else "",
        url=url[0].rstrip(".,;:") if url else "",
        limit=limit["limit"] if limit else "",
        tag=tag["tag"] if tag else "",
        checks=checks_of(words) if checked else (),
        wait=wait,
    )


def wait_in(words: str) -> int:
    """How long to wait, in seconds: "try again in 5 minutes"; 0 where no time is said."""
    for time in TIME.finditer(words):
        if WAIT.search(words, max(0, time.start() - 40), time.start()):
            more = MORE.match(words, time.end())
            rest = TIME.match(words, more.end()) if more else None
            return seconds(time) + (seconds(rest) if rest else 0)
    clock = CLOCK.search(words) if ":" in words else None
    return (int(clock["hours"]) * 60 + int(clock["minutes"])) * 60 + int(clock["seconds"]) if clock else 0


def seconds(time: re.Match[str]) -> int:
    """A number with its unit in seconds."""
    return int(time["number"]) * SECONDS[time["unit"][0].lower()]


def checks_of(words: str) -> tuple[str, ...]:
    """The results of SPF, DKIM and DMARC that a reply prints, at most six, each once: "SPF [example.com]: did not pass"."""
    found = [
        f"{m['what'].upper()}{' ' + m['whose'] if m['whose'] else ''}: {m['how'].lower()}"
        for m in CHECK.finditer(words)
    ]
    told = {m["what"].upper() for m in CHECK.finditer(words)}
    found += [
        f"{m['what'].upper()}: {m['how'].lower()}" for m in FAILED.finditer(words) if m["what"].upper() not in told
    ]
    return tuple(dict.fromkeys(found))[:6]


def ip_of(words: str) -> str:
    """The first IP address in a text, "" where there is none."""
    if words.count(".") > 2:
        for four in IPV4.findall(words):
            if all(int(byte) < 256 for byte in four.split(".")):
                return str(four)
    return next((ip for ip in IPV6.findall(words) if is_ip(ip)), "") if words.count(":") > 2 else ""


def is_ip(text: str) -> bool:
    """Whether a text is an IPv4 or IPv6 address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
