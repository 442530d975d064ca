"""One server's reply: its codes, its words in one line, and the reply within a reply that wraps another."""

from __future__ import annotations

import re

import msgspec

from bot.reading.codes import Code, spoken, statuses

PREFIX = re.compile(r"^\s*(?:[xX]-)?(?:smtp|x-postfix|unknown|x-notes|http)\s*;\s*", re.IGNORECASE)
# Exchange Online wraps the remote reply in these; Microsoft NDR table, seen 2024-03.
WRAPPERS = frozenset({"5.0.350", "5.1.351", "5.7.367", "5.4.300"})
# Exchange's queue viewer: 451 4.4.0 Primary target IP address responded with: "421 4.4.1 Connection timed out."
INTRODUCES = re.compile(
    r"\b(?:respon(?:ded|se|ding)|said|returned|replied|answered)(?: was| with)?\W{0,9}\Z", re.IGNORECASE
)
CLOSING = {
    mark: re.compile(rf"{close}(?=[\s.,;)]|\Z)") for mark, close in (("'", "'"), ('"', '"'), ("“", "”"), ("„", "“"))
}
# Where a dialogue goes on: Postfix's "In:" and "Out:", Sendmail's ">>>", swaks' "->".
NEXT_TURN = re.compile(r"\n[ \t|]{0,20}(?:(?:In|Out|CLIENT|SERVER|[CS]):[ \t]|>>> |<<< |[-~]> |<[-~*]{1,2} )")
# A Python exception as it is printed: (550, b'5.1.1 User unknown')
PYTHONS = ("')", '")', "')}", '")}')
UNCLOSED = re.compile(r"(?<=\w)[.!]?['\"]\)\}?$")
ECHO = re.compile(
    r"\b(?:no|need|must have)\b[^.]{0,20}(?:valid )?(?:recipients?|rcpt)|no valid recipients|bad sequence|polite people",
    re.IGNORECASE,
)


class Reply(msgspec.Struct, frozen=True, gc=False):
    """What a server said: codes as written, or None, and the words after them in one line."""

    reply: str | None
    enhanced: str | None
    words: str


def one_line(text: str) -> str:
    """A text with every run of white space as one space."""
    return " ".join(text.split())


def without_continuations(words: str, code: Code) -> str:
    """The words of a multi-line reply without the codes that begin its further lines (RFC 5321 section 4.2.1)."""
    if code.reply and code.reply in words:
        again = rf"(?<![\w.]){code.reply}(?:-| (?={ENHANCED_AGAIN})|(?= [^.]*$) )(?:{ENHANCED_AGAIN}[ ]*)?"
        words = re.sub(again, " ", words)
    return one_line(words)


ENHANCED_AGAIN = r"[245]\.\d{1,3}\.\d{1,3}"


def parse(text: str) -> Reply:
    """The reply that a text holds, the inner one where it wraps another; all None where there is no code.

    Where the reply code and the enhanced code stand apart (Diagnostic-Code: smtp;550 …; Status: 5.1.1), both are found.
    """
    bare = PREFIX.sub("", text) if ";" in text[:30] else text
    codes = spoken(bare)
    if not codes:
        alone = statuses(bare)
        if not alone:
            return Reply(None, None, one_line(bare))
        best = decisive(bare, alone)
        return Reply(None, best.enhanced, around(bare, best))
    best = decisive(bare, distinct(codes)) if len(codes) > 1 else codes[0]
    end = next((code.start for code in codes if code.start > best.start and code.reply != best.reply), len(bare))
    if "\n" in bare and (turn := NEXT_TURN.search(bare, best.end, end)):
        end = turn.start()
    words = without_continuations(bare[best.end : quoted_to(bare, best, end)], best)
    enhanced = best.enhanced or near(bare, best, end)
    words = UNCLOSED.sub("", words) if words.endswith(PYTHONS) else words
    return Reply(best.reply, enhanced, words.lstrip("-: #)\"'") or one_line(bare[: best.start]))


def quoted_to(text: str, code: Code, end: int) -> int:
    """Where a reply in quotation marks ends: "Remote Server returned '550 5.1.1 not found'"; else ``end``."""
    mark = text[code.start - 1] if code.start else ""
    closing = CLOSING.get(mark)
    if closing and (found := closing.search(text, code.end, end)):
        return found.start()
    return end


def around(text: str, code: Code) -> str:
    """The words after an enhanced code, or before one that closes what is said: "No such host. (#5.1.2)" (qmail)."""
    before, after = one_line(text[: code.start]), one_line(text[code.end :])
    if before.endswith("(#"):
        return f"{before[:-2]}{after.removeprefix(')')}"
    return before if not after.strip(" ).]'\"") else after


def near(text: str, code: Code, end: int) -> str | None:
    """The enhanced code in the words of a reply that has none after its reply code: "550 … (#5.1.1)"."""
    after = statuses(text[code.end : end])
    same = [found for found in after if found.enhanced and code.reply and found.enhanced[0] == code.reply[0]]
    if same:
        return same[0].enhanced
    before = [s for s in statuses(text[max(0, code.start - 60) : code.start]) if s.enhanced]
    return before[-1].enhanced if before else None


def distinct(codes: list[Code]) -> list[Code]:
    """The codes without those that only continue the reply before them."""
    kept: list[Code] = []
    for code in codes:
        if (
            not kept
            or kept[-1].reply != code.reply
            or (code.enhanced and kept[-1].enhanced not in (None, code.enhanced))
        ):
            kept.append(code)
        elif kept[-1].enhanced is None and code.enhanced:
            kept[-1] = code
    return kept


def decisive(text: str, codes: list[Code]) -> Code:
    """The code that says why: not an echo of an earlier refusal, and the inner one of a wrapper."""
    for number, code in enumerate(codes):
        following = codes[number + 1].start if number + 1 < len(codes) else len(text)
        words = text[code.end : following]
        said = text[code.end : quoted_to(text, code, following)]
        introduces = INTRODUCES.search(said[-40:]) is not None
        wraps = number + 1 < len(codes) and (
            introduces
            or code.enhanced in WRAPPERS
            or (code.enhanced or "")[1:] == ".4.7"
            or not one_line(words).strip(" -:;\"'<(#.")
        )
        if wraps or (len(codes) > number + 1 and (code.reply == "503" or ECHO.search(words))):
            continue
        if code.reply and code.reply[0] in "23" and number + 1 < len(codes):
            continue
        if code.reply and code.reply[0] == "4" and refused_later(text, codes[number + 1 :]):
            continue  # a first server was busy, a second one refused: that ended it
        return code
    return codes[0]


def refused_later(text: str, after: list[Code]) -> bool:
    """Whether a lone 5xx that is no echo follows among lone codes, as in "450 busy 551 not our customer"."""
    if not after or after[0].enhanced or (after[0].reply or "")[:1] != "5" or after[0].reply == "503":
        return False
    end = after[1].start if len(after) > 1 else len(text)
    return not ECHO.search(text[after[0].end : end])
