"""Socket Mode: tickets, websocket connections, each payload to one of them, reconnects when Slack asks for them."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.practice.people import APP_ID, JSON
from bot.practice.wire import Parcel

# "up to 10 connections": docs.slack.dev/apis/events-api/using-socket-mode.
CONNECTIONS = 10
TICKETS = 100


class Connection:
    """One websocket of the app, with a queue so that parcels leave in order."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket = socket
        self.outgoing: asyncio.Queue[JSON | None] = asyncio.Queue()

    async def pump(self) -> None:
        """Sends what is queued until told to end (None)."""
        with suppress(WebSocketDisconnect, RuntimeError):
            while (message := await self.outgoing.get()) is not None:
                await self.socket.send_text(msgspec.json.encode(message).decode())
            await self.socket.close()


class Sockets:
    """The app's connections; parcels go to them in turn."""

    def __init__(self) -> None:
        self.connections: list[Connection] = []
        self.opened = 0
        self._tickets: dict[str, None] = {}
        self._turn = 0
        self._acked: Callable[[str, JSON | None], None] = lambda parcel, payload: None
        self._pumps: set[asyncio.Task[None]] = set()

    def ticket(self) -> str:
        """A single-use ticket for one connection, as ``apps.connections.open`` gives them."""
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = None
        while len(self._tickets) > TICKETS:
            del self._tickets[next(iter(self._tickets))]
        return ticket

    def carry(self, parcel: Parcel, acked: Callable[[str, JSON | None], None]) -> bool:
        """Sends a parcel over one of the connections; False where there is none."""
        self._acked = acked
        if not self.connections:
            return False
        self._turn += 1
        self.connections[self._turn % len(self.connections)].outgoing.put_nowait(parcel.envelope())
        return True

    def refresh(self, reason: str = "refresh_requested") -> None:
        """Asks every connection to go and come back, as Slack does every few hours."""
        for connection in tuple(self.connections):
            self.connections.remove(connection)
            connection.outgoing.put_nowait({"type": "disconnect", "reason": reason, "debug_info": {"host": "practice"}})
            connection.outgoing.put_nowait(None)

    def cut(self) -> None:
        """Ends every connection without a word, as a network does."""
        for connection in tuple(self.connections):
            self.connections.remove(connection)
            connection.outgoing.put_nowait(None)

    async def serve(self, socket: WebSocket) -> None:
        """One connection from hello to its end."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets or len(self.connections) >= CONNECTIONS:
            await socket.close(code=1008)
            return
        del self._tickets[ticket]
        await socket.accept()
        connection = Connection(socket)
        pump = asyncio.create_task(connection.pump())
        self._pumps.add(pump)
        self.connections.append(connection)
        self.opened += 1
        connection.outgoing.put_nowait(self._hello())
        try:
            await self._listen(socket)
        finally:
            if connection in self.connections:
                self.connections.remove(connection)
            connection.outgoing.put_nowait(None)
            self._pumps.discard(pump)

    def _hello(self) -> JSON:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {"host": "practice", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP_ID},
        }

    async def _listen(self, socket: WebSocket) -> None:
        # A connection that was cut here cannot be read any more (RuntimeError).
        with suppress(WebSocketDisconnect, RuntimeError):
            while True:
                text = await socket.receive_text()
                with suppress(msgspec.DecodeError):
                    ack = msgspec.json.decode(text)
                    if isinstance(ack, dict) and "envelope_id" in ack:
                        self._acked(str(ack["envelope_id"]), ack.get("payload"))
