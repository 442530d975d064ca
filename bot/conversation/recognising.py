"""Tells the questions that are for the bot from what people say to each other, clause by clause. Pure.

People first: a message that names somebody, speaks to somebody or tells something is theirs, whatever words it holds.
"""

from __future__ import annotations

import re

import msgspec

from catalogue import questions
from catalogue.cues import Word

LONGEST = 400
# A report or request of more words than this is a story told to somebody.
STORY = 24
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+|;\s+")
CLAUSE = re.compile(r",\s+|\s+-+\s+|:\s+|\s+(?=(?:and|but|so)\s)")
NAME = re.compile(r"(?<=[a-z,] )(?P<name>[A-Z][a-z]{2,14})(?:'s)?\b")
MENTION = re.compile(r"(?<![\w.@])@(?:here|channel|[A-Za-z][\w.-]*)(?!\S*@)")
VOCATIVE = re.compile(
    r"^\W*(?:(?:hey|hi|hello|ok|so|thanks|and|but)\s+)?(?P<name>[A-Za-z][a-z]{1,14})(?P<mark>[,:]\s|\s)(?P<next>\S+)"
)
CALLED = re.compile(r",\s+(?P<name>[A-Za-z][a-z]{1,14})\s*[?!.]*$")
TO_YOU = frozenset(("can", "could", "would", "will", "do", "did", "are", "have", "please", "you", "any"))
QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)


class Understood(msgspec.Struct, frozen=True):
    """What a message asks: the question's id, the subject of a fix (spf, dkim …) and the code that it names, or ""."""

    question: str
    topic: str = ""
    code: str = ""


def understood(said: str, *, named: bool = False) -> Understood | None:
    """What a message in a case's thread asks the bot; None for all else. ``named``: the bot was mentioned."""
    text = QUOTED.sub("", said).strip()
    if not text or len(text) > LONGEST or MENTION.search(text):
        return None
    sentences = [s for s in SENTENCE.split(text) if s.strip()]
    if not named and (calls_somebody(text) or any(questions.to_person(words_of(s)) for s in sentences)):
        return None
    found = [asked for sentence in sentences if (asked := in_sentence(sentence, named=named)).question]
    if not found:
        return None
    best = max(found, key=lambda asked: asked.points)
    words = words_of(text)
    code = next((word.text for word in words if word.kind == "{code}"), "")
    return Understood(best.question, questions.topic(words) if best.question == "steps" else "", code)


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, typos mended."""
    return questions.speller().words(text)


def calls_somebody(text: str) -> bool:
    """Whether a message names a person: at its begin or end ("Tom, can you …", "… , Ben?"), or within."""
    knows = questions.speller().knows
    first, last = VOCATIVE.match(text), CALLED.search(text)
    if (last and not knows(last["name"])) or any(not knows(name["name"]) for name in NAME.finditer(text)):
        return True
    if first is None or knows(first["name"]):
        return False
    return first["mark"] != " " or (first["name"][0].isupper() and first["next"].lower() in TO_YOU)


def in_sentence(sentence: str, *, named: bool) -> questions.Asked:
    """What one sentence asks: in the clause that opens like a question, else in all of it where a "?" ends it."""
    whole = opened(words_of(sentence))
    clauses = [opened(words_of(clause)) for clause in CLAUSE.split(sentence)]
    for number, clause in enumerate(clauses):
        if is_question(clause):
            rest = tuple(word for later in clauses[number:] for word in later)
            if (asked := questions.asked(rest if is_question(rest) else clause)).question:
                return questions.beside(asked, whole)
    asks = sentence.rstrip().endswith("?") and not told(words_of(sentence))
    if named or asks or (questions.bare(whole) and not questions.stated(whole)):
        asked = questions.asked(whole)
        return asked if asked.question or not named else questions.reported(whole, "alone")
    report = questions.reported(whole, "alone")
    return report if len(whole) <= STORY and not reported(whole) else questions.Asked()


def opened(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """A clause without the words at its start that say nothing ("ok so …")."""
    fillers = questions.talk().fillers
    at = 0
    while at < len(words) - 1 and words[at].text in fillers and not begins_question(words[at:]):
        at += 1
    return words[at:]


def is_question(words: tuple[Word, ...]) -> bool:
    """Whether a clause has the form of a question or a request."""
    return begins_question(words) and not questions.stated(words)


def begins_question(words: tuple[Word, ...]) -> bool:
    """Whether a clause opens with a question's word, a verb before its subject, or a request."""
    if len(words) < 2:
        return bool(words) and words[0].text in ("why", "draft")
    talk, first, second = questions.talk(), words[0].text, words[1]
    if first in talk.asking or first in talk.requests:
        return True
    return first in talk.auxiliaries and (second.text in talk.subjects or bool(second.kind))


# Who tells something: "I told the customer …?", "he says it still bounces".
TELLERS = frozenset(
    ("i", "we", "he", "she", "they", "you", "let", "maybe", "perhaps", "probably", "looks", "seems", "and", "or")
)
REPORTERS = frozenset(("he", "she", "they", "you", "let", "if", "when", "please", "customer"))


def told(words: tuple[Word, ...]) -> bool:
    """Whether a sentence tells what somebody did or will do, though a "?" ends it."""
    return bool(words) and words[0].text in TELLERS and not any(w.text in ("not", "never") for w in words)


def reported(words: tuple[Word, ...]) -> bool:
    """Whether a report is somebody else's, or a condition."""
    return any(word.text in REPORTERS for word in words[:2])
