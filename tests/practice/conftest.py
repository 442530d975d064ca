"""A practice workspace with the small app on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.practice import Practice
from tests.practice.app import MANIFEST, Recorder, recording


@pytest.fixture
def practice() -> Iterator[Practice]:
    """A workspace of the test's own; it redelivers after a second."""
    with Practice(ack_within=1.0, manifest=MANIFEST) as server:
        yield server


@pytest.fixture
def client(practice: Practice) -> WebClient:
    """The Web API with the bot's token, and without repeating."""
    return WebClient(practice.bot_token, base_url=practice.api_url, retry_handlers=[])


@pytest.fixture(scope="package")
def connected() -> Iterator[Recorder]:
    """The small app, connected to a workspace of its own for all tests here."""
    with Practice(ack_within=1.0, manifest=MANIFEST) as server, recording(server) as recorder:
        yield recorder


@pytest.fixture
def app(connected: Recorder) -> Recorder:
    """The small app in a workspace where nothing was said yet."""
    connected.afresh()
    return connected
