"""Where a text holds reply codes (RFC 5321) and enhanced status codes (RFC 3463), and where a number is no code."""

from __future__ import annotations

import re

import msgspec

ENHANCED = r"[245]\.\d{1,3}\.\d{1,3}(?!\d|\.\d|\.?[xX*]{2})"
# Not after a word, a decimal point, a currency, a path or a sign; not as the minutes of a time. The look-behinds stand
# after the first digit, so that a search can jump from digit to digit.
FREE = r"(?<![\w.,/@$€£%+-].)"
NO_MINUTES = r"(?<!\d:.)"
PAIR = re.compile(
    rf"(?P<reply>[245]{NO_MINUTES}\d\d)(?:[ \t]{{0,9}}[-:;,][ \t]{{0,9}}|[ \t]{{1,40}}|[ \t]{{0,40}}\r?\n[ \t]{{1,40}})(?:b(?=[\"']))?[#(\"'<]{{0,9}}(?P<enhanced>{ENHANCED})"
)
# 465 and 587 are ports: "smtp.example.com:587 -> 535 …"
NUMBER = re.compile(rf"[2-5]{FREE}\d\d(?<!465)(?<!587)(?!\d)")
FRACTION = re.compile(r"[:.,]\d")
# A reply code alone stands where a reply begins: at the start of a line or after what introduces one …
BEGINS = re.compile(
    r"(?:(?:^|\n)[ \t>|*'\"`<(\[#-]*|(?:smtp;|->|=>|[:;(\[\"'<>=]|<<<|\b(?:said:?|returned|with|error|code|reply|response(?: ?code)?"
    r"|status|reason|failed|got|is))[ \t]*[#\"'(<]*)\Z",
    re.IGNORECASE,
)
# … and a reply's words or its end come after it.
GOES_ON = re.compile(r"-\D|[ \t]+\S|[ \t]*(?:\Z|\n|[\"'>)\],;:<])")
# "400 recipients at example.org bounce" counts people; no reply begins so.
COUNTS = re.compile(
    r"[ \t]+(?:of (?:our|their|the)\b|(?:recipients|addresses|mailboxes|contacts|subscribers|customers|people|users|accounts)"
    r" (?:at|of|in|on|with|from|bounced?|bouncing|fail|failed|failing|get|got|are|were|cannot|could)\b)",
    re.IGNORECASE,
)
QUOTED = re.compile(r"-[\"'A-Z]")
BEFORE = 40
STATUS = re.compile(rf"[245]{FREE}{NO_MINUTES}{ENHANCED.removeprefix('[245]')}")
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
    found: list[Code] = []
    end = 0
    for number in NUMBER.finditer(text):
        at = number.start()
        if at < end:
            continue
        if pair := PAIR.match(text, at):
            end = pair.end()
            found.append(Code(at, end, pair["reply"], pair["enhanced"]))
        elif not FRACTION.match(text, number.end()) and begins(text, at, number.end()):
            found.append(Code(at, number.end(), number[0]))
    return found


def begins(text: str, at: int, end: int) -> bool:
    """Whether a reply may begin with the number at this place."""
    if COUNTS.match(text, end):
        return False
    if not at or text[at - 1] == "\n":
        return GOES_ON.match(text, end) is not None
    before = text[max(0, at - BEFORE) : at]
    if before[-1:] == ":" and before[-2:-1].isdigit():
        return False  # the minutes of a time
    if QUOTED.match(text, end) and before[-1:] in " \t":
        return True
    return GOES_ON.match(text, end) is not None and BEGINS.search(before) is not None


def statuses(text: str) -> list[Code]:
    """The enhanced codes in a text, wherever they stand."""
    return [Code(m.start(), m.end(), None, m[0]) for m in STATUS.finditer(text)]


def asked_about(text: str) -> Code | None:
    """The code that a question is about, as in "what does 451 mean?"; None where no number can be one."""
    for m in QUESTION_REPLY.finditer(text):
        if not UNITS.match(text, m.end()) and not NO_CODE.search(text[max(0, m.start() - 12) : m.start()]):
            return Code(m.start(), m.end(), m["reply"])
    return None
