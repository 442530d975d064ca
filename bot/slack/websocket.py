"""One websocket, read by one thread and written to by any; the protocol itself is the websockets package's.

slack_sdk's own (3.47) reads frames by recursion, so that a flood overruns Python's stack, and a pause of three seconds
within a frame loses all that was read before it; it spins on a connection that ended without a word, and takes a
handshake that failed for a session.
"""

from __future__ import annotations

import base64
import http.client
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from websockets.client import ClientProtocol
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

# After so much silence Slack is asked whether it is there; it answers at once. A connection that is deaf is gone.
PING, DEAF = 5.0, 20.0
OPENING = 10.0
CHUNK = 64 * 1024
MOST_BYTES = 16_000_000


class Websocket:
    """An open connection; raises OSError, or websockets' InvalidHandshake, where there can be none.

    ``proxy`` is the address of an HTTP proxy; ``context`` Python's own where none is given.
    """

    def __init__(
        self,
        address: str,
        *,
        context: ssl.SSLContext | None = None,
        proxy: str | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._parts: list[bytes] = []
        self._protocol = ClientProtocol(parse_uri(address), max_size=MOST_BYTES)
        self._socket = dialled(address, context, proxy)
        try:
            self._protocol.send_request(self._protocol.connect())
            self._flush()
            while self._protocol.state is State.CONNECTING:
                self._hear()
            if self._protocol.handshake_exc is not None:
                raise self._protocol.handshake_exc
        except BaseException:
            self._socket.close()
            raise
        self._socket.settimeout(PING)

    def receive(self, within: float | None = None) -> list[str]:
        """The messages that came last, at least one. Raises OSError or ConnectionClosed at the connection's end.

        Silence is answered with pings, and is the end where these are not answered (TimeoutError); so is it where no
        message comes ``within`` so many seconds.
        """
        since = heard = self._clock()
        while not (messages := self._messages()):
            if self._protocol.state is State.CLOSED:
                raise self._protocol.close_exc
            if within is not None and self._clock() - since >= within:
                raise TimeoutError
            try:
                self._hear()
                heard = self._clock()
            except TimeoutError:
                if self._clock() - heard >= DEAF:
                    raise
                with self._lock:
                    self._protocol.send_ping(b"")
                    self._flush()
        return messages

    def send(self, texts: Iterable[str]) -> None:
        """Sends messages in one go; raises OSError or ConnectionClosed where the connection is gone."""
        with self._lock:
            if self._protocol.state is not State.OPEN:
                raise self._protocol.close_exc if self._protocol.state is State.CLOSED else OSError("closing")
            for text in texts:
                self._protocol.send_text(text.encode("utf-8", "replace"))
            self._flush()

    def close(self) -> None:
        """Says good-bye and ends the connection; whoever receives from it hears so."""
        try:
            with self._lock:
                if self._protocol.state is State.OPEN:
                    self._protocol.send_close(1000)
                    self._flush()
            self._socket.shutdown(2)
        except (OSError, ConnectionClosed):
            pass
        finally:
            self._socket.close()

    def _hear(self) -> None:
        data = self._socket.recv(CHUNK)
        with self._lock:
            if data:
                self._protocol.receive_data(data)
            else:
                self._protocol.receive_eof()
            self._flush()

    def _messages(self) -> list[str]:
        found: list[str] = []
        for event in self._protocol.events_received():
            if isinstance(event, Frame) and event.opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
                self._parts.append(bytes(event.data))
                if event.fin:
                    found.append(b"".join(self._parts).decode("utf-8", "replace"))
                    self._parts.clear()
        return found

    def _flush(self) -> None:
        """Sends what the protocol has to say (an answer to a ping, a good-bye); an empty piece is its last word."""
        if data := b"".join(self._protocol.data_to_send()):
            self._socket.sendall(data)


def dialled(address: str, context: ssl.SSLContext | None, proxy: str | None) -> Any:
    """A connected socket, over TLS where the address says so, through an HTTP proxy where there is one."""
    parts = urlsplit(address)
    secure = parts.scheme == "wss"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    through = urlsplit(proxy if "//" in proxy else f"//{proxy}") if proxy else parts
    at = (through.hostname or "", through.port or 80) if proxy else (host, port)
    made: http.client.HTTPConnection = (
        http.client.HTTPSConnection(*at, timeout=OPENING, context=context or ssl.create_default_context())
        if secure
        else http.client.HTTPConnection(*at, timeout=OPENING)
    )
    if proxy:
        made.set_tunnel(host, port, credentials(through.username, through.password))
    made.connect()
    return made.sock


def credentials(user: str | None, password: str | None) -> dict[str, str]:
    """The header by which a proxy knows who asks."""
    if user is None:
        return {}
    pair = f"{unquote(user)}:{unquote(password or '')}".encode()
    return {"Proxy-Authorization": f"Basic {base64.b64encode(pair).decode()}"}
