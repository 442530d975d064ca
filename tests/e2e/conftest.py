"""The whole bot, connected to a practice server over Socket Mode."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from bot.app import connect, pointed_at
from bot.practice import Practice
from bot.settings import Settings
from bot.slack.connection import Connection
from bot.store import Store
from catalogue import Catalogue
from tests.databases import SERVER, fresh

PASTE = (
    "550-5.1.1 The email account that you tried to reach does not exist. Please try\n"
    "550-5.1.1 double-checking the recipient's email address for typos.\n"
    "550 5.1.1 https://support.google.com/mail/?p=NoSuchUser 5-20020a - gsmtp"
)


def depth(connection: Connection) -> int:
    """How much a connection has in hand."""
    return connection.depth


class Bot:
    """A running bot and its workspace; several instances can share one database."""

    def __init__(self, catalogue: Catalogue, database: pathlib.Path, practice: Practice, **chosen: Any) -> None:
        self.practice, self.database = practice, database
        address = fresh(database.parent) if SERVER else f"sqlite:///{database}"
        # One workspace serves many tests that paste the same text: no two of them are one incident.
        self.settings = Settings(database_url=address, **{"incident_hours": 0, **chosen})
        self._catalogue = catalogue
        self._running: list[tuple[Connection, Store]] = []

    def start(self) -> None:
        """Starts one more instance."""
        store = Store(self.settings.database_url, lease=self.settings.lease_seconds)
        settings = pointed_at(self.practice, self.settings)
        self._running.append((connect(settings, self._catalogue, store), store))
        self.practice.connected(len(self._running))
        self._attended()

    def stop(self) -> None:
        """Stops all instances."""
        while self._running:
            connection, store = self._running.pop()
            connection.close()
            store.close()
        self._attended()

    def _attended(self) -> None:
        """Lets the workspace know whose work it waits for."""
        self.practice.attends(*(partial(depth, connection) for connection, _ in self._running))

    @property
    def newest(self) -> tuple[Connection, Store, Catalogue]:
        """The parts of the instance that was started last."""
        return (*self._running[-1], self._catalogue)

    def restart(self) -> None:
        """Stops all, and starts one: its memory is empty, its database is not."""
        self.stop()
        self.practice.waits_for(lambda: not self.practice.stage.sockets.connections)
        self.start()

    def answers(self, ts: str, channel: str = "email-ops") -> list[dict[str, Any]]:
        """The bot's replies in the thread of a message, once all is quiet."""
        self.practice.idle()
        return [message for message in self.practice.replies(ts, channel) if message.get("app_id") == "A0SMTPBOT"]

    def whispers(self, since: int = 0) -> list[dict[str, Any]]:
        """What only the person before the page sees, from the ``since``-th on, once all is quiet."""
        self.practice.idle()
        return self.practice.ephemerals()[since:]

    def command(self, line: str, channel: str = "email-ops") -> dict[str, Any]:
        """Types a slash command, and gives the one answer to it."""
        before = len(self.practice.ephemerals())
        self.practice.command(line, channel)
        [answer] = self.whispers(before)
        return answer


@pytest.fixture(scope="package")
def practice() -> Iterator[Practice]:
    """One practice server; it redelivers after a second."""
    with Practice(ack_within=1.0) as server:
        yield server


@pytest.fixture(scope="package")
def bot(practice: Practice, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """One running instance for all tests that need no other; it also reads the app Grafana."""
    database = tmp_path_factory.mktemp("bot") / "bot.sqlite3"
    running = Bot(catalogue, database, practice, apps=("A0GRAFANA",))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def alone(catalogue: Catalogue, tmp_path: pathlib.Path) -> Iterator[Bot]:
    """A bot and a server of the test's own, not started yet."""
    with Practice(ack_within=1.0) as server:
        running = Bot(catalogue, tmp_path / "bot.sqlite3", server)
        yield running
        running.stop()
