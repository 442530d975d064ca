"""The Socket Mode connection: opened with a token that is checked first, opened again as soon as it breaks."""

from __future__ import annotations

import threading
from typing import Any, cast

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.delivery.errors import code_of
from bot.delivery.posting import FAILURES

log = structlog.get_logger("bot.slack")

# How long the client needs to see that its closed connection is closed.
CLOSING = 0.2


class Connection:
    """The app on its Socket Mode connection; raises what the Web API raised where Slack refuses the token."""

    def __init__(self, app: App, app_token: str) -> None:
        self.app = app
        # slack_bolt 1.30 leaves connect() and close() without types.
        self._handler = cast(Any, SocketModeHandler(app, app_token, logger=app.logger))
        self._client = self._handler.client
        # slack_sdk 3.45 takes a closed connection for a live one in its own listener, and then waits for its monitor's
        # next look, up to ten seconds later; Slack's first redelivery comes at once.
        self._client.on_close_listeners.append(self._closed)
        try:
            self._client.wss_uri = str(self._client.web_client.apps_connections_open(app_token=app_token)["url"])
            self._handler.connect()
        except FAILURES:
            self._handler.close()
            raise

    def close(self) -> None:
        """Leaves Slack, and lets the answers that are on their way arrive."""
        self._handler.close()
        self.app.listener_runner.listener_executor.shutdown(wait=True)

    def _closed(self, _code: int, _reason: str | None = None) -> None:
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
