"""Fetches a file from Slack, and from nowhere else: with the bot's token, within a cap, as often as it is worth it.

FetchError      the file is not here; ``why`` says what that means for the person who shared it
"""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message as Headers
from http.client import HTTPException, HTTPResponse
from typing import Literal
from urllib.parse import urljoin, urlsplit

Why = Literal["login", "gone", "elsewhere", "later"]

# docs.slack.dev/reference/objects/file-object: url_private is on files.slack.com; a workspace's own name redirects.
SLACK = ("slack.com", "slack-gov.com")
REDIRECTS = frozenset((301, 302, 303, 307, 308))
HOPS = 3
ATTEMPTS = 4
# Together with the longest wait for posting (bot.delivery.posting) shorter than a claim's lease.
PATIENCE = 30.0
TIMEOUT = 8.0
LONGEST_WAIT = 20.0
CHUNK = 64 * 1024
VISIBLE = re.compile(r"[!-\[\]-~]+")
# "Sign in to Example | Slack": what Slack serves with status 200 where the token may not read the file.
LOGIN = re.compile(rb"<title>[^<]{0,120}\bslack\b", re.IGNORECASE)


class FetchError(Exception):
    """A file that could not be had: ``login`` the token may not (files:read), ``gone``, ``elsewhere``, or ``later``."""

    def __init__(self, why: Why) -> None:
        self.why: Why = why
        super().__init__(f"The file could not be fetched: {why}.")


class Fetcher:
    """Fetches files for one installation; ``api_url`` is where its Web API is, ``most`` the cap in bytes."""

    def __init__(
        self,
        token: str,
        api_url: str,
        most: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.most = most
        self._token, self._clock, self._sleep = token, clock, sleep
        self._api_url = api_url
        self._opener = opener()

    def allowed(self, url: str) -> bool:
        """Whether the token may be sent to an address."""
        return of_slack(url, self._api_url)

    def fetch(self, url: str, *, page: bool = False) -> tuple[bytes, bool]:
        """The first ``most`` bytes of a file and whether there are more; ``page`` where HTML is what is expected.

        Raises FetchError.
        """
        deadline = self._clock() + PATIENCE
        for attempt in range(ATTEMPTS):
            try:
                return self._read(url, deadline, page)
            except urllib.error.HTTPError as wrong:
                wait = self._wait(wrong, attempt)
                wrong.close()
            except (OSError, HTTPException):
                wait = float(2**attempt)
            if attempt + 1 == ATTEMPTS or self._clock() + wait > deadline:
                break
            self._sleep(wait)
        raise FetchError("later")

    def _read(self, url: str, deadline: float, page: bool) -> tuple[bytes, bool]:
        with self._open(url) as answer:
            html = "html" in answer.headers.get_content_type()
            data = bytearray()
            while len(data) <= self.most and (chunk := answer.read1(CHUNK)):
                data += chunk
                if self._clock() > deadline:
                    raise FetchError("later")
        if html and (not page or LOGIN.search(data[:4_000])):
            raise FetchError("login")
        return bytes(data[: self.most]), len(data) > self.most

    def _open(self, url: str) -> HTTPResponse:
        for _ in range(HOPS):
            if not self.allowed(url):
                raise FetchError("elsewhere")
            request = urllib.request.Request(url, headers={"Authorization": f"Bearer {self._token}"})
            try:
                opened: HTTPResponse = self._opener.open(request, timeout=TIMEOUT)
            except urllib.error.HTTPError as wrong:
                target = _target(wrong.headers, url) if wrong.code in REDIRECTS else ""
                if not target:
                    raise
                wrong.close()
                url = target
            else:
                return opened
        raise FetchError("elsewhere")

    @staticmethod
    def _wait(wrong: urllib.error.HTTPError, attempt: int) -> float:
        """The seconds until the next try; raises FetchError where another try gives nothing else."""
        if wrong.code in (404, 410):
            raise FetchError("gone") from None
        if wrong.code in (401, 403):
            raise FetchError("login") from None
        if wrong.code != 429 and wrong.code < 500:
            raise FetchError("gone") from None
        said = wrong.headers.get("Retry-After", "") if wrong.headers else ""
        return min(float(said), LONGEST_WAIT) if said.isascii() and said.isdigit() else float(2**attempt)


def of_slack(url: str, api_url: str) -> bool:
    """Whether an address is on Slack's own hosts over TLS, or on the very server of the Web API at ``api_url``."""
    scheme, host, port = where = origin(url)
    slack = scheme == "https" and port == 443 and any(f".{host}".endswith(f".{own}") for own in SLACK)
    return bool(host) and (slack or where == origin(api_url))


def opener() -> urllib.request.OpenerDirector:
    """What opens https and http addresses, and follows no redirect: each is looked at before the token is sent on."""
    made = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        made.add_handler(handler)
    return made


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host in lower case and port of an address; ("", "", 0) where it is none or carries a name to log in."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    except ValueError:
        return "", "", 0
    known = parts.scheme in ("https", "http") and host and parts.username is None
    # A backslash, a blank and what is not visible ASCII are read in two ways by two programs, or by none (a NUL was
    # fetched four times): such an address is nobody's.
    if not known or not VISIBLE.fullmatch(url):
        return "", "", 0
    return parts.scheme, host.lower().rstrip("."), port


def _target(headers: Headers, url: str) -> str:
    return urljoin(url, str(headers.get("Location") or "")) if headers.get("Location") else ""
