"""HTTP mode: Slack's signed requests, taken to the app by the same intake as Socket Mode's envelopes.

docs.slack.dev/authentication/verifying-requests-from-slack: HMAC-SHA256 of version, time and body; older than five
minutes is a replay. Nothing of a body is looked at before its signature is right.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.delivery.recent import Recent
from bot.slack.intake import Line
from bot.slack.socket import Envelope

PATH = "/slack/events"
OLDEST = 300
# A message of 40,000 characters comes with its blocks, a press with the whole card, both escaped for a form.
MOST_BYTES = 3_000_000
READING, WITHIN = 5.0, 2.9
STAMP = re.compile(r"[0-9]{1,12}")
# How many presses and commands are remembered, so that a recorded one does nothing a second time.
REMEMBERED = 10_000

log = structlog.get_logger("bot.slack")


def genuine(secret: str, stamp: str, signature: str, body: bytes, now: float) -> bool:
    """Whether a request is Slack's, and not older (or younger) than five minutes."""
    if not fresh(stamp, now):
        return False
    made = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"v0={made}".encode(), signature.encode("utf-8", "replace"))


def fresh(stamp: str, now: float) -> bool:
    """Whether a request's time (seconds since 1970) is within five minutes of now."""
    return bool(STAMP.fullmatch(stamp)) and abs(now - int(stamp)) <= OLDEST


def envelope(body: bytes, content_type: str, retry: str) -> Envelope | None:
    """A request's body as the envelope that Socket Mode would bring; None where it is no payload of Slack's."""
    try:
        kind, payload = payload_of(body.decode("utf-8"), content_type)
    except (ValueError, RecursionError):
        return None
    attempt = int(retry) if re.fullmatch("[0-9]{1,3}", retry) else None
    return Envelope(kind, secrets.token_hex(8), payload, attempt) if isinstance(payload, dict) else None


def payload_of(text: str, content_type: str) -> tuple[str, Any]:
    """Kind and payload: JSON for events, a form for commands, JSON in a form's ``payload`` for all that is pressed."""
    if content_type.partition(";")[0].strip().lower() == "application/json":
        return "events_api", json.loads(text)
    fields = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=100))
    if "payload" in fields:
        return "interactive", json.loads(fields["payload"])
    return "slash_commands", fields


class Answer:
    """Where the acknowledgement of one request arrives, from whatever thread."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.given: asyncio.Future[Mapping[str, Any] | None] = self._loop.create_future()

    def acknowledge(self, envelope_id: str, payload: Mapping[str, Any] | None = None) -> None:
        """Answers the request, unless it was given up."""
        self._loop.call_soon_threadsafe(self._give, payload)

    def _give(self, payload: Mapping[str, Any] | None) -> None:
        if not self.given.done():
            self.given.set_result(payload)


class Requests:
    """The address that Slack posts to. ``take`` gets each envelope; ``greeted`` is called when requests can come."""

    def __init__(
        self,
        signing_secret: str,
        take: Callable[[Line, Envelope], None],
        *,
        greeted: Callable[[], None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._secret, self._take, self._greeted, self._clock = signing_secret, take, greeted, clock
        self._done: Recent[str, bool] = Recent(REMEMBERED, 2.0 * OLDEST, clock)
        self.live = False
        self.routes = (Route(PATH, self.receive, methods=["POST"]), Route(PATH, certificate, methods=["GET"]))

    def start(self) -> None:
        """Requests are taken from now on."""
        self.live = True
        self._greeted()

    def close(self) -> None:
        """Takes no more: Slack tries again, at another instance or after the start."""
        self.live = False

    async def receive(self, request: Request) -> Response:
        """One request of Slack's: 200 once its message is claimed; whatever is not 200 comes again."""
        if not self.live:
            return Response(status_code=503)
        stamp, signature = (request.headers.get(f"x-slack-{name}", "") for name in ("request-timestamp", "signature"))
        if not fresh(stamp, self._clock()) or not signature:
            return refused("stale")
        try:
            body = await asyncio.wait_for(read(request), READING)
        except (TimeoutError, ClientDisconnect):
            return Response(status_code=408)
        if body is None:
            return Response(status_code=413)
        if not genuine(self._secret, stamp, signature, body, self._clock()):
            return refused("signature")
        kind, retry = request.headers.get("content-type", ""), request.headers.get("x-slack-retry-num", "")
        return await self._answered(envelope(body, kind, retry), signature)

    async def _answered(self, received: Envelope | None, signature: str) -> Response:
        """The answer to a request that is Slack's."""
        if received is None:
            return Response(status_code=400)
        if received.payload.get("type") == "url_verification":
            return JSONResponse({"challenge": str(received.payload.get("challenge") or "")})
        if received.payload.get("ssl_check") == "1":
            return Response(status_code=200)
        # Events are claimed in the database; a press or a command has no such claim, and Slack never sends one again.
        if received.type != "events_api" and self._done.get(signature):
            log.warning("request_replayed")
            return Response(status_code=200)
        answer = Answer()
        await run_in_threadpool(self._take, answer, received)
        try:
            said = await asyncio.wait_for(answer.given, WITHIN)
        except TimeoutError:
            return Response(status_code=503)
        self._done.put(signature, True)
        return JSONResponse(dict(said)) if said else Response(status_code=200)


def refused(why: str) -> Response:
    """The answer to whoever is not Slack; it says no more than that."""
    log.warning("request_refused", why=why)
    return JSONResponse({"error": "invalid request"}, 401)


async def read(request: Request) -> bytes | None:
    """A request's body; None where it is longer than anything that Slack sends."""
    said = request.headers.get("content-length", "0")
    if not said.isdecimal() or int(said) > MOST_BYTES:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def certificate(_request: Request) -> Response:
    """Slack looks now and then whether the certificate is good, with a GET."""
    return Response(status_code=200)
