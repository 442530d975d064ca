"""The README's table of who sees what, row by row, over Socket Mode."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.practice import Practice
from bot.practice.people import YOU
from catalogue import Catalogue
from tests.e2e.conftest import PASTE, Bot
from tests.e2e.test_files import LETTER

README = pathlib.Path(__file__).parents[2] / "README.md"
PRIYA, TOM = "U0PRIYA", "U0TOM"
FULL = "552 5.2.2 <kim@example.net>: Mailbox full"


@pytest.fixture(scope="module")
def here(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot with its memory on and an emoji, in a workspace of its own."""
    with Practice(ack_within=1.0) as server:
        database = tmp_path_factory.mktemp("seen") / "bot.sqlite3"
        running = Bot(catalogue, database, server, reaction="question", incident_hours=24)
        running.start()
        yield running
        running.stop()


def whispers(bot: Bot) -> list[dict[str, Any]]:
    """What single persons see, whoever they are, once all is quiet."""
    bot.practice.idle()
    return [dict(one) for one in bot.practice.workspace.ephemerals]


def said(bot: Bot, channel: str) -> list[str]:
    """What the bot has said in a channel and its threads, once all is quiet."""
    bot.practice.idle()
    return [one["text"] for one in bot.practice.messages(channel) if one.get("app_id") == "A0SMTPBOT"]


def room(bot: Bot, name: str, *, on: bool = True, private: bool = False, shared: bool = False) -> str:
    """A new channel with everybody in it, read where ``on``."""
    channel = bot.practice.adds_channel(name, private=private, shared=shared)
    if on:
        bot.practice.command("/smtp watch on", channel)
        bot.practice.idle()
    return channel


def pasted(bot: Bot, text: str, channel: str) -> dict[str, Any]:
    """Pastes a bounce, and gives its card as it can be pressed."""
    ts = bot.practice.says(text, channel)
    [card] = bot.answers(ts, channel)
    return card | {"channel": channel}


def cards(bot: Bot) -> None:
    """Card, follow-up, move and quiet stand in the thread; no single person is told anything."""
    channel = room(bot, "cards")
    card, before = pasted(bot, PASTE, channel), len(whispers(bot))
    bot.practice.says("do we retry?", channel, card["thread_ts"])
    bot.practice.idle()
    bot.practice.presses("I take it", card)
    bot.practice.idle()
    bot.practice.presses("Quiet in this thread", card)
    thread = bot.answers(card["thread_ts"], channel)

    assert len(thread) == 3
    assert f"<@{YOU}>" in str(thread[0]["blocks"])
    assert sum(f"<@{YOU}> asked me to be quiet" in one["text"] for one in thread) == 1
    assert len(whispers(bot)) == before


def switches(bot: Bot) -> None:
    """Switches are said in the channel with who did it, whether typed or pressed on the Home."""
    channel = room(bot, "switches")
    bot.practice.command("/smtp pause 2h", channel, PRIYA)
    bot.practice.idle()
    bot.practice.opens_home(TOM)
    bot.practice.idle()
    bot.practice.presses_in_view(f"home.set.end.{channel}", bot.practice.workspace.homes[TOM], user=TOM)

    assert [who in text for who, text in zip((YOU, PRIYA, TOM), said(bot, channel), strict=True)] == [True] * 3


def weeks(bot: Bot) -> None:
    """Who wishes for a weekly message is named where it will be posted."""
    channel = room(bot, "weeks", on=False)
    bot.practice.command("/smtp week on friday 16:30", channel, PRIYA)

    assert [f"<@{PRIYA}>" in text for text in said(bot, channel)] == [True]


def files(bot: Bot) -> None:
    """The week as a file goes to the one who asked, and is not in the channel."""
    channel, direct_ = room(bot, "files", on=False), bot.practice.direct()
    before = len(bot.practice.messages(direct_))
    bot.practice.command("/smtp week csv", channel)

    assert said(bot, channel) == []
    assert sum(bool(one.get("files")) for one in bot.practice.messages(direct_)[before:]) == 1


def private_answers(bot: Bot) -> None:
    """The one who asked alone, in answer to command, shortcut, button and a file; a button shows it to all."""
    channel = room(bot, "asking")
    card, before = pasted(bot, PASTE, channel), len(whispers(bot))
    count = len(said(bot, channel))
    bot.practice.command("/smtp 451", channel, PRIYA)
    bot.practice.shortcut("explain_bounce", card, PRIYA)
    bot.practice.presses("How to fix it", card, PRIYA)
    told = whispers(bot)[before:]

    assert [one["to"] for one in told] == [PRIYA] * 3
    assert len(said(bot, channel)) == count

    shared = next(one for one in told if "Share in the thread" in str(one["blocks"]))
    bot.practice.presses("Share in the thread", shared, PRIYA)

    assert len(said(bot, channel)) == count + 1


def emoji(bot: Bot) -> None:
    """The card is the channel's; that there is none is for who reacted."""
    channel, before = room(bot, "emoji", on=False), len(whispers(bot))
    bounce, chat = bot.practice.says(PASTE, channel), bot.practice.says("lunch?", channel)
    letter = bot.practice.uploads("lunch.eml", LETTER.encode(), channel)
    for ts in (bounce, chat, letter):
        bot.practice.reacts(ts, "question", channel, TOM)

    assert len(bot.answers(bounce, channel)) == 1
    assert bot.answers(chat, channel) == bot.answers(letter, channel) == []
    assert [one["to"] for one in whispers(bot)[before:]] == [TOM, TOM]


