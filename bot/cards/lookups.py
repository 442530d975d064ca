"""The window of DNS look-ups: what is asked for, to change, and what DNS says beside what the reply claims."""

from __future__ import annotations

from typing import Any

from bot.cards import actions
from bot.cards.blocks import Block, bullets, context, cut, escaped, plain, section
from bot.terms import Case

WINDOW, WANTED = "dns.look", "wanted"
ABOUT = "Read-only questions to DNS, for these names and addresses only."
LEAD = "What DNS says now, as this machine sees it"
# docs.slack.dev/reference/block-kit/composition-objects/option-object
LONGEST = 253

Row = tuple[str, str, str, str]


def asking(
    case: Case,
    fields: tuple[tuple[str, str, str], ...],
    choices: tuple[tuple[str, str], ...],
    chosen: tuple[str, ...],
    found: tuple[Block, ...] = (),
) -> dict[str, Any]:
    """The window: ``fields`` (id, label, what it holds) to fill in, ``choices`` (id, label) with those ``chosen``.

    ``found`` is what was found before, shown above.
    """
    blocks = [*found, *([] if found else [context(ABOUT)]), *(field(*one) for one in fields), boxes(choices, chosen)]
    made = {"type": "modal", "callback_id": WINDOW, "title": plain("Check DNS", 24), "close": plain("Close", 24)}
    return made | {"submit": plain("Look up", 24), "private_metadata": actions.pack(case), "blocks": blocks}


def waiting(case: Case) -> dict[str, Any]:
    """The window while DNS is asked."""
    made = {"type": "modal", "callback_id": WINDOW, "title": plain("Check DNS", 24), "close": plain("Close", 24)}
    return made | {"private_metadata": actions.pack(case), "blocks": [section("Asking DNS …")]}


def field(name: str, label: str, holds: str) -> Block:
    """One line to fill in."""
    element = {"type": "plain_text_input", "action_id": name, "max_length": LONGEST}
    if holds:
        element["initial_value"] = cut(holds, LONGEST)
    return {"type": "input", "block_id": name, "optional": True, "label": plain(label, 75), "element": element}


def boxes(choices: tuple[tuple[str, str], ...], chosen: tuple[str, ...]) -> Block:
    """Which checks to make."""
    options = [{"text": plain(label, 75), "value": name} for name, label in choices]
    element = {"type": "checkboxes", "action_id": WANTED, "options": options}
    if first := [option for option in options if option["value"] in chosen]:
        element["initial_options"] = first
    return {"type": "input", "block_id": WANTED, "label": plain("Look up", 75), "element": element}


def found(rows: tuple[Row, ...], claims: tuple[str, ...]) -> tuple[Block, ...]:
    """What was found: check, verdict, what DNS holds, what was asked; beside what the reply claims."""
    blocks = [section(f"*{LEAD}*")]
    for check, verdict, seen, asked in rows[:10]:
        held = f"\n{escaped(cut(seen, 600))}" if seen else ""
        blocks.append(section(f"*{escaped(check)}*  {escaped(verdict)}{held}"))
        if asked:
            blocks.append(context(f"Asked: {escaped(cut(asked, 400))}"))
    if claims:
        blocks.append(section("*The reply claimed*\n" + bullets(claims, ordered=False)))
    return tuple(blocks)
