"""Compares a new paste in a case's thread with the old one: the same reply, the same cause, or a different problem."""

from __future__ import annotations

from bot.conversation.answers import still
from bot.conversation.matter import Matter
from bot.masking import normalise
from bot.terms import Case, Progress, Say
from catalogue import Catalogue


def compared(old: Case, new: Case, progress: Progress, catalogue: Catalogue) -> Say | None:
    """What to say where the new reply is the old one again, ids and times aside; None where it is another text."""
    entry = catalogue.entries.get(new.entry)
    if entry is None or old.entry != new.entry or not old.quote or normalise(old.quote) != normalise(new.quote):
        return None
    lead = "The same reply again: for the receiver nothing has changed yet."
    if progress.status == "solved":
        lead = "It is back: the same reply as before this was solved. Reopen the case on its card."
    changed = f"This time from {new.values.ip}, before from {old.values.ip}." if new.values.ip != old.values.ip else ""
    given_up = "This time it was given up." if (old.state, new.state) == ("queued", "given-up") else ""
    hints = still(Matter(new, entry, catalogue)).points[:-1]
    points = tuple(p for p in (changed, given_up, *hints) if p)
    return Say(lead, points, intent="still", next=("steps", "contact"))


def difference(old: Case, new: Case, catalogue: Catalogue) -> str:
    """How a new bounce in a case's thread differs from the one before, in a sentence."""
    before, now = catalogue.entries.get(old.entry), catalogue.entries.get(new.entry)
    if before is None or now is None:
        return ""
    if before.id == now.id:
        return "The same cause as before, in another reply."
    same = (
        " The code is the same, the problem is not." if (old.reply, old.enhanced) == (new.reply, new.enhanced) else ""
    )
    return f"A different problem than before: it was “{before.title}”.{same}"
