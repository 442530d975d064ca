"""A week's file in the message itself, where files may not be shared."""

from __future__ import annotations

from bot.cards.blocks import Block, clean, context, cut, section
from bot.cards.weekwords import many
from bot.terms import Message

# So many pieces of so many characters: all blocks of a message hold about 13,000.
SHOWN, PIECE = 4, 2_800


def written_out(content: str) -> Message:
    """Comma-separated values in the message itself, as much of them as it holds."""
    kept, left = fitting(content.rstrip("\n"), SHOWN)
    said = "*The week as CSV.* With the scope files:write it comes as a file."
    cutting = [context(f"{many(left, 'line')} more did not fit here.")] if left else []
    blocks = [preformatted(part) for part in kept]
    return Message("The week as CSV.", (section(said), *blocks, *cutting))


def fitting(content: str, most: int) -> tuple[list[str], int]:
    """The lines of a text in pieces of a block's size, ``most`` pieces at most; and how many lines are left out."""
    pieces: list[str] = []
    lines = content.split("\n")
    for number, line in enumerate(lines):
        if pieces and len(pieces[-1]) + len(line) < PIECE:
            pieces[-1] += f"\n{line}"
        elif len(pieces) < most:
            pieces.append(cut(line, PIECE))
        else:
            return pieces, len(lines) - number
    return pieces, 0


def preformatted(text: str) -> Block:
    """Text in which nothing is markup."""
    element = {"type": "text", "text": clean(text) or "…"}
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [element]}]}
