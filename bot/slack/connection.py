"""The Socket Mode connection: opened with a token that is checked first, opened again as soon as it breaks."""

from __future__ import annotations

import threading
from typing import Any, cast

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.delivery.desk import Desk
from bot.delivery.errors import code_of
from bot.delivery.posting import FAILURES
from bot.delivery.upkeep import Upkeep
from bot.meter import Meter

log = structlog.get_logger("bot.slack")

# How long the client needs to see that its closed connection is closed.
CLOSING = 0.2
# Supervisors wait 10 (docker stop) to 90 seconds (systemd) before they kill.
ENDING = 8.0


class Connection:
    """The app on its Socket Mode connection; raises what the Web API raised where Slack refuses the token."""

    def __init__(self, app: App, app_token: str, desk: Desk | None = None, upkeep: Upkeep | None = None) -> None:
        self.app, self._desk, self._upkeep = app, desk, upkeep
        self.meter = desk.delivery.report.meter if desk else Meter()
        # slack_bolt 1.30 leaves connect() and close() without types.
        self._handler = cast(Any, SocketModeHandler(app, app_token, logger=app.logger))
        self._client = self._handler.client
        # slack_sdk 3.45 takes a closed connection for a live one in its own listener, and then waits for its monitor's
        # next look, up to ten seconds later; Slack's first redelivery comes at once.
        self._client.on_close_listeners.append(self._closed)
        self._client.message_listeners.append(self._greeted)
        try:
            self._client.wss_uri = str(self._client.web_client.apps_connections_open(app_token=app_token)["url"])
            self._handler.connect()
        except FAILURES:
            self._handler.close()
            raise
        if self._upkeep is not None:
            self._upkeep.start()

    @property
    def live(self) -> bool:
        """Whether events come."""
        return bool(self._client.is_connected())

    @property
    def depth(self) -> int:
        """How many claimed messages wait for their answer."""
        return self._desk.depth() if self._desk else 0

    def close(self, seconds: float = ENDING) -> None:
        """Leaves Slack, and lets the answers that are on their way arrive, for so many seconds."""
        self._handler.close()
        if self._desk is not None:
            self._desk.close(seconds)
        if self._upkeep is not None:
            self._upkeep.stop()
        self.app.listener_runner.listener_executor.shutdown(wait=True, cancel_futures=True)

    def _greeted(self, _client: object, message: dict[str, Any], _raw: str | None = None) -> None:
        """Slack's hello: from now on events come, and what came before is swept."""
        if message.get("type") != "hello":
            return
        self.meter.count("connections")
        if self._upkeep is not None:
            self._upkeep.connected()

    def _closed(self, _code: int, _reason: str | None = None) -> None:
        self.meter.count("disconnections")
        again = threading.Timer(CLOSING, self._reopen)
        again.daemon = True
        again.start()

    def _reopen(self) -> None:
        """Connects again unless another connection has taken over; where that fails, the client's monitor goes on."""
        if self._client.closed or not self._client.auto_reconnect_enabled:
            return
        try:
            self._client.connect_to_new_endpoint()
        except FAILURES as wrong:
            log.warning("reconnect_failed", code=code_of(wrong))
