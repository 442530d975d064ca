"""Tells the questions that are for the bot from what people say to each other. Pure.

People first: a message that names somebody is theirs, whatever words it holds, and silence is better than to interrupt.
"""

from __future__ import annotations

import re

import msgspec

from catalogue import hearing
from catalogue.hearing.pieces import words
from catalogue.hearing.talk import code, talk, topic

LONGEST = 400
# Who names the bot wants an answer: less is enough then, but for thanks, greetings and words that are none.
NAMED_CHANCE = 0.01
MENTION = re.compile(r"(?<![\w.@])@(?:here|channel|[A-Za-z][\w.-]*)(?!\S*@)")
VOCATIVE = re.compile(r"^\W*(?:(?:hey|hi|hello|ok|so|thanks|and|but)\s+)?(?P<name>[A-Za-z][a-z]{1,14})[,:]\s")
CALLED = re.compile(r",\s+(?P<name>[A-Za-z][a-z]{1,14})\s*[?!.]*$")
QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)


class Understood(msgspec.Struct, frozen=True):
    """What a message asks: the question's id, the subject of a fix (spf, dkim …) and the code that it names, or ""."""

    question: str
    topic: str = ""
    code: str = ""


def understood(said: str, *, named: bool = False) -> Understood | None:
    """What a message in a case's thread asks the bot; None for all else. ``named``: the bot was mentioned."""
    text = QUOTED.sub("", said).strip()
    if not text or len(text) > LONGEST or MENTION.search(text) or (not named and calls_somebody(text)):
        return None
    heard = hearing.heard(text)
    if heard.chance < (NAMED_CHANCE if named else hearing.CHANCE) or heard.share < hearing.SHARE:
        return None
    if named and strange(text):
        return None
    question, _, subject = heard.asks.partition(".")
    said_topic = topic(text) if question == "steps" else ""
    return Understood(question, said_topic or subject, code(text))


def calls_somebody(text: str) -> bool:
    """Whether a message speaks to a person by name, at its begin or its end ("Tom, can you …", "… , Ben?")."""
    called = (found["name"] for found in (VOCATIVE.match(text), CALLED.search(text)) if found)
    return any(name.lower() in talk().names or not hearing.knows(name) for name in called)


def strange(text: str) -> bool:
    """Whether fewer than half of the words of a text are known ones."""
    said = [word for word in words(text) if word.isalpha()]
    return sum(map(hearing.knows, said)) * 2 < len(said)
