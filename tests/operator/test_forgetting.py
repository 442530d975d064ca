"""What is forgotten is gone from every table, and from Slack's schedule; what others have stays."""

from __future__ import annotations

import pathlib
import re
import sqlite3
import time

import pytest

from bot.__main__ import main
from bot.app import pointed_at, web_client
from bot.operator.forgetting import HOLDS, forgotten
from bot.practice import Practice
from bot.practice.people import YOU
from bot.settings import Settings
from bot.store import Marks, Reminder, Store
from bot.store.channels import Chosen
from bot.store.forgetting import PLACES
from bot.terms import Case, Progress

HERE, ELSEWHERE, OTHER = "C0EMAILOPS", "C0ELSEWHERE", "U0SOMEONE"
CASE = Case(entry="reply.550", reply="550")


def filled(url: str, scheduled: str = "Q0LATER") -> None:
    """A database in which two people have used two channels."""
    store = Store(url)
    for channel, ts in ((HERE, "100.0"), (ELSEWHERE, "200.0")):
        claim = store.claim("T1", channel, ts, ts, "bounce")
        assert claim is not None
        store.posted(claim, f"{ts}1")
        store.keep("T1", channel, ts, CASE, f"{ts}1")
        store.sight(("T1", channel, ts, ts), Marks("cause", "incident"))
        store.begin("T1", channel, 100.0)
        for user in (YOU, OTHER):
            store.mark(("T1", channel, ts, ts), user, "wrong", "reply.550")
        store.choose(("T1", channel, ""), Chosen(watch="on", by=YOU))
    taken = Progress(status="taken", owner=YOU, by=YOU, at=5.0, before=f"taken:{YOU}")
    assert store.move("T1", ELSEWHERE, "200.0", Progress(), taken)
    store.remind("T1", HERE, "100.0", Reminder(scheduled, YOU, time.time() + 3_600))
    store.remind("T1", ELSEWHERE, "200.0", Reminder("Q0OTHER", OTHER, time.time() + 3_600))
    store.close()


def dumped(url: str) -> str:
    """All that the database holds, and its bytes on the disk."""
    path = pathlib.Path(url.removeprefix("sqlite:///"))
    with sqlite3.connect(path) as connection:
        rows = "\n".join(connection.iterdump())
    connection.close()
    return rows + "".join(file.read_bytes().decode("latin-1") for file in path.parent.glob(f"{path.name}*"))


def ran(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], *words: str) -> int:
    """``python -m bot forget …``."""
    for key, value in environ.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setattr("sys.argv", ["bot", "forget", *words])
    return main()


def test_without_yes_nothing_is_deleted(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, quiet_again: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what is held, by table."""
    url = environ["SMTP_BOT_DATABASE_URL"]
    filled(url)
    before = dumped(url)

    assert ran(monkeypatch, environ, "--channel", HERE) == 0
    said = capsys.readouterr().out
    assert "2  feedback" in said
    assert "1  cases" in said
    assert "With --yes it is; 1 reminders" in said
    assert before.count(HERE) == dumped(url).count(HERE)


def test_a_channel_is_gone_from_every_table(
    practice: Practice, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, quiet_again: None
) -> None:
    """Also from the file's free pages, and its reminders from Slack's schedule; another channel is as it was."""
    url = environ["SMTP_BOT_DATABASE_URL"]
    channel = practice.channel("email-ops").id
    assert channel == HERE
    client = web_client(pointed_at(practice, Settings()))
    made = client.chat_scheduleMessage(channel=HERE, post_at=int(time.time()) + 3_600, text="Look again")
    filled(url, str(made["scheduled_message_id"]))

    assert ran(monkeypatch, environ, "--channel", HERE, "--yes") == 0
    assert HERE not in dumped(url)
    assert dumped(url).count(ELSEWHERE) > 5
    assert practice.stage.schedule.listed() == []


def test_a_person_is_gone_and_their_channels_stay(
    practice: Practice, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, quiet_again: None
) -> None:
    """Their marks, reminders and direct messages go; a case that they had is open again; what others did stays."""
    url = environ["SMTP_BOT_DATABASE_URL"]
    filled(url)
    direct = practice.direct()
    store = Store(url)
    store.claim("T1", direct, "300.0", "300.0", "asked")
    store.close()

    assert ran(monkeypatch, environ, "--user", YOU, "--yes") == 0
    text = dumped(url)
    assert YOU not in text
    assert direct not in text
    assert text.count(OTHER) > 2
    store = Store(url)
    kept = store.case("T1", ELSEWHERE, "200.0")
    store.close()
    assert kept is not None
    assert (kept.status, kept.progress.owner) == ("open", "")


def test_what_slack_does_not_take_back_is_said(practice: Practice, environ: dict[str, str]) -> None:
    """The rows go all the same; direct messages that cannot be listed are named as such."""
    url = environ["SMTP_BOT_DATABASE_URL"]
    filled(url)
    practice.fail_next("users.conversations", "missing_scope")
    store = Store(url)
    said = "\n".join(forgotten(store, web_client(pointed_at(practice, Settings())), [], [YOU], sure=True))
    store.close()

    assert "--channel D… as well" in said
    assert "invalid_scheduled_message_id" in said
    assert YOU not in dumped(url)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--channel C0123456789"),
        (("--channel", "email-ops"), "'email-ops' is no id"),
        (("--user", "ann@example.com"), "is no id"),
    ],
)
def test_whom_to_forget_must_be_said_by_id(
    *,
    environ: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    quiet_again: None,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    said: str,
) -> None:
    """A name could be anybody's."""
    assert ran(monkeypatch, environ, *words, "--yes") == 2
    assert said in capsys.readouterr().err


def test_each_table_is_explained() -> None:
    """Whatever has a channel is forgotten with it, and said in words."""
    assert {table.name for table in PLACES} == set(HOLDS)
    assert all(re.fullmatch(r"[\w ,/'’]+", words) for words in HOLDS.values())
