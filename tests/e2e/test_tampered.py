"""Buttons whose values somebody changed on the way: data like any other, never an order."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from tests.e2e.conftest import PASTE, Bot
from tests.e2e.test_answers import mrkdwn

EVIL = "<!channel> <!here> <@U0ALEX> <https://evil.example/|https://bank.example/> <mailto:a@evil.example|b>"
BREAKING = [
    "",
    "1",
    "1{",
    "2{}",
    "1null",
    "1[]",
    '1{"entry": 7}',
    '1{"entry":"no.such.entry"}',
    "x" * 2_000,
    "|",
    "1;;;;;;",
]


def changed(message: dict[str, Any], value: str) -> dict[str, Any]:
    """A message whose every button and option carries another value."""
    made = copy.deepcopy(message)
    pending: list[Any] = [made["blocks"]]
    while pending:
        found = pending.pop()
        if isinstance(found, list):
            pending += found
        elif isinstance(found, dict):
            if "value" in found:
                found["value"] = value
            pending += list(found.values())
    return made


def said(bot: Bot) -> str:
    """All that the bot has said so far as markup, to all and to one; not what its buttons carry."""
    posted = [m for m in bot.practice.messages() if m.get("app_id") == "A0SMTPBOT"]
    return "\n".join(
        text
        for message in (*posted, *bot.practice.ephemerals())
        for text in (message["text"], *mrkdwn(message.get("blocks")))
    )


@pytest.mark.parametrize(
    "value",
    [
        json.dumps(
            {"entry": "reply.550", "reply": EVIL, "enhanced": EVIL, "provider": EVIL, "quote": EVIL, "asker": EVIL}
        ),
        json.dumps({"entry": "reply.550", "values": {"ip": EVIL, "domain": EVIL, "url": EVIL, "list": EVIL}}),
        json.dumps({"entry": EVIL, "quote": EVIL}),
    ],
)
def test_a_changed_value_pings_nobody_and_breaks_nothing(bot: Bot, value: str) -> None:
    """What a button carries back is escaped like a paste, in private answers and in the thread."""
    ts = bot.practice.says(PASTE)
    [card] = bot.answers(ts)
    evil = changed(card | {"channel": bot.practice.channel("email-ops").id}, f"1{value}")
    refused = len([call for call in bot.practice.calls("chat.postMessage") if "blocks" not in call[1]])
    for button in ("ask.steps", "case.take", "case.solve"):
        bot.practice.presses(button, evil)
    bot.practice.command("/smtp 451")
    bot.practice.idle()
    offered = next(one for one in reversed(bot.practice.ephemerals()) if "post.card" in str(one.get("blocks")))
    private = changed(offered, f"1{value}")
    bot.practice.presses("post.card", private)
    bot.practice.idle()
    text = said(bot)

    assert [] == [ping for ping in ("<!channel", "<!here", "<https://evil", "<mailto:a@evil") if ping in text]
    assert refused == len([call for call in bot.practice.calls("chat.postMessage") if "blocks" not in call[1]])


def test_a_value_that_is_none_gets_a_sentence_or_nothing(bot: Bot) -> None:
    """Whatever stands in it: the channel gets no new message, and the next paste its card."""
    ts = bot.practice.says(PASTE)
    [card] = bot.answers(ts)
    before = len(bot.practice.messages())
    for value in BREAKING:
        broken = changed(card | {"channel": bot.practice.channel("email-ops").id}, value)
        for button in ("guide.start", "ask.steps"):
            bot.practice.presses(button, broken)
    bot.practice.idle()

    assert len(bot.practice.messages()) == before
    assert len(bot.answers(bot.practice.says(PASTE))) == 1
