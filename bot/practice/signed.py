"""HTTP mode: payloads as requests that Slack signs (docs.slack.dev/authentication/verifying-requests-from-slack)."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from bot.practice.people import JSON
from bot.practice.wire import Parcel


class SignedRequests:
    """Posts parcels to a request URL; an answer in the 200s is the acknowledgement, its body what came with it."""

    def __init__(
        self, url: str, secret: str, clock: Callable[[], float], loop: asyncio.AbstractEventLoop, within: float
    ) -> None:
        self.url, self._secret, self._clock, self._loop, self._within = url, secret, clock, loop, within
        self._threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="practice-requests")

    def carry(self, parcel: Parcel, acked: Callable[[str, JSON | None], None]) -> bool:
        """Posts a parcel from a thread of its own."""

        def done(future: Future[tuple[bool, JSON | None]]) -> None:
            good, payload = future.result()
            if good and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(acked, parcel.id, payload)

        self._threads.submit(self._post, parcel).add_done_callback(done)
        return True

    def close(self) -> None:
        """Takes no more parcels."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _post(self, parcel: Parcel) -> tuple[bool, JSON | None]:
        body, content_type = encoded(parcel)
        headers = {"Content-Type": content_type, **signature(body, self._secret, int(self._clock()))}
        if parcel.attempt:
            headers |= {"X-Slack-Retry-Num": str(parcel.attempt), "X-Slack-Retry-Reason": f"http_{parcel.reason}"}
        request = urllib.request.Request(self.url, data=body, headers=headers, method="POST")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=self._within) as response:
                return True, answer(response.read())
        except OSError:
            return False, None


def encoded(parcel: Parcel) -> tuple[bytes, str]:
    """The body and its content type: JSON for events, a form for commands, a form with ``payload`` for the rest."""
    if parcel.kind == "events_api":
        return json.dumps(parcel.payload).encode(), "application/json"
    fields = parcel.payload if parcel.kind == "slash_commands" else {"payload": json.dumps(parcel.payload)}
    return urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"


def signature(body: bytes, secret: str, now: int) -> dict[str, str]:
    """The headers that prove a request: time and HMAC-SHA256 over ``v0:time:body``."""
    digest = hmac.new(secret.encode(), f"v0:{now}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(now), "X-Slack-Signature": f"v0={digest}"}


def answer(body: bytes) -> JSON | None:
    """What came with an acknowledgement: a JSON object, a text for a command, or nothing."""
    text = body.decode("utf-8", "replace").strip()
    if not text:
        return None
    try:
        value = json.loads(text)
    except ValueError:
        return {"text": text}
    return value if isinstance(value, dict) else {"text": text}
