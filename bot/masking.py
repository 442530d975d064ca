"""One masker for cards, fingerprints and logs: no address of a person leaves it whole."""

from __future__ import annotations

import re

# The local part as RFC 5322 writes it, percent-encoded too, and as VERP and SRS wrap an address (bob=example.org).
# What log lines and fields put before an address (to=, mailto:, rfc822;) is no part of it.
ADDRESS = re.compile(
    r"(?P<key>\b(?:orig_to|to|from|ctladdr|user|sender|recipient|rcpt|email|mailto|rfc822|smtp|helo|sasl_username)=)?"
    r"(?P<first>[^\s<>\"'(),;:\\\[\]{}|@=%…])[^\s<>\"'(),;:\\\[\]{}|@]{0,255}(?:@|%40)(?=[^\s<>\"'(),;\\\[\]{}|@])",
    re.IGNORECASE,
)
QUOTED = re.compile(r"\"[^\"\n@]{1,128}\"@")
PARTS = (
    (re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}"), "{ip}"),
    (re.compile(r"\b\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d)?\S*|\b\d\d:\d\d(?::\d\d)?\b"), "{time}"),
    (re.compile(r"\b(?=[0-9a-z._-]*\d)(?=[0-9a-z._-]*[a-z])[0-9a-z_-]{8,}\b"), "{id}"),
    (re.compile(r"(?<![\d.])\d{4,}(?![\d.])"), "{number}"),
)


def mask(text: str) -> str:
    """The text with each mail address as ``a…@example.com``; linear in its length, and never raises."""
    if "@" not in text and "%40" not in text:
        return text
    return ADDRESS.sub(lambda m: f"{m['key'] or ''}{m['first']}…@", QUOTED.sub("…@", text))


def normalise(text: str) -> str:
    """A reply in the form in which two sightings of one cause are the same: addresses, IPs, ids, times, counts gone."""
    shape = re.sub(r"\S*@\S+", "{address}", text.lower())
    for pattern, name in PARTS:
        shape = pattern.sub(name, shape)
    return " ".join(shape.split())
