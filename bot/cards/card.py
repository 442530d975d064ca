"""The card of a case, a dozen lines on a phone: what happened, who acts, does it clear, keep the address, first steps."""

from __future__ import annotations

from bot.advice import steps as steps_of
from bot.cards import actions
from bot.cards.blocks import Block, bullets, button, context, escaped, header, linked, quote, section
from bot.cards.blocks import actions as row
from bot.cards.casework import GUIDE, guided, progress_blocks
from bot.cards.menu import brief, more
from bot.cards.phone import LARGE, LINES, QUOTE_LEAST, QUOTE_LINES, QUOTED, lines
from bot.cards.summary import left_out, summary
from bot.cards.verdict import CODE_ONLY, aloud, blocklist, evidence, meaning, quoted, verdict
from bot.terms import Answer, Case, Message, Progress
from catalogue import Catalogue
from catalogue.questions import label

STEPS = 3
OTHERS = 5


def card(answer: Answer, catalogue: Catalogue, case: Case, *, asker: str = "") -> Message:
    """The card that answers a text in a thread; a text with several causes gets a summary and a menu of them."""
    if len(answer.causes) > 1:
        return with_row(summary(answer, catalogue, case, []), more(case, Progress(), asks=False))
    return with_row(made(case, catalogue, left_out(answer), buttons(case), asker=asker), more(case, Progress()))


def case_card(case: Case, catalogue: Catalogue, *, asker: str = "") -> Message:
    """The same card from its case alone, as it is posted to a channel; ``asker`` is who asked (a user id)."""
    return with_row(made(case, catalogue, others(case, catalogue), buttons(case), asker=asker), more(case, Progress()))


def with_row(message: Message, menu: Block) -> Message:
    """A card that opens a case, with the row that moves the case on."""
    return Message(message.text, (*message.blocks, *progress_blocks(Progress(), menu)), message.metadata)


def private(answer: Answer, catalogue: Catalogue, case: Case, *, thread: str = "") -> Message:
    """The answer to ``/smtp`` or a shortcut, with the button that posts it to the channel, or in a ``thread``."""
    label_of, value = (
        ("Post in its thread", actions.in_thread(case, thread)) if thread else ("Post to channel", actions.pack(case))
    )
    post = button(label_of, actions.POST, value, primary=True)
    if len(answer.causes) > 1:
        message = summary(answer, catalogue, case, [post])
    else:
        message = made(case, catalogue, offered(answer), [post, *asking(case)])
    return Message(message.text, message.blocks)


def cause_card(case: Case, catalogue: Catalogue) -> Message:
    """One of several causes, opened by one person, with the button that posts it for all."""
    post = button("Post for all", actions.POST, actions.pack(case), primary=True)
    message = made(case, catalogue, [], [post, *asking(case)])
    return Message(message.text, message.blocks)


def made(case: Case, catalogue: Catalogue, more: list[Block], own: list[Block], *, asker: str = "") -> Message:
    """A card's message: blocks, the text for notifications and screen readers, and the case in its metadata."""
    entry = catalogue.entries[case.entry]
    told, steps = verdict(case, entry, catalogue), list(steps_of(entry, case)[:STEPS])
    room = LINES - lines(entry.title, LARGE) - lines("\n".join(told))
    said = quoted(case, min(max(room - lines(first(steps)), QUOTE_LEAST), QUOTE_LINES))
    room -= lines(said, QUOTED)
    if case.basis not in CODE_ONLY and lines(what := meaning(case, entry)) + lines(first(steps)) <= room:
        told.insert(1, escaped(what))
        room -= lines(what)
    blocks = [header(entry.title), section("\n".join(told))]
    if said:
        blocks.append(quote(said))
    if steps:
        blocks.append(section(listed(steps, room)))
    if known := blocklist(case, catalogue):
        blocks.append(section(known))
    for note in catalogue.notes(entry.id):
        blocks.append(section(f"*Your team's note*  {escaped(note)}"))
    blocks += [*more, context(evidence(case, entry, asker)), row(*own)]
    return Message(aloud(case, entry, catalogue), tuple(blocks), actions.metadata(case))


def first(steps: list[str]) -> str:
    """The first step as it is counted, "" where there is none."""
    return f"First  {steps[0]}" if steps else ""


def listed(steps: list[str], room: int) -> str:
    """The first step, and those after it that fit into so many lines; [How to fix it] has them all."""
    kept = steps[:1]
    for step in steps[1:]:
        if 1 + sum(lines(f"1. {one}") for one in (*kept, step)) > room:
            break
        kept.append(step)
    return "*First*\n" + bullets(tuple(kept), ordered=True) if len(kept) > 1 else f"*First*  {linked(kept[0])}"


def buttons(case: Case) -> list[Block]:
    """The two main buttons."""
    steps = button(label("steps"), "ask.steps", actions.pack(case))
    return [button("Next step", GUIDE, guided("", case), primary=True), steps]


def asking(case: Case) -> list[Block]:
    """What only asks, for a card that one person sees."""
    return [button(label("steps"), "ask.steps", actions.pack(case)), brief(case)]


def others(case: Case, catalogue: Catalogue) -> list[Block]:
    """The other causes of a case, by their titles."""
    known = [catalogue.entries[entry].title for entry in case.others if entry in catalogue.entries]
    return [section("*Also in the same text*\n" + bullets(tuple(known[:OTHERS]), ordered=False))] if known else []


def offered(answer: Answer) -> list[Block]:
    """The entries nearest to a code that nobody knows."""
    if not answer.nearest:
        return []
    lines = [
        f"• `/smtp {' '.join((*e.reply[:1], *e.enhanced[:1])) or escaped(e.title)}`  {escaped(e.title)}"
        for e in answer.nearest
    ]
    return [section("*Nearest entries*\n" + "\n".join(lines))]
