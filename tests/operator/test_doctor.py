"""The doctor names what must be mended and how, says of the rest that it is well, and never shows a token."""

from __future__ import annotations

import json
import pathlib
import sqlite3
import time

import pytest

from bot.__main__ import main
from bot.app import web_client
from bot.operator.doctor import examined
from bot.operator.keys import MEANINGS
from bot.operator.lines import Line, as_json, shown, status
from bot.operator.slack import LEAST
from bot.practice import Practice
from bot.settings import KEYS
from bot.slack.scopes import CHOSEN, SCOPES
from bot.store import Chosen, Store, disks

ROOT = pathlib.Path(__file__).parents[2]


def lines(environ: dict[str, str], off: float = 0.0) -> list[Line]:
    """What the doctor says, on a machine whose clock is so many seconds off."""
    return examined(environ, web_client, lambda: time.time() + off)


def to_mend(environ: dict[str, str], off: float = 0.0) -> dict[str, str]:
    """What must be mended, and how, by name."""
    return {line.name: line.said for line in lines(environ, off) if line.state == "mend"}


def test_a_bot_that_can_work_has_nothing_to_mend(environ: dict[str, str]) -> None:
    """Tokens, scopes, the channel, the clock and the catalogue are well; the database is made at the first start."""
    found = lines(environ)
    well = {line.name for line in found if line.state == "ok"}

    assert (to_mend(environ), status(found)) == ({}, 0)
    assert {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "clock", "#email-ops", "ours", "file", "channels:history"} <= well
    assert not pathlib.Path(environ["SMTP_BOT_DATABASE_URL"].removeprefix("sqlite:///")).exists()


def test_every_setting_has_a_line(environ: dict[str, str]) -> None:
    """Each key with what it does; a value that may be secret is only said to be set."""
    found = {line.name: line for line in lines(environ) if line.area == "Settings"}

    assert set(KEYS) == set(MEANINGS) == set(found)
    assert found["SLACK_API_URL"].said.startswith(environ["SLACK_API_URL"])
    assert found["SMTP_BOT_DATABASE_URL"].said.startswith("set: ")
    assert found["SMTP_BOT_RETENTION_DAYS"].said.startswith("not set (180): ")
    assert found["SMTP_BOT_DNS"].said.startswith("not set (off): ")


@pytest.mark.parametrize(
    ("given", "name", "how"),
    [
        ({"SMTP_BOT_RETENTION_DAYS": "for ever"}, "SMTP_BOT_RETENTION_DAYS", "a number of days"),
        ({"SMTP_BOT_CHANNELS": "a:b c:d"}, "SMTP_BOT_CHANNELS", "'c:d'"),
        ({"SMTP_BOT_RETENSION_DAYS": "9"}, "SMTP_BOT_RETENSION_DAYS", ".env.example"),
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "SLACK_BOT_TOKEN", "OAuth & Permissions"),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "SLACK_APP_TOKEN", "connections:write"),
        ({"SLACK_APP_TOKEN": ""}, "SLACK_APP_TOKEN", "is missing"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/"}, "SLACK_BOT_TOKEN", "check the network and SLACK_API_URL"),
        ({"SMTP_BOT_CHANNELS": "#general"}, "#general", "type /invite @smtp-bot in #general"),
        ({"SMTP_BOT_CHANNELS": "emial-ops"}, "#emial-ops", "correct it in SMTP_BOT_CHANNELS"),
        ({"SMTP_BOT_DATABASE_URL": "sqlite:////no/such/folder/x"}, "database", "make its folder"),
        ({"SMTP_BOT_DATABASE_URL": "mysql://u:hush@h/n"}, "database", "does not know"),
    ],
)
def test_what_is_wrong_is_named_with_how_to_mend_it(
    practice: Practice, environ: dict[str, str], given: dict[str, str], name: str, how: str
) -> None:
    """Each mistake alone: its line, and the exit status that a script sees."""
    practice.channel("general").members.discard("U0SMTPBOT")
    found = to_mend(environ | given)

    assert how in found[name]
    assert status(lines(environ | given)) == 1
    assert "hush" not in shown(lines(environ | given))


