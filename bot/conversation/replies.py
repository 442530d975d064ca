"""Recognises a follow-up question in a card's thread, and answers it for this bounce."""

from __future__ import annotations

import re

from bot.conversation.answers import ANSWERS
from bot.terms import Case, Say
from catalogue import Catalogue
from catalogue.questions import asked
from catalogue.wording import normal

LONGEST = 400
OPENERS = re.compile(
    r"^(?:ok(?:ay)?|so|and|but|hm+|hey|hi|thanks|right|also|then|well|@\S+|smtp-?bot)?[\s,:;.!-]*(?:what|why|how|who|whom|whose|when|which|where|is|are|do|does|did"
    r"|should|shall|can|could|will|would|was|were|has|have|must|may|explain|draft|define|write me|what's|who's|permanent|next step|steps)\b"
)
STILL = re.compile(r"\b(?:still|same|didn't|did not|no change|doesn't|does not|not working)\b")
CODE = re.compile(r"(?<![\w.])(?:[245]\.\d{1,3}\.\d{1,3}|[2-5]\d\d)(?![\w.]*\d)")
# Questions that people ask each other in a thread; the bounce is no part of them.
BETWEEN_PEOPLE = re.compile(
    r"\b(?:lunch|coffee|on call|meeting|vacation|anyone|anybody|you (?:free|there|around|seen)|can you|could you|will you|would you|are you|did you|do you|have you"
    r"|ticket|jira|deploy\w*|who is taking|who takes|who can take|who wants|shift|standup|call me|ping)\b"
)
BOT_SURE = re.compile(r"\b(?:draft|are you sure|how do you know|why do you think|what makes you)\b")


def reply(case: Case, said: str, catalogue: Catalogue) -> Say | None:
    """The answer to a question about a case; None for anything else that people say in its thread."""
    text = normal(said[: LONGEST + 1])
    if not text or len(text) > LONGEST or not is_question(text):
        return None
    intent = intent_of(text)
    return ask(case, intent, catalogue, said=text) if intent else None


def is_question(text: str) -> bool:
    """Whether a text asks something of the card, in a question's words or by a question mark; a report that it fails."""
    if BETWEEN_PEOPLE.search(text) and not BOT_SURE.search(text):
        return False
    return text.endswith("?") or "? " in text or OPENERS.match(text) is not None or STILL.search(text) is not None


def intent_of(text: str) -> str:
    """What a question asks, "" if it is none that the catalogue knows."""
    intent = asked(text)
    if intent == "still" and not STILL.search(text):
        return ""
    if CODE.search(text) and intent in ("", "code", "happened"):
        return "code"
    return "" if intent == "code" else intent


def ask(case: Case, intent: str, catalogue: Catalogue, *, said: str = "") -> Say:
    """The answer to one question about a case; a question or an entry of an older version gets a kind way on."""
    entry = catalogue.entries.get(case.entry)
    answer = ANSWERS.get(intent)
    if entry is None or answer is None:
        return Say(GONE, intent=intent)
    return answer(case, entry, catalogue, code_in(said, case))


GONE = (
    "This card is from an older version, and I no longer know its entry. Paste the bounce once more for a fresh card."
)


def code_in(said: str, case: Case) -> str:
    """The code that a question names, else the bounce's own."""
    named = CODE.search(said)
    return named[0] if named else case.enhanced or case.reply
