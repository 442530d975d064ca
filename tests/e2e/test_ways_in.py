"""Every way in: shortcuts, the window, the Home, and the hello where the bot is invited."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.conftest import PASTE, Bot
from tests.e2e.test_files import LETTER, REPORT


def pointed(bot: Bot, ts: str, channel: str = "email-ops") -> dict[str, Any]:
    """Uses the message shortcut, and gives the one private answer."""
    [message] = [one for one in bot.practice.messages(channel) if one["ts"] == ts]
    before = len(bot.practice.ephemerals())
    bot.practice.shortcut("explain_bounce", message)
    [answer] = bot.practice.waits_for(lambda: bot.practice.ephemerals()[before:])
    return answer


def pasted(bot: Bot, text: str) -> dict[str, Any]:
    """Pastes a text in the window, and gives the view that answers."""
    left = bot.practice.modal() or {}
    bot.practice.global_shortcut("explain_paste")
    window = bot.practice.waits_for(lambda: other(bot, left.get("hash")))
    before = window["hash"]
    bot.practice.submits(window, {"paste": text})
    answer = bot.practice.waits_for(lambda: other(bot, before))
    bot.practice.closes(answer)
    return answer


def other(bot: Bot, than: str | None) -> dict[str, Any]:
    """The window that is open, where it is another, or shows something else, than that of this hash; else empty."""
    shown = bot.practice.modal() or {}
    return {} if shown.get("hash") == than else shown


def test_any_message_is_explained_to_the_one_who_asks(bot: Bot) -> None:
    """Also another app's, in a channel that is not read; the card can be posted in the message's thread, once."""
    ts = bot.practice.app_says(PASTE, "ops", name="Jenkins")
    answer = pointed(bot, ts, "ops")

    assert "5.1.1" in str(answer["blocks"])
    assert bot.answers(ts, "ops") == []

    for _ in "ab":
        bot.practice.presses("Post in its thread", answer | {"channel": bot.practice.channel("ops").id})

    assert len(bot.answers(ts, "ops")) == 1


def test_files_of_a_message_are_explained_too(bot: Bot) -> None:
    """A report that was shared where nobody reads, and a letter that is none."""
    report = bot.practice.uploads("bounce.eml", REPORT.encode(), "ops")
    letter = bot.practice.uploads("lunch.eml", LETTER.encode(), "ops")

    assert "552 5.2.2" in str(pointed(bot, report, "ops")["blocks"])
    assert "no bounce" in pointed(bot, letter, "ops")["text"]


def test_where_the_bot_is_no_member_it_answers_privately(bot: Bot) -> None:
    """The shortcut works in any channel; posting there needs an invitation, and it says so."""
    channel = bot.practice.adds_channel("elsewhere", bot=False)
    answer = pointed(bot, bot.practice.says(PASTE, channel), channel)
    before = len(bot.practice.ephemerals())
    bot.practice.presses("Post in its thread", answer | {"channel": channel})
    [said] = bot.whispers(before)

    assert "/invite" in said["text"]


def test_a_bounce_is_pasted_in_a_window(bot: Bot) -> None:
    """The answer takes the paste's place: the card, and all the steps; nothing is posted anywhere."""
    posts = len(bot.practice.calls("chat.postMessage"))
    answer = pasted(bot, PASTE)

    assert "5.1.1" in str(answer["blocks"])
    assert answer["submit"] is None
    assert len(bot.practice.calls("chat.postMessage")) == posts


@pytest.mark.parametrize("text", ["zxqv blorptastic", "451", "550 5.1.1 user unknown\n" * 130, "<!channel> 550 5.7.1"])
def test_whatever_is_pasted_in_the_window_gets_an_answer(bot: Bot, text: str) -> None:
    """Nothing recognised is an answer too; Slack takes every view."""
    assert pasted(bot, text[:3000])["title"]["text"] == "What it says"


def test_a_window_that_came_too_late_is_said(bot: Bot) -> None:
    """Slack's trigger works for three seconds: whoever waits hears of it in their direct message."""
    direct = bot.practice.direct()
    before = len(bot.practice.messages(direct))
    bot.practice.fail_next("views.open", "expired_trigger_id")
    bot.practice.global_shortcut("explain_paste")
    bot.practice.idle()
    said = bot.practice.messages(direct)[before:]

    assert ["in time" in message["text"] for message in said] == [True]


