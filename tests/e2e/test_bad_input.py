"""What goes wrong with the ways in ends in a sentence for the one who waits, never in an exception or in silence."""

from __future__ import annotations

from typing import Any

import pytest

from bot.practice.people import YOU, User
from tests.e2e.conftest import PASTE, Bot
from tests.e2e.test_files import REPORT
from tests.e2e.test_ways_in import pasted


@pytest.fixture(autouse=True)
def _no_errors(bot: Bot, capsys: pytest.CaptureFixture[str]) -> Any:
    """No listener failed meanwhile: its one line would be in the log."""
    yield
    bot.practice.idle()

    assert "[error" not in capsys.readouterr().out


def direct_lines(bot: Bot, user: str = YOU) -> list[str]:
    """What the bot wrote to a person directly, once all is quiet."""
    bot.practice.idle()
    return [one["text"] for one in bot.practice.messages(bot.practice.direct(user)) if one.get("app_id")]


def test_a_shortcut_on_a_message_with_thirty_files(bot: Bot) -> None:
    """The first ten are read, and the bounce among them is found; nothing is posted."""
    ts = bot.practice.uploads("bounce.eml", REPORT.encode(), "ops")
    message = bot.practice.channel("ops").messages[ts]
    letters = [message["files"][0] | {"id": f"F0LETTER{n}", "name": f"picture{n}.png"} for n in range(29)]
    before = len(bot.practice.ephemerals())
    bot.practice.shortcut("explain_bounce", message | {"channel": "ops", "files": [*message["files"], *letters]})
    [answer] = bot.practice.waits_for(lambda: bot.practice.ephemerals()[before:])

    assert "552 5.2.2" in str(answer["blocks"])


def test_a_shortcut_where_the_bot_is_not(bot: Bot) -> None:
    """Answered privately, its files too; the button that posts says how to invite the bot."""
    channel = bot.practice.adds_channel("not-invited", bot=False)
    ts = bot.practice.uploads("bounce.eml", REPORT.encode(), channel)
    message = bot.practice.channel(channel).messages[ts] | {"channel": channel}
    before = len(bot.practice.ephemerals())
    bot.practice.shortcut("explain_bounce", message)
    [answer] = bot.practice.waits_for(lambda: bot.practice.ephemerals()[before:])

    assert "552 5.2.2" in str(answer["blocks"])

    bot.practice.presses("Post in its thread", answer | {"channel": channel})

    assert "/invite" in bot.whispers(before + 1)[0]["text"]


@pytest.mark.parametrize("lines", [40, 3_000])
def test_a_window_with_very_many_lines(bot: Bot, lines: int) -> None:
    """As many as Slack lets through are read; the answer fits into the window."""
    answer = pasted(bot, "552 5.2.2 <kim@example.net>: Mailbox full\n" * lines)

    assert "5.2.2" in str(answer["blocks"])
    assert len(answer["blocks"]) <= 100


def test_a_response_url_that_has_expired(bot: Bot) -> None:
    """An answer that took too long comes as a direct message; a switch is said in the channel."""
    message = {"channel": "ops", "ts": "1.000001", "type": "message", "user": YOU, "text": PASTE}
    before = len(direct_lines(bot))
    hooks = bot.practice.stage.hooks
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(hooks, "post", lambda _key, _body: (404, "expired_url"))
        bot.practice.command("/smtp 451")
        bot.practice.shortcut("explain_bounce", message)
        bot.practice.command("/smtp watch on", "ops")
        lines = direct_lines(bot)

    assert ["451" in line or "no such mailbox" in line for line in lines[before:]] == [True, True]
    assert "switched my reading on" in bot.practice.messages("ops")[-1]["text"]

    bot.practice.command("/smtp watch off", "ops")


@pytest.mark.parametrize("wrong", ["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"])
def test_a_trigger_that_has_expired(bot: Bot, wrong: str) -> None:
    """Who waits for the window hears of it: of the shortcut's in a direct message, of a card's beside the button."""
    before = len(direct_lines(bot))
    bot.practice.fail_next("views.open", wrong)
    bot.practice.global_shortcut("explain_paste")

    assert ["in time" in line for line in direct_lines(bot)[before:]] == [True]

    ts = bot.practice.says(PASTE)
    [card] = bot.answers(ts)
    whispers = len(bot.practice.ephemerals())
    bot.practice.fail_next("views.open", wrong)
    bot.practice.presses("Solved", card)

    assert ["Press once more" in one["text"] for one in bot.whispers(whispers)] == [True]


def test_a_deactivated_person(bot: Bot) -> None:
    """What Slack refuses because of them is one line in the log: their Home, a private answer, a shortcut's window."""
    users = bot.practice.workspace.users
    users["U0GONE"] = User("U0GONE", "gone", "Gone Away", "#5f6b7a", gone=True)
    bot.practice.channel("email-ops").members.add("U0GONE")
    [card] = bot.answers(bot.practice.says(PASTE, user="U0GONE"))
    for method, wrong in {
        "views.publish": "user_not_found",
        "chat.postEphemeral": "user_not_in_channel",
        "views.open": "user_not_found",
        "chat.postMessage": "account_inactive",
    }.items():
        bot.practice.fail_next(method, wrong)
    bot.practice.opens_home("U0GONE")
    bot.practice.presses("How to fix it", card, "U0GONE")
    bot.practice.global_shortcut("explain_paste", "U0GONE")
    bot.practice.idle()

    assert bot.practice.faults.take("chat.postMessage") is None
    assert bot.practice.ephemerals("U0GONE") == []


def test_a_channel_where_it_may_not_post(bot: Bot) -> None:
    """A press on [Post to channel] says so with Slack's word; a paste there is tried once and left."""
    before = len(bot.practice.ephemerals())
    bot.practice.command("/smtp 451", "ops")
    [answer] = bot.whispers(before)
    bot.practice.fail_next("chat.postMessage", "restricted_action")
    bot.practice.presses("Post to channel", answer | {"channel": "ops"})
    [said] = bot.whispers(before + 1)

    assert "restricted_action" in said["text"]

    posts = len(bot.practice.calls("chat.postMessage"))
    bot.practice.fail_next("chat.postMessage", "restricted_action")
    ts = bot.practice.says(PASTE)

    assert bot.answers(ts) == []
    assert len(bot.practice.calls("chat.postMessage")) == posts + 1


@pytest.mark.parametrize(
    "line", ["/smtp pause -5h", "/smtp pause until yesterday", "/smtp pause 2 fortnights", "/smtp watch maybe"]
)
def test_nonsense_after_a_command(bot: Bot, line: str) -> None:
    """One sentence, for the one who typed it; nothing changes."""
    assert bot.command(line)["text"]
    assert "I read this channel" in bot.command("/smtp status")["text"]
