"""What a card shows of its case's progress, and the screens and windows in which it is moved on."""

from __future__ import annotations

from typing import Any

from bot.cards import actions
from bot.cards.blocks import Block, bullets, button, clean, context, cut, escaped, linked, plain, section
from bot.cards.blocks import actions as row
from bot.cards.menu import menu_of
from bot.cards.verdict import TEXT
from bot.terms import Case, Message, Progress, Screen

STATE, ROW = "case.state", "case.row"
TAKE, SOLVE, REOPEN, UNDO, DRAFT = "case.take", "case.solve", "case.reopen", "case.undo", "ask.draft"
# Cards from before there was one menu for all have this one beneath.
MENU = "case.menu"
GUIDE, PICK = "guide.start", "guide.pick"
RIGHT, WRONG = "mark.right", "mark.wrong"
SOLVED, HANDED, COPIED = "case.solved", "case.handed", "case.copied"
WORDS = {"open": "Reopened", "taken": "Taken", "waiting": "Waiting", "solved": "Solved"}
INPUT = 3000
MARK = "1"


def progress_blocks(progress: Progress, menu: Block, number: int = 0) -> list[Block]:
    """The line that says where a case stands, and the row that moves it on: its buttons know it by its thread.

    Slack shows what was chosen last in a menu, and does not tell of the same choice again, until its block has another
    id: hence ``number``.
    """
    line = [context(state(progress)) | {"block_id": STATE}] if progress.at else []
    return [*line, row(*buttons(progress), menu) | {"block_id": f"{ROW}.{number}"}]


def buttons(progress: Progress) -> list[Block]:
    """What can be done now: take, solve or reopen, undo."""
    solved = progress.status == "solved"
    made = [] if solved or progress.owner else [button("I take it", TAKE, MARK)]
    made.append(button("Reopen", REOPEN, MARK) if solved else button("Solved", SOLVE, MARK))
    return [*made, button("Undo", UNDO, MARK)] if progress.before else made


def state(progress: Progress) -> str:
    """Where a case stands, who moved it there and when."""
    word = WORDS[progress.status]
    owner = f" by {person(progress.owner)}" if progress.status == "taken" else ""
    moved = (
        f"  ·  {person(progress.by)}, {when(progress.at)}"
        if progress.by != progress.owner or not owner
        else f", {when(progress.at)}"
    )
    holder = f"  ·  {person(progress.owner)} has it" if progress.owner and progress.status == "waiting" else ""
    return f"*{word}*{owner}{moved}{holder}"


def was_right(entry: str) -> list[Block]:
    """The two buttons that say whether an answer was right."""
    return [button("This was right", RIGHT, entry), button("This was wrong", WRONG, entry)]


def person(user: str) -> str:
    """A person by their id; a word where it is none."""
    return f"<@{user}>" if user.isalnum() else "somebody"


def when(at: float) -> str:
    """A time in the reader's zone."""
    return f"<!date^{int(at)}^{{date_short_pretty}} {{time}}|{int(at)} UTC>"


def with_progress(blocks: list[Block], progress: Progress) -> list[Block]:
    """A card's blocks with the progress as it is now, and nothing chosen in its menu; as they are where they have none."""
    menu = menu_of(blocks, progress)
    if menu is None:
        return blocks
    rows = [str(block["block_id"]) for block in blocks if is_row(block)]
    number = int(last) + 1 if rows and (last := rows[0].rpartition(".")[2]).isdecimal() else 1
    kept = [without_menu(block) for block in blocks if block.get("block_id") != STATE and not is_row(block)]
    kept = [led(block, progress) for block in kept if block.get("elements") != []]
    return [*kept, *progress_blocks(progress, menu, number)][:50]


def led(block: Block, progress: Progress) -> Block:
    """A block with [Next step] as the main button while there is something to do, and as any other once it is solved."""
    if not any(element.get("action_id") == GUIDE for element in block.get("elements", ())):
        return block
    style = {} if progress.status == "solved" else {"style": "primary"}
    plain_ones = [{key: value for key, value in one.items() if key != "style"} for one in block["elements"]]
    return block | {"elements": [one | style if one.get("action_id") == GUIDE else one for one in plain_ones]}


