"""Where a text holds reply codes (RFC 5321) and enhanced status codes (RFC 3463), and where a number is no code."""

from __future__ import annotations

import re

import msgspec

ENHANCED = r"[245]\.\d{1,3}\.\d{1,3}(?!\d|\.\d|\.?[xX*]{2})"
# Not after a word, a decimal point, a currency, a path or a sign; not as the minutes of a time.
FREE = r"(?<![\w.,/@$€£%+-])(?<!\d:)"
PAIR = re.compile(
    rf"{FREE}(?P<reply>[245][0-9]\d)(?:[ \t]{{0,9}}[-:;,][ \t]{{0,9}}|[ \t]{{1,40}}|[ \t]{{0,40}}\r?\n[ \t]{{1,40}})(?:b(?=[\"']))?[#(\"'<]{{0,9}}(?P<enhanced>{ENHANCED})"
)
NUMBER = re.compile(r"(?<![\w.,/@$€£%+-])[2-5]\d\d(?!\d)(?![:.,]\d)")
# A reply code alone stands where a reply begins: at the start of a line or after what introduces one …
BEGINS = re.compile(
    r"(?:(?:^|\n)[ \t>|*'\"`<(\[#-]*|(?:smtp;|->|=>|[:;(\[\"'<>=]|<<<|\b(?:said:?|returned|with|error|code|reply|response(?: ?code)?"
    r"|status|reason|failed|got|is))[ \t]*[#\"'(<]*)\Z",
    re.IGNORECASE,
)
# … and a reply's words or its end come after it.
GOES_ON = re.compile(r"-\D|[ \t]+\S|[ \t]*(?:\Z|\n|[\"'>)\],;:<])")
QUOTED = re.compile(r"-[\"'A-Z]")
BEFORE = 40
STATUS = re.compile(rf"{FREE}#?(?P<enhanced>{ENHANCED})")
QUESTION_REPLY = re.compile(r"(?<![\w.,/@$€£%+:-])(?P<reply>[2-5]\d\d)(?![\w%€$]|[.,:/-]\d)")
UNITS = re.compile(
    r"\s*(?:[kmgt]i?b|bytes?|ms|s|sec|minutes?|hours?|days?|px|people|users?|items?|euros?|%)\b", re.IGNORECASE
)
NO_CODE = re.compile(
    r"(?:http|https|port|version|kernel|line|page|room|build|ticket|error in|v)[ :/#]*$", re.IGNORECASE
)


class Code(msgspec.Struct, frozen=True, gc=False):
    """A code in a text and where it stands; ``reply`` and ``enhanced`` as written, or None."""

    start: int
    end: int
    reply: str | None = None
    enhanced: str | None = None


def spoken(text: str) -> list[Code]:
    """The replies in a text that belongs to a server, in order: code pairs, and lone codes where a reply begins."""
    found = [Code(m.start("reply"), m.end(), m["reply"], m["enhanced"]) for m in PAIR.finditer(text)]
    pairs = iter(found)
    pair = next(pairs, None)
    for m in NUMBER.finditer(text):
        at = m.start()
        while pair and pair.end <= at:
            pair = next(pairs, None)
        if (pair is None or at < pair.start) and begins(text, at, m.end()):
            found.append(Code(at, m.end(), m[0]))
    return sorted(found, key=lambda code: code.start)


def begins(text: str, at: int, end: int) -> bool:
    """Whether a reply may begin with the number at this place."""
    before = text[max(0, at - BEFORE) : at]
    if before[-1:] == ":" and before[-2:-1].isdigit():
        return False  # the minutes of a time
    if at and QUOTED.match(text, end) and before[-1:] in " \t":
        return True
    return GOES_ON.match(text, end) is not None and (not at or BEGINS.search(before) is not None)


def statuses(text: str) -> list[Code]:
    """The enhanced codes in a text, wherever they stand."""
    return [Code(m.start("enhanced"), m.end(), None, m["enhanced"]) for m in STATUS.finditer(text)]


def asked_about(text: str) -> Code | None:
    """The code that a question is about, as in "what does 451 mean?"; None where no number can be one."""
    for m in QUESTION_REPLY.finditer(text):
        if not UNITS.match(text, m.end()) and not NO_CODE.search(text[max(0, m.start() - 12) : m.start()]):
            return Code(m.start(), m.end(), m["reply"])
    return None
