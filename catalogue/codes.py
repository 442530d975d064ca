"""Reply codes (RFC 5321) and enhanced status codes (RFC 3463): how they are written, and what they fall back to."""

from __future__ import annotations

import re

REPLY = re.compile(r"[2-5]\d\d")
ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
ENTRY_REPLY = re.compile(r"[2-5](?:\d\d|xx)")
ENTRY_ENHANCED = re.compile(r"[245x](?:\.\d{1,3}){0,2}", re.ASCII)


def spelled_out(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Enhanced codes as an entry gives them, ``x.7.1`` written out as both 4.7.1 and 5.7.1."""
    return tuple(c for code in codes for c in ((f"4{code[1:]}", f"5{code[1:]}") if code[0] == "x" else (code,)))


def fallbacks(enhanced: str) -> tuple[str, ...]:
    """An enhanced code, its subject and its class: ``5.7.999`` gives 5.7.999, 5.7 and 5."""
    subject = enhanced.rpartition(".")[0]
    return (enhanced, subject, enhanced[0]) if subject.count(".") else (enhanced, enhanced[0])


def vendor_made(enhanced: str) -> bool:
    """Whether a detail number lies outside what is registered (three digits): a vendor's own, like 5.7.515."""
    return len(enhanced.rpartition(".")[2]) == 3
