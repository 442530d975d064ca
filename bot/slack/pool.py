"""Open connections to the Web API: slack_sdk 3.47 makes a new one, with a TLS handshake, for every call."""

from __future__ import annotations

import http.client
import select
import socket
import ssl
import threading
import time
import weakref
from collections.abc import Callable
from typing import Any

# Load balancers close what is idle for a minute; what is near that is not used again.
IDLE = 30.0
KEPT = 16
Origin = tuple[str, str, int]


class Pool:
    """Open connections by their origin; safe between threads."""

    def __init__(self, context: ssl.SSLContext | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._context, self._clock, self._lock = context, clock, threading.Lock()
        self._idle: dict[Origin, list[tuple[float, http.client.HTTPConnection]]] = {}
        weakref.finalize(self, closed, self._idle)

    def take(self, origin: Origin, timeout: float) -> http.client.HTTPConnection:
        """The connection that was used last and is still open, or a new one."""
        while (found := self._last(origin)) is not None:
            since, connection = found
            if self._clock() - since < IDLE and connection.sock is not None and quiet(connection):
                connection.sock.settimeout(timeout)
                return connection
            connection.close()
        scheme, host, port = origin
        if scheme == "http":
            return Plain(host, port or 80, timeout=timeout)
        if self._context is None:
            self._context = ssl.create_default_context()
        return Secure(host, port or 443, timeout=timeout, context=self._context)

    def give(self, origin: Origin, connection: http.client.HTTPConnection) -> None:
        """Keeps a connection whose answer was read to its end."""
        with self._lock:
            kept = self._idle.setdefault(origin, [])
            kept.append((self._clock(), connection))
            surplus = kept.pop(0) if len(kept) > KEPT else None
        if surplus:
            surplus[1].close()

    def _last(self, origin: Origin) -> tuple[float, http.client.HTTPConnection] | None:
        with self._lock:
            kept = self._idle.get(origin)
            return kept.pop() if kept else None


class Whole(http.client.HTTPConnection):
    """Sends a request in one piece: http.client (Python 3.11) sends head and body apart, and wakes the server twice."""

    _pieces: list[bytes] | None = None

    def request(self, *args: Any, **given: Any) -> None:
        """As http.client's; ``body`` is bytes or None."""
        self._pieces = []
        try:
            super().request(*args, **given)
        finally:
            pieces, self._pieces = self._pieces, None
        super().send(b"".join(pieces))

    def send(self, data: Any) -> None:
        """Keeps what belongs to a request until all of it is there."""
        if self._pieces is None:
            super().send(data)
        else:
            self._pieces.append(data)


class Plain(Whole):
    """A connection that anybody on the way can read: to a server on this machine."""


class Secure(Whole, http.client.HTTPSConnection):
    """A connection over TLS."""


def closed(idle: dict[Origin, list[tuple[float, http.client.HTTPConnection]]]) -> None:
    """Closes connections that nobody will use any more."""
    for kept in idle.values():
        for _, connection in kept:
            connection.close()


def at_once(connection: http.client.HTTPConnection) -> None:
    """Has what comes next confirmed at once: a server that waits for that between head and body takes 40 ms longer."""
    if hasattr(socket, "TCP_QUICKACK"):
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def quiet(connection: http.client.HTTPConnection) -> bool:
    """Whether nothing came on an idle connection: what would come is its end."""
    try:
        return not select.select([connection.sock], [], [], 0)[0]
    except (OSError, ValueError):
        return False
