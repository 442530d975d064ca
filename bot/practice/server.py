"""The server of the practice workspace: Starlette on uvicorn, in a thread of its own, on this machine only."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"


class Server(threading.Thread):
    """uvicorn in a thread; the address is taken at once, so that a port in use is said where it is asked for."""

    def __init__(self, port: int) -> None:
        super().__init__(name="practice-workspace", daemon=True)
        # asyncio sends small answers at once (TCP_NODELAY) only where a socket says that it is TCP.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((LOOPBACK, port))
        except OSError as error:
            self._socket.close()
            raise OSError(
                f"Port {port} is taken by another program: stop it, or set SMTP_BOT_PRACTICE_PORT to a free one."
            ) from error
        self._socket.listen(128)
        self.port: int = self._socket.getsockname()[1]
        self.loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._uvicorn: uvicorn.Server | None = None

    def serve(self, application: ASGIApp, stopping: Callable[[], None]) -> None:
        """Starts, and returns once requests are answered; ``stopping`` is called on the loop when it ends."""
        config = uvicorn.Config(
            application,
            log_config=None,
            log_level="warning",
            access_log=False,
            # The other implementation is deprecated with websockets 14 and newer.
            ws="websockets-sansio",
            ws_max_size=1_000_000,
            lifespan="off",
            timeout_graceful_shutdown=1,
            server_header=False,
        )
        self._uvicorn = uvicorn.Server(config)
        self._stopping = stopping
        self.start()
        if not self._ready.wait(15):
            raise RuntimeError("The practice workspace did not start within 15 seconds.")

    def run(self) -> None:
        """The thread: the loop until it is told to stop."""
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_until_complete(self._run())
        finally:
            self._ready.set()
            self.loop.close()

    async def _run(self) -> None:
        server = self._uvicorn
        assert server is not None
        serving = asyncio.ensure_future(server.serve(sockets=[self._socket]))
        while not server.started and not serving.done():
            await asyncio.sleep(0.005)
        self._ready.set()
        await serving
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def stop(self) -> None:
        """Ends the server and its thread; without harm when it is not running."""
        if self._uvicorn is None or not self.is_alive():
            self._socket.close()
            return
        self._uvicorn.should_exit = True
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self._stopping)
        self.join(10)
        self._socket.close()
