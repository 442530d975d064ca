"""What is said of bounces that were posted while the bot was away for too long to answer them unasked."""

from __future__ import annotations

import re

from bot.cards.blocks import actions, button, section
from bot.cards.casework import person, spoken, when
from bot.terms import Message

EXPLAIN = "away.explain"
SPAN = re.compile(r"(\d{1,12}\.\d{1,6});(\d{1,12}\.\d{1,6});(\d{1,6})(\+?)")


def offered(count: int, since: float, until: float, *, more: bool) -> Message:
    """The line for all, with its button; ``more`` where there may be more than ``count``."""
    line = (
        f"I was away from {when(since)} to {when(until)}; {bounces(count, more=more)} from then unread. Explain them?"
    )
    value = f"{since:.6f};{until:.6f};{count}{'+' if more else ''}"
    plain = f"I was away; {bounces(count, more=more)} unread. Explain them?"
    return Message(plain, (section(line), actions(button("Explain them", EXPLAIN, value))))


def asked(user: str, value: str) -> Message:
    """The line once somebody pressed: who, and what comes now; without the button."""
    _, _, count, more = span(value)
    return spoken(
        f"{person(user)} had me explain {bounces(count, more=more)} from when I was away, each in its thread."
    )


def bounces(count: int, *, more: bool) -> str:
    """How many."""
    return f"{'at least ' if more else ''}{count} bounce{'' if count == 1 else 's'}"


def span(value: str) -> tuple[float, float, int, bool]:
    """What the button carries: from when to when (seconds since 1970), how many bounces, and whether there are more."""
    found = SPAN.fullmatch(value)
    return (float(found[1]), float(found[2]), int(found[3]), bool(found[4])) if found else (0.0, 0.0, 0, False)
