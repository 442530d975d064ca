"""The one menu of a card: what can be asked, what can be done with the case, and what of the card itself."""

from __future__ import annotations

from bot.cards import actions
from bot.cards.blocks import Block, grouped, overflow
from bot.terms import Case, Progress
from catalogue.questions import label

MORE = "More"
ASKS = ("contact", "suppress", "draft", "details")
HAND, WAIT, LATER, MORNING, TICKET = "hand", "wait", "later", "morning", "ticket"
RIGHT, WRONG = "right", "wrong"
CHOICES = {
    HAND: "Hand over …",
    WAIT: "Waiting for somebody",
    LATER: "Remind us in 4 h",
    MORNING: "Remind us tomorrow morning",
    TICKET: "Copy for a ticket …",
    RIGHT: "This was right",
    WRONG: "This was wrong",
    actions.QUIET: "Quiet in this thread",
}
OPEN, CLOSED, CARD = (HAND, WAIT, LATER, MORNING, TICKET), (TICKET,), (RIGHT, WRONG, actions.QUIET)


def more(case: Case, progress: Progress, *, asks: bool = True) -> Block:
    """The menu of a card that all see; ``asks``: with the questions, which a card of several causes has not."""
    doing = CLOSED if progress.status == "solved" else OPEN
    groups = (
        ("Ask, for you alone", ASKS if asks else ()),
        ("This case", tuple(choice for choice in doing if (choice, progress.status) != (WAIT, "waiting"))),
        ("This card", CARD),
    )
    return grouped(MORE, actions.MENU, [(name, options(case, choices)) for name, choices in groups if choices])


def brief(case: Case) -> Block:
    """The menu of a card that one person sees: questions only."""
    return overflow(actions.MENU, options(case, ASKS))


def options(case: Case, choices: tuple[str, ...]) -> list[tuple[str, str]]:
    """Label and value of each choice; the value carries the case."""
    return [(CHOICES.get(choice) or label(choice), actions.pack_option(choice, case)) for choice in choices]


def menu_of(blocks: list[Block], progress: Progress) -> Block | None:
    """The menu of a card's blocks as it is now, also where the card is from before there was one for all; None: none."""
    for element in elements(blocks):
        if element.get("action_id") == actions.MENU:
            try:
                asked = [actions.asked(actions.MENU, option["value"]) for option in choices_of(element)]
            except actions.CaseError:
                return None
            return more(asked[0][0], progress, asks=any(choice in ASKS for _, choice in asked)) if asked else None
    return None


def elements(blocks: list[Block]) -> list[Block]:
    """The buttons and menus of blocks."""
    return [element for block in blocks for element in block.get("elements", ())]


def choices_of(element: Block) -> list[Block]:
    """The options of a menu, those in groups too."""
    groups = element.get("option_groups", ())
    return [*element.get("options", ()), *(option for group in groups for option in group["options"])]
