"""What is shown of a running bot: which checks and figures the pages of bot.health get, and where they are served."""

from __future__ import annotations

from bot import __version__
from bot.health import Check, Gauge, application
from bot.serving import Server
from bot.slack.connection import Connection
from bot.store import Store, StoreError
from catalogue import Catalogue

NOT_CONNECTED = (
    "Slack is not connected: look for reconnect_failed in the log, and at the network. The bot goes on trying."
)
EMPTY = "The catalogue is empty: install the bot again."


class Pages:
    """The pages of one process at SMTP_BOT_HTTP; raises AddressError where nothing can listen there."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._server = Server(address, key="SMTP_BOT_HTTP")
        self.port = self._server.port

    def open(self, connection: Connection, store: Store, catalogue: Catalogue) -> None:
        """Answers from now on."""
        checks, gauges = looked_at(connection, store, catalogue), measured(connection, store)
        made = application(connection.meter, checks, gauges, version=__version__, more=connection.routes)
        self._server.start(made)

    def stop(self) -> None:
        """Answers no more."""
        self._server.stop()


def looked_at(connection: Connection, store: Store, catalogue: Catalogue) -> tuple[Check, ...]:
    """What must be there before a message can be answered."""

    def database() -> str:
        try:
            store.writable()
        except StoreError as wrong:
            return str(wrong)
        return ""

    return (
        Check("slack", lambda: "" if connection.live else NOT_CONNECTED),
        Check("database", database),
        Check("catalogue", lambda: "" if catalogue.entries else EMPTY),
    )


def measured(connection: Connection, store: Store) -> tuple[Gauge, ...]:
    """What is asked for when the figures are read; the backlog is that of all processes on one database."""

    def backlog(part: int) -> float | None:
        try:
            return store.backlog()[part]
        except StoreError:
            return None

    return (
        Gauge("connected", "Whether Slack is connected (1) or not (0).", lambda: float(connection.live)),
        Gauge("queue_depth", "Messages that this process has claimed and not answered yet.", lambda: connection.depth),
        Gauge("unanswered", "Messages claimed and not answered yet, in the database.", lambda: backlog(0)),
        Gauge("unanswered_oldest_seconds", "For how long the oldest of these waits.", lambda: backlog(1)),
    )
