"""HTTP from a thread of this process; the address is taken at once, so that a mistake in it shows at the start."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

import uvicorn
from starlette.types import ASGIApp

STARTING, ENDING = 15.0, 5.0


class AddressError(Exception):
    """An address that cannot be listened at; the message says what to do."""


class Server:
    """Serves from ``start`` to ``stop``. Raises AddressError where its address (host, port; 0: a free one) is taken."""

    def __init__(self, address: tuple[str, int], *, key: str) -> None:
        host, port = address
        try:
            family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
            self._socket = socket.create_server(address, family=family)
        except OSError as wrong:
            reason = wrong.strerror or type(wrong).__name__
            raise AddressError(
                f"{key} names {host}:{port}, where nothing can listen ({reason}): choose another."
            ) from None
        self.port: int = self._socket.getsockname()[1]
        self._uvicorn: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self, application: ASGIApp) -> None:
        """Answers requests from now on."""
        config = uvicorn.Config(
            application,
            log_config=None,
            log_level="warning",
            access_log=False,
            ws="none",
            lifespan="off",
            server_header=False,
            limit_concurrency=64,
            timeout_graceful_shutdown=1,
        )
        server = self._uvicorn = uvicorn.Server(config)
        self._thread = threading.Thread(target=server.run, args=([self._socket],), name="http", daemon=True)
        self._thread.start()
        end = time.monotonic() + STARTING
        while not server.started and self._thread.is_alive() and time.monotonic() < end:
            time.sleep(0.005)

    def stop(self) -> None:
        """Ends; without harm where it never started."""
        if self._uvicorn is not None and self._thread is not None:
            self._uvicorn.should_exit = True
            self._thread.join(ENDING)
        with contextlib.suppress(OSError):
            self._socket.close()
