"""A card has one menu: what can be asked, what can be done with the case, and what of the card itself."""

from __future__ import annotations

from typing import Any

import pytest

from bot.cards import actions
from bot.cards.card import case_card
from bot.cards.casework import with_progress
from bot.cards.menu import choices_of
from bot.practice.limits import problems
from bot.terms import Case, Progress
from catalogue import Catalogue

CASE = Case(entry="reply.550", reply="550", suppress="after-confirming")
# A card's rows as they were before there was one menu for all.
OLD: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "what happened"}},
    {
        "type": "actions",
        "block_id": "b1",
        "elements": [
            {
                "type": "overflow",
                "action_id": "ask.menu",
                "options": [
                    {
                        "text": {"type": "plain_text", "text": "Who to contact"},
                        "value": "1;contact;reply.550;550;;;;;;;",
                    }
                ],
            }
        ],
    },
    {"type": "actions", "block_id": "case.row", "elements": []},
]


def choices(blocks: list[dict[str, Any]]) -> list[str]:
    """What the menu of a card's blocks offers, by its labels."""
    [menu] = [e for block in blocks for e in block.get("elements", ()) if e.get("action_id") == actions.MENU]
    return [option["text"]["text"] for option in choices_of(menu)]


@pytest.mark.parametrize(
    ("status", "offered", "gone"),
    [
        ("open", "Waiting for somebody", "nothing"),
        ("waiting", "Hand over …", "Waiting for somebody"),
        ("solved", "Copy for a ticket …", "Hand over …"),
    ],
)
def test_the_menu_follows_the_case(catalogue: Catalogue, status: Any, offered: str, gone: str) -> None:
    """It offers what can be done now, and always the questions."""
    progress = Progress(status, "", "U1", 1.0, "open:")
    blocks = with_progress(list(case_card(CASE, catalogue).blocks), progress)

    assert {"Who to contact", "Draft a message", "This was wrong", offered} <= set(choices(blocks))
    assert gone not in choices(blocks)
    assert [] == problems(blocks)


def test_a_card_from_before_gets_the_one_menu_with_its_next_move() -> None:
    """Its two menus become one, which knows the case that the old one carried."""
    blocks = with_progress(OLD, Progress("taken", "U1", "U1", 1.0, "open:"))

    assert {"Who to contact", "Hand over …"} <= set(choices(blocks))
    assert "1;wait;reply.550;550" in str(blocks)
    assert [] == problems(blocks)


def test_the_same_can_be_chosen_again(catalogue: Catalogue) -> None:
    """Slack tells of a choice once as long as the menu's block is the same: each showing has another one."""
    once = with_progress(list(case_card(CASE, catalogue).blocks), Progress())
    ids = [block["block_id"] for blocks in (once, with_progress(once, Progress())) for block in blocks[-1:]]

    assert ["case.row.1", "case.row.2"] == ids


@pytest.mark.parametrize("value", ["9;x", "", "1;contact", "\x00" * 150])
def test_a_menu_that_cannot_be_read_stays(value: str) -> None:
    """Of another version, or tampered with: the card stays as it is."""
    broken = [OLD[0], {"type": "actions", "elements": [{"action_id": "ask.menu", "options": [{"value": value}]}]}]

    assert broken == with_progress(broken, Progress("solved", "", "U1", 1.0))


def test_a_row_without_buttons_is_left_out() -> None:
    """A press may say that its card has a row with nothing in it: the card is written without that."""
    moved = Progress("taken", "U1", "U1", 1.0, "open:")

    assert with_progress([*OLD, {"type": "actions"}], moved) == with_progress(OLD, moved)


def test_a_solved_card_has_no_main_button_until_it_is_reopened(catalogue: Catalogue) -> None:
    """Nothing is left to do: [Next step] is a button as any other, and the main one again when the case is."""
    solved = with_progress(list(case_card(CASE, catalogue).blocks), Progress("solved", "", "U1", 1.0))
    reopened = with_progress(solved, Progress("open", "", "U1", 2.0, "solved:"))

    assert styles(solved) == {"Next step": ""}
    assert styles(reopened) == {"Next step": "primary"}


def styles(blocks: list[dict[str, Any]]) -> dict[str, str]:
    """The style of [Next step] in a card's blocks."""
    own = [element for block in blocks for element in block.get("elements", ()) if element["type"] == "button"]
    return {one["text"]["text"]: one.get("style", "") for one in own if one["action_id"] == "guide.start"}
