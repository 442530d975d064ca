"""What reading promises of every text, for hypothesis and for the fuzzer alike."""

from __future__ import annotations

import re

from bot.reading import CONTROL, read
from bot.reading.mail import is_mail
from bot.reading.page import ESCAPE
from bot.terms import Finding

REPLY = re.compile(r"[2-5]\d\d")
ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


def broken(text: str) -> str:
    """The promise that reading this text breaks, "" where none; raises what reading raises."""
    asked = read(text, "asked")
    posted = read(text, "channel")
    return next((wrong for found in (*asked, *posted) if (wrong := lie(found, text))), "")


def lie(found: Finding, text: str) -> str:
    """What a finding claims that its text does not hold."""
    if found.reply is not None and not REPLY.fullmatch(found.reply):
        return f"{found.reply!r} is no reply code"
    if found.enhanced is not None and not ENHANCED.fullmatch(found.enhanced):
        return f"{found.enhanced!r} is no enhanced code"
    if found.recipient == "":
        return "an empty recipient"
    if decoded(text):
        return ""
    clean = CONTROL.sub("", text).replace(ESCAPE, "")
    said = (found.reply, found.enhanced, found.recipient)
    return next((f"{part!r} does not stand in the text" for part in said if part and part not in clean), "")


def decoded(text: str) -> bool:
    """Whether reading undoes an encoding first, so that what is found need not stand in the text as it is."""
    clean = CONTROL.sub("", text)
    return (
        "&lt;" in text
        or "<mailto:" in text
        or is_mail(clean)
        or clean.strip()[:1] in ("{", "[")
        or "delivery " in clean
    )
