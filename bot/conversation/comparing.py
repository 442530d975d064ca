"""Compares a new paste in a case's thread with the old one: the same reply, the same cause, or a different problem."""

from __future__ import annotations

from bot.conversation.answers import still
from bot.conversation.matter import Matter
from bot.masking import normalise
from bot.terms import Case, Say
from catalogue import Catalogue

BACK = "It is back: the same reply as before this was solved. The case is open again."


def compared(old: Case, new: Case, catalogue: Catalogue, *, solved: bool = False) -> Say | None:
    """What to say where the new reply is the old one again, ids and times aside; None where it is another text.

    ``solved``: it comes after the case was solved.
    """
    entry = catalogue.entries.get(new.entry)
    if entry is None or old.entry != new.entry or not old.quote or normalise(old.quote) != normalise(new.quote):
        return None
    lead = BACK if solved else "The same reply again: for the receiver nothing has changed yet."
    changed = f"This time from {new.values.ip}, before from {old.values.ip}." if new.values.ip != old.values.ip else ""
    given_up = "This time it was given up." if (old.state, new.state) == ("queued", "given-up") else ""
    hints = still(Matter(new, entry, catalogue)).points[:-1]
    points = tuple(p for p in (changed, given_up, *hints) if p)
    return Say(lead, points, intent="still", next=("steps", "contact"))


def difference(old: Case, new: Case, catalogue: Catalogue, *, solved: bool = False) -> str:
    """How a new bounce in a case's thread differs from the one before, in a sentence."""
    before, now = catalogue.entries.get(old.entry), catalogue.entries.get(new.entry)
    if before is None or now is None:
        return ""
    if before.id == now.id:
        return f"The same cause as before{', which was solved' if solved else ''}, in another reply."
    same = (
        " The code is the same, the problem is not." if (old.reply, old.enhanced) == (new.reply, new.enhanced) else ""
    )
    return f"A different problem than before: it was “{before.title}”.{same}"
