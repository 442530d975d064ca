"""Answers a follow-up question in a card's thread for this bounce; what is not for the bot gets None."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from bot.conversation import advising, answers, drafting
from bot.conversation.details import details
from bot.conversation.matter import Facts, Matter, plural
from bot.conversation.recognising import understood
from bot.terms import Case, Say
from catalogue import Catalogue

ANSWERS: dict[str, Callable[[Matter], Say]] = {
    "permanent": answers.permanent,
    "retry": answers.retry,
    "actor": answers.actor,
    "steps": advising.steps,
    "contact": answers.contact,
    "suppress": answers.suppress,
    "code": advising.code,
    "arrived": answers.arrived,
    "still": answers.still,
    "why": answers.why,
    "scope": advising.scope,
    "bypass": advising.bypass,
    "draft": drafting.draft,
    "happened": advising.happened,
    "phishing": advising.phishing,
    "history": answers.history,
    "details": details,
}
# What differs from cause to cause, so that one answer must not pass for all of a paste.
FATE = frozenset(("permanent", "retry", "suppress", "arrived", "actor"))
GONE = (
    "This card is from an older version, and I no longer know its entry. Paste the bounce once more for a fresh card."
)
LOST = Say(
    "I did not understand that. Ask about this bounce like this:", next=("steps", "retry", "contact", "suppress")
)


def reply(
    case: Case, said: str, catalogue: Catalogue, *, named: bool = False, facts: Facts | None = None
) -> Say | None:
    """The answer to a question about a case; None for anything else that people say in its thread.

    ``named``: the bot was mentioned, so that it always answers.
    """
    asked = understood(said, named=named)
    if asked is None:
        return LOST if named else None
    intent = f"{asked.question}.{asked.topic}" if asked.topic else asked.question
    return ask(case, intent, catalogue, said=said, code=asked.code, facts=facts)


def ask(
    case: Case, intent: str, catalogue: Catalogue, *, said: str = "", code: str = "", facts: Facts | None = None
) -> Say:
    """The answer to one question (``steps.spf``: with its subject); an old card's gets a kind way on."""
    question, _, topic = intent.partition(".")
    entry = catalogue.entries.get(case.entry)
    answer = ANSWERS.get(question)
    if entry is None or answer is None:
        return Say(GONE, intent=question)
    say = answer(Matter(case, entry, catalogue, code, topic, said, facts or Facts()))
    if not case.others or question not in FATE:
        return say
    about = f'This is about "{entry.title}". The card has {plural(len(case.others), "other cause")}: open it there.'
    return msgspec.structs.replace(say, points=(about, *say.points))
