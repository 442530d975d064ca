"""The settings: what they accept, and that everything wrong is said at once with what to do about it."""

from __future__ import annotations

import itertools
import os
import pathlib
import re

import pytest

from bot.settings import KEYS, Settings, SettingsError

ROOT = pathlib.Path(__file__).parent.parent
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-0-1-secretive", "SLACK_APP_TOKEN": "xapp-0-1-secretive"}


def problems(environ: dict[str, str]) -> tuple[str, ...]:
    """What the settings say is wrong."""
    with pytest.raises(SettingsError) as caught:
        Settings.read(environ)
    return caught.value.problems


def test_nothing_given_means_practice() -> None:
    """Without a token the bot practises, in memory, with #email-ops watched."""
    settings = Settings.read({})

    assert settings.practice
    assert settings.database_url == "sqlite://"
    assert settings.channels == ("email-ops",)
    assert settings.practice_port == 8025


def test_all_values_are_read(tmp_path: pathlib.Path) -> None:
    """Every key reaches its field, tidied."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    settings = Settings.read(
        TOKENS
        | {
            "SLACK_SIGNING_SECRET": "abc",
            "SLACK_API_URL": "http://127.0.0.1:9/api",
            "SMTP_BOT_CHANNELS": "#Email-Ops, C0123456789 zustellung-ö",
            "SMTP_BOT_APPS": "A0123456789,B0123456789",
            "SMTP_BOT_DATABASE_URL": "sqlite:///elsewhere.sqlite3",
            "SMTP_BOT_CATALOGUE": os.pathsep.join((str(tmp_path / "a"), str(tmp_path / "b"))),
            "SMTP_BOT_OUR_DOMAINS": "@Example.com, example.org.",
            "SMTP_BOT_OUR_NETWORKS": "192.0.2.0/24 2001:db8::/32 203.0.113.7",
            "SMTP_BOT_RETENTION_DAYS": "30",
            "SMTP_BOT_PRACTICE_PORT": "9000",
        }
    )

    assert not settings.practice
    assert settings.api_url == "http://127.0.0.1:9/api/"
    assert settings.channels == ("email-ops", "C0123456789", "zustellung-ö")
    assert settings.apps == ("A0123456789", "B0123456789")
    assert settings.database_url == "sqlite:///elsewhere.sqlite3"
    assert (tmp_path / "a", tmp_path / "b") == settings.catalogue
    assert settings.our_domains == ("example.com", "example.org")
    assert settings.our_networks == ("192.0.2.0/24", "2001:db8::/32", "203.0.113.7/32")
    assert (settings.retention_days, settings.practice_port) == (30, 9000)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("9108", ("127.0.0.1", 9108)),
        (":9108", ("127.0.0.1", 9108)),
        ("0.0.0.0:9108", ("0.0.0.0", 9108)),
        ("[::1]:80", ("::1", 80)),
        ("", None),
    ],
)
def test_pages_are_for_this_machine_unless_an_address_says_else(written: str, address: tuple[str, int] | None) -> None:
    """A bare port opens nothing to the network; none opens nothing at all."""
    assert Settings.read({"SMTP_BOT_HTTP": written}).http == address


def test_an_empty_value_counts_as_none() -> None:
    """A copied .env.example with nothing filled in is the same as no settings."""
    assert Settings.read({}) == Settings.read(dict.fromkeys(KEYS, " "))


def test_practice_never_touches_the_real_database() -> None:
    """Without tokens a database address is left alone: practice cases do not mix with real ones."""
    assert Settings.read({"SMTP_BOT_DATABASE_URL": "sqlite:///real.sqlite3"}).database_url == "sqlite://"


@pytest.mark.parametrize(
    ("environ", "key", "mend"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN", "is missing"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN", "is missing"),
        ({"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_BOT_TOKEN", "swapped"),
        ({"SLACK_BOT_TOKEN": "xoxp-1", "SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN", "start with xoxb-"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "oops"}, "SLACK_APP_TOKEN", "start with xapp-"),
        ({"SLACK_BOT_TOKEN": "xoxb-1 2", "SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN", "copy it again"),
        ({"SLACK_SIGNING_SECRET": "xoxb-1"}, "SLACK_SIGNING_SECRET", "holds a token"),
        ({"SLACK_API_URL": "slack.com/api"}, "SLACK_API_URL", "http://"),
        ({"SLACK_API_URL": "ftp://slack.com/"}, "SLACK_API_URL", "http://"),
        ({"SMTP_BOT_CHANNELS": "email:ops"}, "SMTP_BOT_CHANNELS", "email-ops"),
        ({"SMTP_BOT_APPS": "monitoring"}, "SMTP_BOT_APPS", "A0123456789"),
        (TOKENS | {"SMTP_BOT_DATABASE_URL": "smtp.db"}, "SMTP_BOT_DATABASE_URL", "sqlite:///"),
        ({"SMTP_BOT_CATALOGUE": "/no/such/folder"}, "SMTP_BOT_CATALOGUE", "/no/such/folder"),
        ({"SMTP_BOT_OUR_DOMAINS": "https://example.com"}, "SMTP_BOT_OUR_DOMAINS", "without @"),
        ({"SMTP_BOT_OUR_NETWORKS": "192.0.2.7/24"}, "SMTP_BOT_OUR_NETWORKS", "did you mean 192.0.2.0/24"),
        ({"SMTP_BOT_OUR_NETWORKS": "our office"}, "SMTP_BOT_OUR_NETWORKS", "192.0.2.0/24"),
        ({"SMTP_BOT_RETENTION_DAYS": "a year"}, "SMTP_BOT_RETENTION_DAYS", "number of days"),
        ({"SMTP_BOT_RETENTION_DAYS": "0"}, "SMTP_BOT_RETENTION_DAYS", "number of days"),
        ({"SMTP_BOT_LOG": "yaml"}, "SMTP_BOT_LOG", "text (for people) or json"),
        ({"SMTP_BOT_HTTP": "everywhere"}, "SMTP_BOT_HTTP", "port like 9108"),
        ({"SMTP_BOT_HTTP": "::1:9108"}, "SMTP_BOT_HTTP", "[::1]:9108"),
        ({"SMTP_BOT_HTTP": "0.0.0.0:0"}, "SMTP_BOT_HTTP", "0.0.0.0:9108"),
        ({"SMTP_BOT_PRACTICE_PORT": "70000"}, "SMTP_BOT_PRACTICE_PORT", "port from 1"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(environ: dict[str, str], key: str, mend: str) -> None:
    """Each mistake names its key and how to mend it."""
    found = problems(environ)

    assert [key] == list({problem.split()[0] for problem in found})
    assert mend in found[0]


def test_everything_wrong_is_said_at_once() -> None:
    """One start shows all mistakes, not the first of them."""
    found = problems(
        {
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_API_URL": "?",
            "SMTP_BOT_RETENTION_DAYS": "x",
            "SMTP_BOT_OUR_NETWORKS": "x y",
        }
    )

    assert len(found) == 5


def test_a_signing_secret_in_the_place_of_the_app_token_means_requests() -> None:
    """Slack then posts signed requests here; with the app token it stays Socket Mode, whatever else is set."""
    secret = {"SLACK_BOT_TOKEN": "xoxb-0-1-secretive", "SLACK_SIGNING_SECRET": "abc"}
    elsewhere = Settings.read(secret | {"SMTP_BOT_HTTP": "0.0.0.0:8080"})

    assert Settings.read(secret).signed
    assert Settings.read(secret).listening == ("127.0.0.1", 3000)
    assert elsewhere.listening == ("0.0.0.0", 8080)
    assert not Settings.read(secret | TOKENS).signed
    assert Settings.read(secret | TOKENS).listening is None
    assert not Settings.read({"SLACK_SIGNING_SECRET": "abc"}).signed


@pytest.mark.parametrize("key", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"])
def test_no_secret_is_printed(key: str) -> None:
    """Neither a message nor a representation holds a token, right or wrong."""
    with pytest.raises(SettingsError) as caught:
        Settings.read({key: "xoxb-hushhush secret", "SMTP_BOT_PRACTICE_PORT": "x"})

    assert "hushhush" not in str(caught.value)
    assert "secretive" not in repr(Settings.read(TOKENS | {"SLACK_SIGNING_SECRET": "secretive"}))


def test_env_example_lists_every_key_with_a_comment() -> None:
    """.env.example has each key that the code reads, empty and explained, and no other."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    listed = [(before, line) for before, line in itertools.pairwise(lines) if "=" in line and line[0] != "#"]

    assert [f"{key}=" for key in KEYS] == [line for _, line in listed]
    assert all(before.startswith("# ") for before, _ in listed)


def test_the_code_reads_no_other_key() -> None:
    """Every SLACK_ and SMTP_BOT_ name in the code is a key of the settings, and each key is used there."""
    named = {
        key
        for file in (ROOT / "bot").rglob("*.py")
        for key in re.findall(r"\b(?:SLACK|SMTP_BOT)_[A-Z_]+[A-Z]\b", file.read_text())
    }

    assert set(KEYS) == named
