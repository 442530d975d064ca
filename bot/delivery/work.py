"""What a message calls for: a card, an answer to a question in a thread, help, or nothing. Pure."""

from __future__ import annotations

from typing import Literal

import msgspec

from bot.answer import Ours, explain
from bot.conversation import understood
from bot.delivery.attached import Attached
from bot.delivery.posted import Posted, Purpose
from bot.terms import Answer, Case
from catalogue import Catalogue

GREETING = frozenset(("hello", "help", "hey", "hi", "me", "please", "there"))
Kind = Literal["bounce", "asked", "followup", "help", "file", "reacted"]
NOTHING_RECOGNISED = (
    "I did not recognise an SMTP error in that. Paste the server's whole reply (the line with a code like 550 5.1.1),"
    " the report that came back, or the log line; or type a code: /smtp 451 4.7.1 (/smtp help has the rest)"
)


class Work(msgspec.Struct, frozen=True):
    """What to do about one message: ``answer`` for a card, or a follow-up in the thread of a case.

    ``files`` are to be fetched first, since they may hold the bounce; where they do not, the rest is what to do, and
    for "file" alone that is silence. ``note`` is a sentence to say instead of a card.
    """

    kind: Kind
    answer: Answer | None = None
    files: tuple[Attached, ...] = ()
    note: str = ""


def work_for(posted: Posted, purpose: Purpose, case: Case | None, catalogue: Catalogue, ours: Ours) -> Work | None:
    """The work that a message calls for, by its text and its files; ``case`` is its thread's. None: silence."""
    work = by_text(posted, purpose, case, catalogue, ours)
    files = tuple(file for file in posted.files if file.wanted or file.kind == "outlook" or purpose == "asked")
    if not files:
        return work
    return msgspec.structs.replace(work or Work("file"), files=files)


def by_text(posted: Posted, purpose: Purpose, case: Case | None, catalogue: Catalogue, ours: Ours) -> Work | None:
    """The work that a message's text calls for.

    A bounce comes first, also in a thread that has a case; then the question about that case; then, for who asked the
    bot itself, the generous reading.
    """
    if purpose == "read" or case is not None:
        found = explain(posted.text, "channel", catalogue, ours)
        if not found.silent:
            return Work("bounce", found)
        if case is not None and not posted.by_app and understood(posted.text, named=posted.mention) is not None:
            return Work("followup")
    if purpose == "read" or (case is not None and not posted.mention):
        return None
    if wants_help(posted.text):
        return Work("help")
    found = explain(posted.text, "asked", catalogue, ours)
    if case is not None and not found.causes:
        # Not understood, but named in a case's thread: one line with the buttons.
        return Work("followup")
    return Work("asked", found)


def wants_help(text: str) -> bool:
    """Whether somebody only says hello to the bot, or asks for help."""
    return set(text.lower().replace(",", " ").split()) <= GREETING if (text := text.strip(" \t\n.!?:,")) else True
