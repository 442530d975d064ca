"""What is said about the off switches: for all where they change something, with who did it and how to undo it."""

from __future__ import annotations

from bot.cards.actions import SPEAK, SPEAK_MARK
from bot.cards.blocks import actions, button, context, section
from bot.cards.casework import person, spoken, when
from bot.terms import Message, Standing

ALWAYS = "Mention me, use /smtp or write to me directly: that works always."


def switched(user: str, *, on: bool) -> Message:
    """Reading was switched on or off in a channel."""
    if on:
        return spoken(
            f"{person(user)} switched my reading on here: from now on a bounce that is posted gets a card in its thread."
            " If I am not in this channel yet: `/invite @smtp-bot`.  Undo: `/smtp watch off`"
        )
    return spoken(f"{person(user)} switched my reading off here. {ALWAYS}  Undo: `/smtp watch on`")


def paused(user: str, until: float) -> Message:
    """Reading is paused for a time."""
    said = f"{person(user)} paused my reading here until {when(until)}. What is posted until then stays unanswered."
    return spoken(f"{said} {ALWAYS}  Undo: `/smtp pause off`")


def resumed(user: str) -> Message:
    """A pause was ended early."""
    return spoken(f"{person(user)} ended the pause: I read here again, from now on.")


def status(standing: Standing) -> Message:
    """Whether a channel is read, why, and how to change it; for the one who asked."""
    by, whose = standing.by, reason(standing)
    if standing.until:
        lead = f"*I pause here* until {when(standing.until)} ({person(by)} chose so).  End it: `/smtp pause off`"
    elif standing.reading:
        lead = f"*I read this channel* ({whose}).  Change it: `/smtp pause 2h`, `/smtp watch off`"
    else:
        lead = f"*I do not read this channel* ({whose}).  Change it: `/smtp watch on`"
    kept = "I store which message I answered and which entry it led to, never a bounce's text or an address."
    return Message(spoken(lead).text, (section(lead), context(f"{ALWAYS} {kept}")))


def reason(standing: Standing) -> str:
    """Why a channel is read, or is not."""
    if standing.named:
        return "the settings name it"
    if standing.by and (standing.reading or not standing.shared):
        return f"{person(standing.by)} chose so"
    if standing.shared:
        return "other companies are in it, and nobody here switched me on"
    return "nobody asked me to"


def quieted(user: str) -> Message:
    """A thread was made quiet: with the button that ends it."""
    text = f"{person(user)} asked me to be quiet in this thread. Mention me, and I answer all the same."
    return Message(text, (section(text), actions(button("Speak again", SPEAK, SPEAK_MARK))))


def speaking(user: str) -> Message:
    """A quiet thread is quiet no more."""
    return spoken(f"{person(user)} asked me to speak again in this thread.")
