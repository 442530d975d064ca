"""The Home: one's open cases, what one asked, the switches of one's channels; of other people's channels nothing."""

from __future__ import annotations

from typing import Any

import pytest

from bot.practice.people import YOU
from tests.e2e.conftest import PASTE, Bot

FULL = "552 5.2.2 <kim@example.net>: Mailbox full"


def home(bot: Bot, user: str = YOU) -> dict[str, Any]:
    """Opens somebody's Home, and gives it."""
    bot.practice.opens_home(user)
    return shown(bot, user)


def shown(bot: Bot, user: str = YOU) -> dict[str, Any]:
    """Somebody's Home, once all is quiet."""
    bot.practice.idle()
    view: dict[str, Any] = bot.practice.workspace.homes[user]
    return view


def pressed(bot: Bot, what: str, user: str = YOU) -> dict[str, Any]:
    """Presses on somebody's Home, and gives what it then shows."""
    bot.practice.presses_in_view(what, bot.practice.workspace.homes[user], user=user)
    return shown(bot, user)


def words(view: dict[str, Any]) -> str:
    """All that a view says."""
    return str(view["blocks"])


def solved(bot: Bot, ts: str) -> None:
    """Solves the case of a message."""
    [card] = bot.answers(ts)
    bot.practice.presses("Solved", card)
    window = bot.practice.waits_for(bot.practice.modal)
    assert window is not None
    bot.practice.submits(window)
    bot.practice.idle()


def test_open_cases_and_what_one_asked(alone: Bot) -> None:
    """With a link to the thread, and who has it; what is solved is open no more, and stays with who asked."""
    alone.start()

    assert "Nothing is open." in words(home(alone))

    ts = alone.practice.says(FULL)
    assert len(alone.answers(ts)) == 1
    view = home(alone)

    assert words(view).count(f"archives/C0EMAILOPS/p{ts.replace('.', '')}|") == 2
    assert "#email-ops" in words(view)
    assert words(home(alone, "U0PRIYA")).count(f"p{ts.replace('.', '')}|") == 1

    solved(alone, ts)

    assert words(home(alone)).count(f"p{ts.replace('.', '')}|") == 1
    assert "Nothing is open." in words(home(alone, "U0PRIYA"))


def test_private_channels_are_for_their_members(alone: Bot) -> None:
    """Nothing of a channel that one is not in: no case, no name, no switch, and a direct message only for its person."""
    alone.start()
    channel = alone.practice.adds_channel("incident-7", private=True)
    alone.practice.channel(channel).members.discard("U0PRIYA")
    alone.practice.command("/smtp watch on", channel)
    alone.practice.idle()
    alone.practice.says(FULL, channel)
    alone.practice.says(PASTE, alone.practice.direct())
    alone.practice.idle()

    assert "incident-7" in words(home(alone))
    assert "direct message" in words(home(alone))
    assert "incident-7" not in words(home(alone, "U0PRIYA"))
    assert "archives" not in words(home(alone, "U0PRIYA"))

    stale = alone.practice.workspace.homes[YOU]
    alone.practice.workspace.homes["U0PRIYA"] = stale | {"id": "V0PRIYA"}

    assert "You are not in that channel" in words(pressed(alone, f"home.set.off.{channel}", "U0PRIYA"))
    assert len(alone.answers(alone.practice.says(PASTE, channel), channel)) == 1


def test_reading_is_switched_on_the_home(alone: Bot) -> None:
    """Off, on and paused, for all in the channel, who are told who did it; what is said meanwhile stays unanswered."""
    alone.start()

    assert "settings name it" in words(home(alone))

    view = pressed(alone, "home.set.off.C0EMAILOPS")
    [told] = alone.practice.messages()

    assert f"<@{YOU}>" in told["text"]
    assert "switched my reading off" in words(view)
    assert alone.answers(alone.practice.says(PASTE)) == []

    pressed(alone, "home.set.on.C0EMAILOPS")

    assert len(alone.answers(alone.practice.says(PASTE))) == 1

    assert "I pause here until" in words(pressed(alone, "home.set.2h.C0EMAILOPS"))
    assert alone.answers(alone.practice.says(FULL)) == []
    assert "I pause here" not in words(pressed(alone, "home.set.end.C0EMAILOPS"))
    assert "I pause here until" in words(pressed(alone, "home.set.tomorrow.C0EMAILOPS"))