def windows(bot: Bot) -> None:
    """A paste in the window is answered there; a Home holds its person's channels only."""
    channel = bot.practice.adds_channel("their-secret", bot=False, private=True)
    bot.practice.channel(channel).members.discard(TOM)
    bot.practice.invites(channel, PRIYA)
    bot.practice.command("/smtp watch on", channel, PRIYA)
    bot.practice.idle()
    pasted(bot, FULL, channel)
    posts = len(bot.practice.calls("chat.postMessage"))
    bot.practice.global_shortcut("explain_paste", TOM)
    window = bot.practice.waits_for(lambda: bot.practice.modal(TOM))
    assert window is not None
    bot.practice.submits(window, {"paste": PASTE}, TOM)
    for user in (PRIYA, TOM):
        bot.practice.opens_home(user)
    bot.practice.idle()
    homes = bot.practice.workspace.homes

    assert "5.1.1" in str(bot.practice.modal(TOM))
    assert bot.practice.modal(PRIYA) is None
    assert ["their-secret" in str(homes[user]) for user in (PRIYA, TOM)] == [True, False]
    assert len(bot.practice.calls("chat.postMessage")) == posts


def workflows(bot: Bot) -> None:
    """The step ends with its outputs; nothing is said anywhere."""
    calls = len(bot.practice.calls("chat.postMessage")) + len(bot.practice.calls("chat.postEphemeral"))
    execution = bot.practice.runs_step("explain_bounce", {"text": PASTE})

    assert bot.practice.waits_for(lambda: bot.practice.stage.steps[execution])["outputs"]["keep"] == "no"
    assert len(bot.practice.calls("chat.postMessage")) + len(bot.practice.calls("chat.postEphemeral")) == calls


def direct(bot: Bot) -> None:
    """What is asked there is answered there."""
    before = {channel: len(said(bot, channel)) for channel in ("email-ops", "ops")}
    pasted(bot, PASTE, bot.practice.direct(PRIYA))

    assert {channel: len(said(bot, channel)) for channel in before} == before


def private_channels(bot: Bot) -> None:
    """The same incident elsewhere is told of within a channel, never from a private one to another."""
    reply = "550 5.7.1 Service unavailable, Client host [192.0.2.91] blocked using zen.spamhaus.org"
    inner, outer = room(bot, "inner-circle", private=True), room(bot, "outer-circle")
    pasted(bot, reply, inner)

    assert "The same again" in pasted(bot, reply, inner)["text"]

    card = pasted(bot, reply, outer)

    assert "The same again" not in card["text"]
    assert inner not in str(card["blocks"])


def shared_channels(bot: Bot) -> None:
    """Silence until somebody switches reading on; the cards are for all to read, the buttons for our people."""
    channel = room(bot, "with-partner", on=False, shared=True)
    theirs = bot.practice.adds_person("partner", team="T0PARTNER")
    bot.practice.channel(channel).members.add(theirs)

    assert bot.answers(bot.practice.says(PASTE, channel, user=theirs), channel) == []

    bot.practice.command("/smtp watch on", channel)
    bot.practice.idle()
    card = pasted(bot, FULL, channel)
    bot.practice.presses("I take it", card, theirs)
    bot.practice.idle()

    assert ["company that runs me" in one["text"] for one in bot.practice.ephemerals(theirs)] == [True]
    assert theirs not in str(bot.answers(card["thread_ts"], channel))


def guests(bot: Bot) -> None:
    """They ask and are answered; moves and switches are refused in one sentence, for them alone."""
    channel = room(bot, "visited")
    guest = bot.practice.adds_person("caller", guest=True)
    bot.practice.channel(channel).members.add(guest)
    card = pasted(bot, FULL, channel)
    bot.practice.says("do we retry?", channel, card["thread_ts"], guest)
    count = len(said(bot, channel))
    bot.practice.presses("Solved", card, guest)
    bot.practice.command("/smtp watch off", channel, guest)
    bot.practice.command("/smtp 451", channel, guest)
    bot.practice.idle()
    told = [one["text"] for one in bot.practice.ephemerals(guest)]

    assert count == 3
    assert len(said(bot, channel)) == count
    assert [sum(word in text for text in told) for word in ("moved by members", "switched by members")] == [1, 1]
    assert len(told) == 3


# The first words of each row of the table, and what shows that it is so.
ROWS: dict[str, Callable[[Bot], None]] = {
    "the card in a thread": cards,
    "`/smtp watch on": switches,
    "`/smtp week on": weeks,
    "`/smtp week csv`": files,
    "`/smtp …`": private_answers,
    "an emoji on a message": emoji,
    "the window of the shortcut": windows,
    "the step of a workflow": workflows,
    "a direct message": direct,
    "a private channel": private_channels,
    "a channel shared": shared_channels,
    "guests": guests,
}


def table() -> list[str]:
    """The rows of the README's table."""
    section = README.read_text(encoding="utf-8").partition("## Who sees what")[2].partition("\n## ")[0]
    return [line.removeprefix("| ") for line in section.splitlines() if line.startswith("| ")][2:]


def test_every_row_of_the_table_is_shown_here() -> None:
    """A row that is added to the README gets its test in ``ROWS``."""
    rows = table()

    assert len(rows) == len(ROWS)
    assert all(row.startswith(words) for row, words in zip(rows, ROWS, strict=True))


@pytest.mark.parametrize("row", ROWS)
def test_who_sees_what(here: Bot, row: str) -> None:
    """What a row of the table says is so."""
    ROWS[row](here)