def test_the_home_searches_the_catalogue(bot: Bot) -> None:
    """It opens with a search, help and the switches; what is searched is answered there, for that person."""
    bot.practice.opens_home()
    bot.practice.idle()
    home = bot.practice.workspace.homes["U0ALEX"]

    assert "/smtp pause" in str(home["blocks"])

    bot.practice.presses_in_view("home.search", home, {"home.search": "451 4.7.1"})
    bot.practice.idle()

    assert "4.7.1" in str(bot.practice.workspace.homes["U0ALEX"]["blocks"][2:])
    assert "U0PRIYA" not in bot.practice.workspace.homes


def test_where_it_is_invited_it_says_hello_once(alone: Bot) -> None:
    """What it reads and keeps, how to switch it, who runs it; coming back, it does not repeat itself."""
    alone.settings = type(alone.settings)(database_url=alone.settings.database_url, contact="U0PRIYA")
    alone.start()
    alone.practice.invites("general")
    alone.practice.idle()
    [hello] = [m for m in alone.practice.messages("general") if m.get("app_id")]

    assert "do not read this channel" in str(hello["blocks"])
    assert "<@U0PRIYA>" in str(hello["blocks"])

    alone.practice.removes_bot("general")
    alone.restart()
    alone.practice.invites("general")
    alone.practice.idle()

    assert len([m for m in alone.practice.messages("general") if m.get("app_id")]) == 1


def test_a_channel_where_it_may_not_post_is_left_in_peace(alone: Bot) -> None:
    """A channel for announcements: no hello, no error, and no second try."""
    alone.start()
    alone.practice.fail_next("chat.postMessage", "restricted_action")
    alone.practice.invites("general")
    alone.practice.idle()

    assert [m for m in alone.practice.messages("general") if m.get("app_id")] == []
    assert len(alone.practice.calls("chat.postMessage")) == 1


def test_no_two_bots_talk_to_each_other(bot: Bot) -> None:
    """An app that is read at other times (SMTP_BOT_APPS) gets no answer to what it says in a card's thread."""
    ts = bot.practice.app_says("552 5.2.2 <kim@example.net>: Mailbox full", name="Grafana")
    [card] = bot.answers(ts)
    for _ in "ab":
        bot.practice.app_says(PASTE, name="Grafana", thread_ts=ts)

    assert [card["ts"]] == [one["ts"] for one in bot.answers(ts)]


def test_in_another_bots_thread_it_is_silent_unless_mentioned(bot: Bot) -> None:
    """What people paste under an alert is theirs and that bot's; who mentions us is answered there, and may ask on."""
    alert = bot.practice.app_says("CheckMail: queue is long", name="Nagios")
    bot.practice.says(PASTE, thread_ts=alert)
    hook = bot.practice.app_says("Deploy done", name="CI", webhook=True)
    bot.practice.says(PASTE, thread_ts=hook)

    assert bot.answers(alert) == bot.answers(hook) == []

    bot.practice.says(f"@smtp-bot {PASTE}", thread_ts=alert)

    assert len(bot.answers(alert)) == 1

    bot.practice.says("do we retry?", thread_ts=alert)

    assert len(bot.answers(alert)) == 2


def test_the_threads_of_apps_that_are_read_and_of_mails_are_open(bot: Bot) -> None:
    """An app of SMTP_BOT_APPS that only tells of trouble, a mail that is no bounce: a bounce below them gets its card."""
    alert = bot.practice.app_says("Mail queue is long", name="Grafana")
    mail = bot.practice.forwards_email("Your order", "It is on its way.", sender="shop@example.com")
    person = bot.practice.says("something is wrong with the relay")
    for ts in (alert, mail, person):
        bot.practice.says(PASTE, thread_ts=ts)

    assert [len(bot.answers(ts)) for ts in (alert, mail, person)] == [1, 1, 1]


def test_a_thread_that_slack_does_not_show_now_is_looked_at_again(bot: Bot) -> None:
    """Where Slack is only busy the event comes again; where it refuses, the bounce is answered rather than lost."""
    roots = [bot.practice.says(f"trouble again, part {number}") for number in (1, 2)]
    bot.practice.fail_next("conversations.replies", 500)
    bot.practice.says(PASTE, thread_ts=roots[0])
    bot.practice.waits_for(lambda: len(bot.practice.replies(roots[0])) > 1)
    bot.practice.fail_next("conversations.replies", "missing_scope")
    bot.practice.says(PASTE, thread_ts=roots[1])

    assert [len(bot.answers(ts)) for ts in roots] == [1, 1]
