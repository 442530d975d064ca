"""A practice server and a client for it, without Socket Mode."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.app import web_client
from bot.practice import Practice
from bot.settings import Settings


class Time:
    """A clock that sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        """Seconds since the test began."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Lets time pass, at once."""
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture(scope="session")
def workspace() -> Iterator[Practice]:
    """One server for all tests here; nothing is connected to it."""
    with Practice(ack_within=60.0) as server:
        yield server


@pytest.fixture
def client(workspace: Practice) -> WebClient:
    """The client that the bot uses."""
    made = web_client(Settings(bot_token=workspace.bot_token, api_url=workspace.api_url))
    made.timeout = 1
    return made


@pytest.fixture
def time() -> Time:
    """A clock of the test's own."""
    return Time()
