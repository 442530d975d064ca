"""The week of a channel over Socket Mode: asked for, posted by itself, as a file; and the line about an incident."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from bot.practice import Practice, limits
from bot.practice.people import BOT_USER, YOU, Channel
from bot.store import Store, Weekly
from bot.trends.turns import Turn
from bot.trends.values import DAY, WEEK, Sort
from catalogue import Catalogue
from tests.e2e.conftest import PASTE, Bot

TEAM = "T0PRACTICE"
FULL = "552 5.2.2 <{}@example.net>: Mailbox full"
GONE: Sort = ("google.recipient.unknown", "google")
FULL_SORT: Sort = ("words.mailbox-full", "")


@pytest.fixture(scope="module")
def bot(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """Two instances on one database, which look twice a second for what is due."""
    with Practice(ack_within=1.0) as server:
        running = Bot(catalogue, tmp_path_factory.mktemp("week") / "bot.sqlite3", server, lease_seconds=2)
        running.start()
        running.start()
        yield running
        running.stop()


@pytest.fixture
def channel(bot: Bot, request: pytest.FixtureRequest) -> str:
    """A channel of the test's own, which is read."""
    name: str = request.node.name.replace("test_", "").replace("_", "-")[:40]
    bot.practice.adds_channel(name)
    bot.practice.command("/smtp watch on", name)
    bot.practice.idle()
    return name


def ident(bot: Bot, channel: str) -> str:
    """A channel's id."""
    found: Channel = bot.practice.channel(channel)
    return found.id


def past(bot: Bot, channel: str, ago: float, *sorts: Sort, posts: int = 1) -> None:
    """Lets the channel have seen causes so many seconds ago, in so many messages."""
    for _ in range(posts):
        store = Store(bot.settings.database_url, clock=lambda: time.time() - ago)
        ts = bot.practice.workspace.next_ts()
        store.trends.tally((TEAM, ident(bot, channel), ts, ts), [(sort, 1) for sort in sorts])
        store.close()


def known_since(bot: Bot, channel: str, ago: float) -> None:
    """Lets the bot have been in the channel for so long."""
    store = Store(bot.settings.database_url)
    store.begin(TEAM, ident(bot, channel), time.time() - ago, anew=True)
    store.close()


def said(bot: Bot, channel: str) -> list[dict[str, Any]]:
    """What the bot posted in the channel itself, once all is quiet."""
    bot.practice.idle()
    found = bot.practice.messages(channel)
    return [m for m in found if m.get("user") == BOT_USER and m.get("thread_ts", m["ts"]) == m["ts"]]


def kinds(message: dict[str, Any]) -> list[str]:
    """The kinds of a message's blocks."""
    return [str(block["type"]) for block in message["blocks"]]


def table(message: dict[str, Any]) -> list[list[str]]:
    """The rows of a message's table."""
    [found] = [block for block in message["blocks"] if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in found["rows"]]


def test_an_empty_week_is_said_to_be_one(bot: Bot, channel: str) -> None:
    """No table, no chart."""
    answer = bot.command("/smtp week", channel)

    assert "A week without bounces" in answer["text"]
    assert "table" not in kinds(answer)


def test_a_week_tells_what_the_channel_saw(bot: Bot, channel: str) -> None:
    """Counts by cause beside the week before, a chart by provider, new, back and gone; to the one who asks alone."""
    known_since(bot, channel, 40 * DAY)
    past(bot, channel, 9 * DAY, GONE, posts=3)
    past(bot, channel, 9 * DAY, ("yahoo.deferred", "yahoo"))
    past(bot, channel, 30 * DAY, ("greylisting", "microsoft"))
    past(bot, channel, 2 * DAY, ("greylisting", "microsoft"))
    bot.practice.says(PASTE, channel)
    bot.practice.says("is it lunch yet?", channel)
    bot.practice.says(PASTE, "ops")
    before = len(said(bot, channel))
    answer = bot.command("/smtp week", channel)

    assert {"data_visualization", "table", "actions"} <= set(kinds(answer))
    head, *rows = table(answer)
    assert head == ["Seen", "Change", "Cause", "Provider"]
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("1", "−2", "Gmail"),
        ("1", "back", "Microsoft 365"),
        ("0", "−1", "Yahoo and AOL"),
    ]
    assert "2 fewer messages than the week before (4)" in answer["text"]
    assert "example" not in str(answer["blocks"])
    assert len(said(bot, channel)) == before

    for _ in "ab":
        bot.practice.presses("Post to channel", answer)
    posted = said(bot, channel)[before:]

    assert len(posted) == 1
    assert f"<@{YOU}>" in str(posted[0]["blocks"])
    assert "actions" not in kinds(posted[0])