def test_a_missing_scope_is_named_with_what_does_not_work(
    practice: Practice, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the channels are looked at all the same."""
    assert practice.stage.scopes is not None
    monkeypatch.setattr(practice.stage, "scopes", practice.stage.scopes - {"groups:history", "groups:read"})
    found = to_mend(environ)

    assert {"groups:history", "groups:read"} == set(found)
    assert "I read no private channel" in found["groups:history"]
    assert "install the app again" in found["groups:history"]


def test_the_least_manifest_is_a_choice(
    practice: Practice, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever installed manifest-least.json wants no more: what it leaves out is a note; its channels cannot be seen."""
    least = json.loads((ROOT / "manifest-least.json").read_text())["oauth_config"]["scopes"]["bot"]
    monkeypatch.setattr(practice.stage, "scopes", frozenset(least))
    found = {line.name: line.state for line in lines(environ) if line.area == "Scopes"}

    assert frozenset(least) == LEAST
    assert {scope: "ok" if scope in LEAST else "note" for scope in SCOPES} == found
    assert to_mend(environ) == {}


def test_the_scopes_are_those_of_the_manifest(environ: dict[str, str]) -> None:
    """A line for each scope that manifest.json asks for."""
    asked = json.loads((ROOT / "manifest.json").read_text())["oauth_config"]["scopes"]["bot"]
    found = {line.name: line.state for line in lines(environ) if line.area == "Scopes"}

    assert set(asked) == set(found)
    assert {"ok"} == {state for scope, state in found.items() if scope not in CHOSEN}


@pytest.mark.parametrize(("off", "way"), [(300.0, "ahead of"), (-300.0, "behind")])
def test_a_clock_that_is_off_is_noticed(environ: dict[str, str], off: float, way: str) -> None:
    """By Slack's own time; a few seconds are nothing."""
    assert f"seconds {way} Slack's" in to_mend(environ, off)["clock"]
    assert "clock" not in to_mend(environ, 5.0)


def test_channels_that_are_archived_or_shared_are_said(practice: Practice, environ: dict[str, str]) -> None:
    """An archived one must be taken out; in a shared one the bot is silent until it is switched on."""
    practice.adds_channel("old-ops")
    practice.archives("old-ops")
    practice.adds_channel("partner-ops", shared=True)
    found = {line.name: line for line in lines(environ | {"SMTP_BOT_CHANNELS": "old-ops,partner-ops"})}

    assert (found["#old-ops"].state, found["#partner-ops"].state) == ("mend", "note")
    assert "/smtp watch on" in found["#partner-ops"].said


def test_channels_that_are_read_by_choice_are_looked_at_too(practice: Practice, environ: dict[str, str]) -> None:
    """Where somebody typed /smtp watch on; the bot may have been taken out since."""
    inside, left = practice.adds_channel("ops-two"), practice.adds_channel("ops-three", bot=False)
    store = Store(environ["SMTP_BOT_DATABASE_URL"])
    for channel in (inside, left):
        store.choose(("T1", channel, ""), Chosen(watch="on"))
    store.close()

    assert to_mend(environ) == {"#ops-three": "the bot is not in it: type /invite @smtp-bot in #ops-three."}
    assert "#ops-two" in {line.name for line in lines(environ)}


def test_a_database_is_looked_at_and_not_changed(environ: dict[str, str]) -> None:
    """One of an older version: what the next start adds; its journal is as it was before."""
    url = environ["SMTP_BOT_DATABASE_URL"]
    path = pathlib.Path(url.removeprefix("sqlite:///"))
    Store(url).close()
    assert {line.name: line.state for line in lines(environ) if line.area == "Database"} == {
        "database": "ok",
        "schema": "ok",
        "journal": "ok",
    }

    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE cases DROP COLUMN used")
        connection.execute("DROP TABLE feedback")
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    found = {line.name: line for line in lines(environ) if line.area == "Database"}

    assert "cases.used" in found["schema"].said
    assert "feedback" in found["schema"].said
    assert found["journal"].said.startswith("delete")
    assert found["schema"].state == found["journal"].state == "note"


def test_messages_that_nobody_answers_are_said(environ: dict[str, str]) -> None:
    """Claims that have waited for more than ten minutes mean that the bot stands still."""
    store = Store(environ["SMTP_BOT_DATABASE_URL"], clock=lambda: time.time() - 1_800)
    store.claim("T1", "C1", "1.0", "1.0", "bounce")
    store.close()

    assert "the oldest for 30 minutes" in to_mend(environ)["unanswered"]


def test_a_network_file_system_is_said(
    environ: dict[str, str], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the start refuses it."""
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"2 1 0:2 / {tmp_path} rw - nfs4 nas.example.com:/x rw\n")
    monkeypatch.setattr(disks, "MOUNTS", mounts)

    assert "network file system (nfs4)" in to_mend(environ)["database"]


def test_a_broken_catalogue_of_the_teams_is_said(environ: dict[str, str], tmp_path: pathlib.Path) -> None:
    """With its file and its mistake; one that loads is counted."""
    good, bad = tmp_path / "good", tmp_path / "bad"
    for folder in (good, bad):
        folder.mkdir()
    (bad / "ours.toml").write_text('[[note]]\nentry = "no.such.entry"\ntext = "x"\n')
    (good / "ours.toml").write_text('[[note]]\nentry = "reply.550"\ntext = "Ask first."\n')

    assert "ours.toml" in to_mend(environ | {"SMTP_BOT_CATALOGUE": str(bad)})[str(bad)]
    assert to_mend(environ | {"SMTP_BOT_CATALOGUE": str(good)}) == {}


def test_no_token_is_shown(practice: Practice, environ: dict[str, str]) -> None:
    """Neither right ones nor wrong ones, for people or for programs."""
    wrong = environ | {"SLACK_BOT_TOKEN": "xoxb-hush hush", "SLACK_SIGNING_SECRET": "hush"}
    said = "".join(shown(found) + as_json(found).decode() for found in (lines(environ), lines(wrong)))

    assert [] == [secret for secret in (practice.bot_token, practice.app_token, "hush") if secret in said]


def test_the_command_line_prints_it(
    environ: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    quiet_again: None,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    """`python -m bot doctor`: 0 where nothing is to mend, 1 otherwise; `--json` is one object with the same lines."""
    for key, value in environ.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setattr("sys.argv", ["bot", "doctor", "--json"])
    assert main() == 0
    assert json.loads(capfdbinary.readouterr().out)["well"] is True

    monkeypatch.setenv("SMTP_BOT_CHANNELS", "nowhere")
    monkeypatch.setattr("sys.argv", ["bot", "doctor"])
    assert main() == 1
    assert capfdbinary.readouterr().out.decode().endswith("1 to mend.\n")
