"""A wire between the bot and the practice server that can be cut into small pieces, or go deaf."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Callable
from contextlib import suppress


class Relay:
    """Carries bytes to a port of this machine and back; ``pieces`` says how large a piece of an answer may be.

    While ``deaf`` nothing passes either way, and both ends believe that the other is there.
    """

    def __init__(self, port: int, pieces: Callable[[], int] = lambda: 65_536) -> None:
        self._port, self._pieces = port, pieces
        self.passing = threading.Event()
        self.passing.set()
        self.opened = 0
        self._open: list[socket.socket] = []
        self._lock, self._closed = threading.Lock(), False

    def dial(self, *_given: object) -> socket.socket:
        """A connected socket whose other end is carried to the port; none any more once the wire is gone."""
        with self._lock:
            if self._closed:
                raise ConnectionRefusedError
            ours, theirs = socket.socketpair()
            far = socket.create_connection(("127.0.0.1", self._port))
            for one in (ours, theirs, far):
                one.settimeout(10)
            self._open += [theirs, far]
            self.opened += 1
        threading.Thread(target=self._carry, args=(theirs, far, lambda: 65_536), daemon=True).start()
        threading.Thread(target=self._carry, args=(far, theirs, self._pieces), daemon=True).start()
        return ours

    def close(self) -> None:
        """Ends all connections."""
        self.passing.set()
        with self._lock:
            self._closed = True
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _carry(self, source: socket.socket, target: socket.socket, pieces: Callable[[], int]) -> None:
        with suppress(OSError):
            source.settimeout(None)
            while data := source.recv(65_536):
                self.passing.wait(20)
                while data:
                    size = pieces()
                    target.sendall(data[:size])
                    data = data[size:]
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)


def odd(seed: int) -> Callable[[], int]:
    """Pieces of sizes that fit no frame."""
    chance = random.Random(seed)
    return lambda: chance.choice((1, 2, 3, 7, 60, 1_023, 1_025, 5_000))
