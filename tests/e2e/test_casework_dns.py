"""DNS look-ups are off by default; an old button gets a sentence."""

from __future__ import annotations

from bot.cards import actions
from bot.terms import Case
from tests.e2e.conftest import Bot
from tests.e2e.test_conversation import SPF

CASE = Case(entry="google.auth.none")


def test_look_ups_are_off_by_default(bot: Bot) -> None:
    """No button is shown; one of an earlier time is answered."""
    ts = bot.practice.says(SPF)
    bot.answers(ts)
    bot.practice.says("how do we fix spf?", thread_ts=ts)
    answer = bot.answers(ts)[-1] | {"channel": bot.practice.channel("email-ops").id}
    assert "Check DNS" not in str(answer)

    answer["blocks"][-1]["elements"][0] |= {"action_id": actions.CHECK, "value": actions.pack(CASE)}
    seen = len(bot.whispers())
    bot.practice.presses(actions.CHECK, answer)
    assert "switched off" in bot.whispers(seen)[0]["text"]
