"""The Web API client: over connections that stay open, counting what Slack refuses, never repeating a request."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.delivery.errors import code_of
from bot.delivery.posting import FAILURES
from bot.meter import Meter
from bot.slack.ending import Ending
from bot.slack.pool import Pool, at_once

# Slack wants an acknowledgement within 3 seconds; a call that takes longer than this is a failure.
TIMEOUT = 10


class Client(WebClient):
    """Slack's client without its own retries: chat.postMessage repeated blindly is a second reply.

    ``ending`` hears of each refusal, since some say that the token is none any more.
    """

    def __init__(
        self,
        token: str,
        base_url: str,
        *,
        logger: logging.Logger,
        meter: Meter | None = None,
        ending: Ending | None = None,
    ) -> None:
        super().__init__(token=token, base_url=base_url, timeout=TIMEOUT, logger=logger, retry_handlers=[])
        self._meter, self._ending, self._pool = meter or Meter(), ending, Pool(self.ssl)

    def api_call(self, api_method: str, **given: Any) -> SlackResponse:
        """One call; what goes wrong with it is counted by method and by Slack's word for it, and raised."""
        try:
            return super().api_call(api_method, **given)
        except FAILURES as wrong:
            self._meter.count("slack_errors", api_method, code_of(wrong))
            if self._ending is not None:
                self._ending.refused(code_of(wrong), api_method)
            raise

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        """The place where slack_sdk opens an address; a proxy is left to it, and any status is an answer."""
        if self.proxy is not None:
            return super()._perform_urllib_http_request_internal(url, req)
        parts = urlsplit(url)
        origin = (parts.scheme, parts.hostname or "", parts.port or 0)
        connection = self._pool.take(origin, self.timeout)
        try:
            body = req.data if isinstance(req.data, bytes) else None
            connection.request("POST", req.selector, body, dict(req.header_items()))
            at_once(connection)
            answer = connection.getresponse()
            text = answer.read().decode(answer.headers.get_content_charset() or "utf-8", "replace")
        except BaseException:
            connection.close()
            raise
        if answer.will_close:
            connection.close()
        else:
            self._pool.give(origin, connection)
        return {"status": answer.status, "headers": answer.headers, "body": text}


class Shared(Middleware):
    """Gives every listener the app's one client, where Bolt makes a plain one for each request (1.15 and later)."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def process(self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]) -> BoltResponse:
        """Passes the request on with that client."""
        req.context["client"] = self._client
        return next()