def is_row(block: Block) -> bool:
    """Whether a card's block is the row that moves the case on."""
    return str(block.get("block_id") or "").startswith(ROW)


def without_menu(block: Block) -> Block:
    """A block of a card from before without its menu, which is in the row of the case now."""
    if block.get("type") != "actions":
        return block
    return block | {"elements": [one for one in block.get("elements", ()) if one.get("action_id") != actions.MENU]}


def step(screen: Screen, case: Case, thread: str) -> Message:
    """One screen of the guide, for the one who is led: a question with its answers, a step, or the end."""
    packed = actions.pack(case)
    if screen.choices:
        elements = [button(label, f"{PICK}.{path}", guided(path, case, thread)) for path, label in screen.choices]
    elif screen.end:
        done = button("Done, it works", "guide.works", guided(screen.path, case, thread))
        elements = [button("Draft a message", DRAFT, packed), done]
    else:
        elements = [
            button("Done, it works", "guide.works", guided(screen.path, case, thread), primary=True),
            button("Done, still failing", "guide.failing", guided(screen.next, case, thread)),
            button("Skip", "guide.skip", guided(screen.next, case, thread)),
        ]
    elements.append(button("Show all", "ask.steps", packed))
    pasted = actions.pasted(case)
    points = linked(screen.points[0], pasted) if len(screen.points) == 1 else ""
    body = [section(points or bullets(screen.points, ordered=False, pasted=pasted))] if screen.points else []
    text = cut(escaped(clean(" ".join((screen.lead, *screen.points)))), TEXT)
    return Message(text, (section(f"*{escaped(screen.lead)}*"), *body, row(*elements)))


def guided(path: str, case: Case, thread: str = "") -> str:
    """A guide button's value: where it leads, for which entry, in which thread."""
    return f"{path}|{case.entry}|{thread}"


def unguided(value: str) -> tuple[str, str, str]:
    """Where a guide button leads, for which entry, in which thread ("" where it does not say)."""
    path, entry, thread = [*value.split("|"), "", "", ""][:3]
    return path[:20], entry[:200], thread[:40]


def texts(title: str, labelled: tuple[tuple[str, str], ...], where: str) -> dict[str, Any]:
    """A window with texts to change and copy; nothing is done with them when it is closed or submitted."""
    blocks = [
        {
            "type": "input",
            "block_id": f"text{number}",
            "optional": True,
            "label": plain(label, 2000),
            "element": {
                "type": "plain_text_input",
                "action_id": f"text{number}",
                "multiline": True,
                "initial_value": cut(clean(text), INPUT),
            },
        }
        for number, (label, text) in enumerate(labelled)
    ]
    return window(title, COPIED, "Done", blocks, where)


def solving(where: str) -> dict[str, Any]:
    """The window that asks what fixed it, in one line, if anybody wants to say."""
    element = {"type": "plain_text_input", "action_id": "fixed", "max_length": 200}
    field = {
        "type": "input",
        "block_id": "fixed",
        "optional": True,
        "label": plain("What fixed it?", 75),
        "element": element,
    }
    hint = {"hint": plain("One line, posted in the thread for the next time. Leave it empty if you like.", 150)}
    return window("Solved", SOLVED, "Solved", [field | hint], where)


def handing(where: str) -> dict[str, Any]:
    """The window that asks who takes it."""
    element = {"type": "users_select", "action_id": "person", "placeholder": plain("Somebody", 75)}
    field = {"type": "input", "block_id": "person", "label": plain("Who takes it?", 75), "element": element}
    return window("Hand over", HANDED, "Hand over", [field], where)


def window(title: str, callback: str, submit: str, blocks: list[Block], where: str) -> dict[str, Any]:
    """A modal; ``where`` is what its submission needs to find the case."""
    return {
        "type": "modal",
        "callback_id": callback,
        "private_metadata": where[:3000],
        "title": plain(title, 24),
        "submit": plain(submit, 24),
        "close": plain("Cancel", 24),
        "blocks": blocks,
    }


def spoken(mrkdwn: str) -> Message:
    """A line in the thread, escaped already, that everybody sees."""
    return Message(cut(mrkdwn, TEXT), (section(mrkdwn),))
