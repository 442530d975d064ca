"""Answers for one person alone: to a shortcut on a message, in a window, on the Home."""

from __future__ import annotations

import msgspec

from bot import cards, conversation
from bot.answer import explain
from bot.delivery.delivery import Delivery
from bot.delivery.fetching import FetchError
from bot.delivery.posted import Posted
from bot.delivery.work import Work
from bot.terms import Message

LATER = "Slack did not give me the file in time. Please try again in a minute."


def of_message(delivery: Delivery, posted: Posted) -> Message:
    """The answer to a message that somebody points at, its files read too; its card can be posted in its thread."""
    answer = explain(posted.text, "asked", delivery.catalogue, delivery.ours)
    if posted.files:
        work = Work("asked", answer, posted.files)
        try:
            heard = delivery.files.hear(posted, work, asked=True, catalogue=delivery.catalogue, ours=delivery.ours)
        except FetchError:
            return cards.notice(LATER)
        if heard.work is not None and heard.work.note:
            return cards.notice(heard.work.note)
        answer = heard.work.answer if heard.work is not None and heard.work.answer is not None else answer
    return delivery.shown(answer, thread=posted.thread)


def in_window(delivery: Delivery, text: str) -> Message:
    """The answer to a text where there is no channel to act in: the card without buttons, and all steps of the fix."""
    answer = explain(text, "asked", delivery.catalogue, delivery.ours)
    if not answer.causes:
        return cards.read_only(delivery.shown(answer))
    case = conversation.case_of(answer, delivery.catalogue.version)
    steps = conversation.ask(case, "steps", delivery.catalogue)
    return cards.read_only(
        delivery.shown(answer), cards.say(msgspec.structs.replace(steps, quote=""), case, shareable=False)
    )
