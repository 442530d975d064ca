"""An entry's advice as it stands for one mail: its sentences with what the reply names, and what its state changes."""

from __future__ import annotations

from bot.terms import State, Values
from catalogue import Entry, Retry

GIVEN_UP = "The sending server has given this mail up and retries nothing: once the cause has passed, send it again."


def filled(sentence: str, values: Values) -> str:
    """A sentence of the catalogue with what the reply names put in, or the plain words for it."""
    if "{" not in sentence:
        return sentence
    known = (
        ("{ip}", values.ip or "the sending IP"),
        ("{domain}", values.domain or "the domain"),
        ("{list}", values.list or "the list"),
        ("{limit}", values.limit or "the limit"),
    )
    for name, value in known:
        sentence = sentence.replace(name, value)
    return sentence


def retrying(entry: Entry, state: State, values: Values) -> tuple[Retry, str]:
    """Whether to retry, and the sentence about it; a mail that was given up is retried by nobody any more."""
    if state == "given-up" and entry.retry in ("queue", "new-transaction"):
        return "later", GIVEN_UP
    wait = values.wait
    if entry.retry == "queue" and wait:
        return "queue", f"{filled(entry.retry_advice, values)} The reply says to wait {spoken(wait)}."
    return entry.retry, filled(entry.retry_advice, values)


def spoken(seconds: int) -> str:
    """A time in the unit in which people say it."""
    for unit, size in (("hour", 3600), ("minute", 60), ("second", 1)):
        if seconds >= size and seconds % size == 0:
            return f"{seconds // size} {unit}{'s' if seconds != size else ''}"
    return f"{seconds} seconds"
