"""How a reply's words are brought into the one form in which the catalogue's phrases are written."""

from __future__ import annotations

GAP = " … "
NEAR = 160
TRIES = 20
STRAIGHT = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "–": "-", "—": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u200b": "", "\ufeff": "", "\u00ad": "",
    }
)  # fmt: skip


def normal(text: str) -> str:
    """The text in lower case, quotes and dashes straight, white space of any kind as one space."""
    if not text.isascii():
        text = text.translate(STRAIGHT)
    return " ".join(text.lower().split())


def parts(phrase: str) -> tuple[str, ...]:
    """The literal parts of a phrase, in their order; ``…`` between them stands for anything short."""
    return tuple(part for part in phrase.split(GAP) if part)


def found(phrase: tuple[str, ...], text: str) -> bool:
    """Whether the parts of a phrase follow each other in a text, each within NEAR characters of the one before.

    Linear in the text's length: no more than TRIES places of the first part are looked at.
    """
    start = -1
    for _ in range(TRIES):
        start = begun(phrase[0], text, start + 1, len(text))
        if start < 0:
            return False
        at = start + len(phrase[0])
        for part in phrase[1:]:
            at = begun(part, text, at, at + NEAR + len(part))
            if at < 0:
                break
            at += len(part)
        else:
            return True
    return False


def begun(part: str, text: str, at: int, end: int) -> int:
    """Where a part stands between two places of a text as the beginning of a word, or -1: no "ip" is in "recipient"."""
    at = text.find(part, at, end)
    while at > 0 and text[at - 1].isalnum() and part[0].isalnum() and part[0].isascii():
        at = text.find(part, at + 1, end)
    return at


def literal(pattern: str) -> tuple[str, int]:
    """The longest run of characters that every match of a regular expression holds, and how many hold all its runs.

    ("", 0) where there is none. The rest of a match (an address, say) speaks for nothing.
    """
    runs, run, depth, at = [""], "", 0, 0
    while at < len(pattern):
        char = pattern[at]
        plain = char
        if char == "\\":
            at += 1
            plain = pattern[at] if at < len(pattern) and not pattern[at].isalnum() else ""
        elif char in ".^$*+?{}()[]|":
            plain = ""
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(char, 0)
            if char == "|" and not depth:
                return "", 0
            if char == "{":
                at = pattern.find("}", at)
            if char in "?*{":
                run = run[:-1]
        if plain and not depth:
            run += plain
        else:
            runs.append(run)
            run = ""
        at += 1
    runs.append(run)
    return max(runs, key=len).lower(), sum(map(len, runs))