def test_a_workspace_without_charts_gets_bars_and_one_without_tables_lines(
    bot: Bot, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack's refusal of a block loses nothing: the counts come first in every line."""
    past(bot, channel, DAY, GONE, posts=3)
    past(bot, channel, DAY, FULL_SORT)
    monkeypatch.delitem(limits.CHECKS, "data_visualization")
    answer = bot.command("/smtp week", channel)

    assert "table" in kinds(answer)
    [bars] = [block for block in answer["blocks"] if block["type"] == "rich_text"]
    assert bars["elements"][0]["elements"][0]["text"].splitlines()[0].split() == ["3", "Gmail", "█" * 12]

    monkeypatch.delitem(limits.CHECKS, "table")
    answer = bot.command("/smtp week", channel)

    assert "table" not in kinds(answer)
    assert "*3*  " in str(answer["blocks"])


def test_what_was_not_recognised_and_what_is_open_is_linked(bot: Bot, channel: str) -> None:
    """For members: the latest messages nobody could read, and the oldest open cases."""
    bot.practice.says(FULL.format("ann"), channel)
    bot.practice.says("@smtp-bot what about the flux capacitor?", channel)
    bot.practice.idle()
    answer = str(bot.command("/smtp week", channel)["blocks"])

    assert "*Open:* 1." in answer
    assert "*Not recognised or marked wrong:* 1." in answer
    assert answer.count(f"/archives/{ident(bot, channel)}/") == 2


def test_the_file_is_seen_by_who_asks(bot: Bot, channel: str) -> None:
    """In the direct message where files may be shared, else as text; never in the channel."""
    past(bot, channel, DAY, GONE, posts=2)
    before = len(said(bot, channel))
    answer = bot.command("/smtp week csv", channel)

    assert "direct message" in answer["text"]
    shared = bot.practice.messages(bot.practice.direct())[-1]["files"][0]
    content = bot.practice.workspace.contents[shared["id"]].decode()
    assert content.splitlines()[0].startswith("entry,cause,reason,provider,posts")
    assert content.splitlines()[1].startswith("google.recipient.unknown,")

    bot.practice.fail_next("files.getUploadURLExternal", "missing_scope")
    answer = bot.command("/smtp week csv", channel)

    assert "google.recipient.unknown," in str(answer["blocks"])
    assert len(said(bot, channel)) == before


def test_the_week_is_posted_on_its_day_once(bot: Bot, channel: str) -> None:
    """Who asks for it is named, in their zone; two instances make one message, and it is due again a week later."""
    bot.practice.command("/smtp week on friday 16:30", channel)
    asked = said(bot, channel)[-1]

    assert "every Friday at 16:30 (Etc/UTC)" in asked["text"]
    assert f"<@{YOU}>" in asked["text"]
    assert "already" in bot.command("/smtp week on fri 4.30pm", channel)["text"]
    assert "Posted here every Friday" in str(bot.command("/smtp week", channel)["blocks"])

    past(bot, channel, DAY, GONE)
    before = len(said(bot, channel))
    due(bot, channel, time.time() - 60)
    bot.practice.waits_for(lambda: next_due(bot, channel) > time.time())
    bot.practice.idle(0.8)

    assert [message["text"][:9] for message in said(bot, channel)[before:]] == ["The week:"]

    bot.practice.command("/smtp week off", channel)

    assert "no more" in said(bot, channel)[-1]["text"]
    assert "do not post" in bot.command("/smtp week off", channel)["text"]


def test_where_there_are_no_charts_a_picture_follows(bot: Bot, channel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the thread of the week, described for who does not see it; without files:write the bars are enough."""
    past(bot, channel, DAY, GONE, posts=3)
    monkeypatch.delitem(limits.CHECKS, "data_visualization")
    answer = bot.command("/smtp week", channel)
    bot.practice.presses("Post to channel", answer)
    posted = said(bot, channel)[-1]
    [reply] = bot.practice.replies(posted["ts"], channel)

    assert bot.practice.workspace.contents[reply["files"][0]["id"]].startswith(b"\x89PNG")
    [(_, asked)] = [call for call in bot.practice.calls("files.getUploadURLExternal") if "alt_txt" in call[1]]
    assert "Gmail and Google Workspace: 3 this week" in asked["alt_txt"]

    bot.practice.fail_next("files.getUploadURLExternal", "missing_scope")
    due(bot, channel, time.time() - 60)
    bot.practice.waits_for(lambda: next_due(bot, channel) > time.time())

    assert "table" in kinds(said(bot, channel)[-1])
    assert bot.practice.replies(said(bot, channel)[-1]["ts"], channel) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [("/smtp week on someday", "I do not understand"), ("/smtp week on 25:00", "/smtp week on monday 9:00")],
)
def test_a_wrong_day_gets_a_sentence(bot: Bot, line: str, told: str) -> None:
    """For the one who typed it."""
    assert told in bot.command(line)["text"]


def test_a_direct_message_has_no_week(bot: Bot) -> None:
    """It is nobody's channel; a sentence says where to type it."""
    for line in ("/smtp week", "/smtp week csv", "/smtp week on"):
        assert "type /smtp week there" in bot.command(line, bot.practice.direct())["text"]


def test_a_bounce_that_is_pasted_behind_the_bots_name_counts(bot: Bot) -> None:
    """Where no history is read this is how people ask; a question about a code is no bounce."""
    bot.practice.adds_channel("unread")
    nothing = bot.command("/smtp week", "unread")
    bot.practice.says(f"@smtp-bot {PASTE}", "unread")
    bot.practice.says("@smtp-bot what does 451 4.7.1 mean?", "unread")
    bot.practice.idle()

    assert "/smtp status" in str(nothing["blocks"])
    assert "The week: 1 message with bounces, 1 cause." in bot.command("/smtp week", "unread")["text"]


def test_an_incident_is_told_once(bot: Bot, channel: str) -> None:
    """Far above the usual: one line with the numbers and where it began, though two instances see it go on."""
    known_since(bot, channel, 40 * DAY)
    for days in (3, 9, 15):
        past(bot, channel, days * DAY, GONE)
    before = len(said(bot, channel))
    for number in range(8):
        bot.practice.says(f"{PASTE} {number}", channel)
    bot.practice.waits_for(lambda: said(bot, channel)[before:])
    bot.practice.says(PASTE, channel)
    bot.practice.idle(0.8)
    lines = said(bot, channel)[before:]

    assert [line["text"].partition(":")[0] for line in lines] == ["Far more than usual"]
    assert "; 3 in the 28 days before" in lines[0]["text"]
    assert f"/archives/{ident(bot, channel)}/" in str(lines[0]["blocks"])


def due(bot: Bot, channel: str, at: float) -> None:
    """Lets a channel's week be due at a time."""
    store = Store(bot.settings.database_url)
    store.trends.ask(Weekly(TEAM, ident(bot, channel), Turn(), YOU, at))
    store.close()


def next_due(bot: Bot, channel: str) -> float:
    """When a channel's week is due next."""
    store = Store(bot.settings.database_url)
    found = store.trends.asked((TEAM, ident(bot, channel)))
    store.close()
    assert found is not None
    assert found.due_at < time.time() + WEEK + 3_600
    return found.due_at
