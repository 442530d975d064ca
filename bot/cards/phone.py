"""What fits on a phone: a card is a dozen lines, and of the quoted reply only the part that tells most is shown."""

from __future__ import annotations

import re

from bot.cards.blocks import cut

# A card's lines, its small print and its buttons not counted.
LINES = 12
# Slack on a phone of 390 points shows about so many characters a line: in a header, in text, in a quoted line.
LARGE, LINE, QUOTED = 30, 40, 36
# A quote is no shorter, and no longer.
QUOTE_LEAST, QUOTE_LINES = 3, 4
LINK = re.compile(r"<[^<>|]*\|([^<>]*)>")
# A reply of several lines repeats its codes on each of them: 550-5.7.26 … 550-5.7.26 … 550 5.7.26 …
REPEATED = re.compile(r"(?<=\s)(?P<reply>[2-5]\d\d)[- ](?:[245]\.\d{1,3}\.\d{1,3}(?=\s|$))?\s*")


def lines(text: str, width: int = LINE) -> int:
    """How many lines a text takes on a phone, its own line breaks kept, marks left out and links shown by their names."""
    return (
        sum(max(1, -(-len(line) // width)) for line in LINK.sub(r"\1", text).replace("*", "").split("\n"))
        if text
        else 0
    )


def first_sentence(text: str) -> str:
    """A text up to the end of its first sentence."""
    match = re.match(r".+?[.!?](?=\s+[A-Z]|$)", text, re.DOTALL)
    return match[0] if match else text


def brief(text: str, most: int = 2) -> str:
    """A text's first sentence, and of one that takes more lines only what stands before its colon or semicolon."""
    sentence = first_sentence(text)
    clause = re.match(r"(.{12,}?)[:;] ", sentence, re.DOTALL)
    return f"{clause[1]}." if clause and lines(sentence) > most else sentence


def excerpt(quote: str, reply: str, checks: tuple[str, ...], most: int) -> str:
    """The quoted text in so many lines: from the reply code on, the code once, and what it says of the checks."""
    told = cut("; ".join(checks), QUOTED * (QUOTE_LINES - 1))
    room = QUOTED * max(most - lines(told, QUOTED), QUOTE_LEAST - 1)
    text = once(" ".join(quote.split()), reply)
    at = text.find(reply) if reply else 0
    if len(text) > room and at > 0:
        text = f"… {text[at:]}"
    said = at_a_word(text, room)
    return said if not told or told in said else f"{said}\n{told}"


def at_a_word(text: str, most: int) -> str:
    """A text of at most so many characters, cut behind a word where it has to be cut."""
    if len(text) <= most:
        return text
    kept = text[: most - 2]
    return f"{kept.rpartition(' ')[0] or kept} …"


def once(text: str, reply: str) -> str:
    """A reply's lines as one, with the codes at its beginning only."""
    if not reply or reply not in text:
        return text
    start = text.find(reply) + len(reply)
    return text[:start] + REPEATED.sub(lambda found: "" if found["reply"] == reply else found[0], text[start:])
