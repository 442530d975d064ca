"""A practice workspace and the environment of a bot that is to work in it."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

from bot.practice import Practice


@pytest.fixture(scope="package")
def practice() -> Iterator[Practice]:
    """One server for all tests here."""
    with Practice(ack_within=60.0) as server:
        yield server


@pytest.fixture
def environ(practice: Practice, tmp_path: pathlib.Path) -> dict[str, str]:
    """What an operator would have set."""
    return {
        "SLACK_BOT_TOKEN": practice.bot_token,
        "SLACK_APP_TOKEN": practice.app_token,
        "SLACK_API_URL": practice.api_url,
        "SMTP_BOT_DATABASE_URL": f"sqlite:///{tmp_path}/bot.sqlite3",
    }