def test_what_is_switched_already_is_said_on_the_home(alone: Bot) -> None:
    """Two who press the same: the second hears that it is so; where Slack takes no post, the switch counts all the same."""
    alone.start()
    home(alone)
    home(alone, "U0PRIYA")
    pressed(alone, "home.set.off.C0EMAILOPS")

    assert "do not read this channel anyway" in words(pressed(alone, "home.set.off.C0EMAILOPS", "U0PRIYA"))
    assert len(alone.practice.messages()) == 1

    alone.practice.fail_next("chat.postMessage", "restricted_action")

    assert "restricted_action" in words(pressed(alone, "home.set.on.C0EMAILOPS"))
    assert len(alone.answers(alone.practice.says(PASTE))) == 1


def test_many_cases_and_channels_come_page_by_page(alone: Bot) -> None:
    """Eight at a time; the pages of one turn without the other's; a page that is gone is the first."""
    for number in range(9):
        alone.practice.adds_channel(f"team-{number}")
    alone.start()
    codes = ("5.1.1", "5.2.2", "5.2.3", "5.3.4", "5.7.1", "4.2.2", "4.4.1", "4.7.1", "5.1.2", "5.4.4")
    for number, code in enumerate(codes):
        alone.practice.says(f"{code[0]}50 {code} <u{number}@d{number}.example.net>: refused by host {number}")
    alone.practice.idle()
    view = home(alone)

    assert "1 to 8 of 10" in words(view)
    assert "1 to 8 of 11" in words(view)

    view = pressed(alone, "home.page.8:0")

    assert "9 to 10 of 10" in words(view)
    assert "1 to 8 of 11" in words(view)

    view = pressed(alone, "home.page.8:8")

    assert "9 to 10 of 10" in words(view)
    assert "9 to 11 of 11" in words(view)
    assert len(view["blocks"]) <= 100


def test_a_search_is_answered_on_the_home(bot: Bot) -> None:
    """The card's parts come under the field, which keeps the words; nobody else sees them."""
    view = home(bot)
    bot.practice.presses_in_view("home.search", view, {"home.search": "451 4.7.1"})

    assert "4.7.1" in words(shown(bot))
    assert view["blocks"][0]["type"] == "input"


@pytest.mark.parametrize(("how", "times"), [("missing_scope", 2), ("ratelimited", 1), (500, 1)])
def test_where_slack_does_not_tell_ones_channels_none_is_shown(alone: Bot, how: str | int, times: int) -> None:
    """The rest of the Home is there, and says what is missing; the next look may tell more."""
    alone.start()
    alone.practice.says(FULL)
    alone.practice.idle()
    alone.practice.fail_next("users.conversations", how, times)
    view = home(alone)

    assert "does not tell me which channels" in words(view)
    assert "archives" not in words(view)
    assert "archives" in words(home(alone))


def test_a_home_that_slack_does_not_take_breaks_nothing(bot: Bot) -> None:
    """A deactivated person, or a Home that is switched off in the app's settings."""
    home(bot)
    before = bot.practice.workspace.homes[YOU]["hash"]
    bot.practice.fail_next("views.publish", "user_not_found")

    assert home(bot)["hash"] == before
    assert home(bot)["hash"] != before


def test_guests_look_and_members_switch(alone: Bot) -> None:
    """A guest's Home has no switches; one that was left there from before says so."""
    alone.start()
    guest = alone.practice.adds_person("sam", guest=True)
    view = home(alone, guest)

    assert "Guests see how their channels stand" in words(view)
    assert "home.set" not in words(view)

    alone.practice.workspace.homes[guest] = home(alone) | {"id": "V0GUEST"}

    assert "reading is switched by members" in words(pressed(alone, "home.set.off.C0EMAILOPS", guest))
    assert len(alone.answers(alone.practice.says(PASTE))) == 1
