"""The short card of an incident that was seen before, the count on the first one, and lines that are added to a card."""

from __future__ import annotations

from bot.cards import actions
from bot.cards.blocks import Block, button, clean, context, cut, escaped, quote, section
from bot.cards.blocks import actions as row
from bot.cards.casework import is_row, person, progress_blocks, state, when
from bot.cards.menu import more
from bot.cards.verdict import TEXT, address
from bot.terms import Case, Message, Progress
from catalogue import Catalogue
from catalogue.questions import label

COUNT = "case.count"


def again(case: Case, catalogue: Catalogue, *, link: str, opened_at: float, progress: Progress, fixed: str) -> Message:
    """The same incident within a day: where its thread is, where it stands, and what fixed it; or that it is back."""
    title = catalogue.entries[case.entry].title
    earlier = f"<{address(link)}|the earlier thread>" if link else "an earlier thread"
    stands = state(progress) if progress.at else "Nobody has taken it yet."
    lead = "It is back" if progress.status == "solved" else "The same again"
    lines = [f"*{lead}:* {escaped(title)}", f"See {earlier}, since {when(opened_at)}.  {stands}"]
    if fixed:
        lines.append(f"What fixed it then: <{address(fixed)}|this message>")
    blocks = [section("\n".join(lines)), *([quote(cut(case.quote, 200))] if case.quote else [])]
    packed = actions.pack(case)
    asks = [button(label(intent), f"ask.{intent}", packed) for intent in ("steps", "details")]
    text = cut(escaped(clean(f"{lead}: {title}. It has a thread already.")), TEXT)
    return Message(
        text, (*blocks, row(*asks), *progress_blocks(Progress(), more(case, Progress()))), actions.metadata(case)
    )


def reopened(message: Message, progress: Progress, fixed: str) -> Message:
    """The answer to a reply that came back, with who solved it, when, and the link to what fixed it then."""
    by = f"It was solved by {person(progress.by)}, {when(progress.at)}."
    then = f"  What fixed it then: <{address(fixed)}|this message>" if fixed else ""
    head, *rest = message.blocks
    return Message(message.text, (head, context(by + then), *rest), message.metadata)


def counted(blocks: list[Block], times: int) -> list[Block]:
    """A card's blocks with the one line that counts an incident that keeps coming."""
    kept = [block for block in blocks if block.get("block_id") != COUNT]
    line = context(f"*Seen {times} times in the last hour.* I add no more cards for it; the count is here.")
    at = next((number for number, block in enumerate(kept) if is_row(block)), len(kept))
    return [*kept[:at], line | {"block_id": COUNT}, *kept[at:]][:50]


def added(message: Message, line: str) -> Message:
    """A card with one more small line before its buttons."""
    if not line:
        return message
    at = next((n for n, block in enumerate(message.blocks) if block["type"] == "actions"), len(message.blocks))
    return Message(message.text, (*message.blocks[:at], context(escaped(line)), *message.blocks[at:]), message.metadata)
