"""The Web API client: it counts what Slack refuses, and never repeats a request by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.delivery.errors import code_of
from bot.delivery.posting import FAILURES
from bot.meter import Meter

# Slack wants an acknowledgement within 3 seconds; a call that takes longer than this is a failure.
TIMEOUT = 10


class Client(WebClient):
    """Slack's client without its own retries: chat.postMessage repeated blindly is a second reply."""

    def __init__(self, token: str, base_url: str, *, logger: logging.Logger, meter: Meter | None = None) -> None:
        super().__init__(token=token, base_url=base_url, timeout=TIMEOUT, logger=logger, retry_handlers=[])
        self._meter = meter or Meter()

    def api_call(self, api_method: str, **given: Any) -> SlackResponse:
        """One call; what goes wrong with it is counted by method and by Slack's word for it, and raised."""
        try:
            return super().api_call(api_method, **given)
        except FAILURES as wrong:
            self._meter.count("slack_errors", api_method, code_of(wrong))
            raise


class Shared(Middleware):
    """Gives every listener the app's one client, where Bolt makes a plain one for each request (1.15 and later)."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def process(self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]) -> BoltResponse:
        """Passes the request on with that client."""
        req.context["client"] = self._client
        return next()
