"""Transactions on an engine: each call its own, or all calls of one thread together."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from sqlalchemy import Connection, Engine, exc

from bot.store.errors import explained


class Transactions:
    """Begins and ends transactions; raises StoreError where the database fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._shared = engine, threading.local()

    @contextlib.contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction of its own, or this thread's where it works ``together``."""
        if (shared := getattr(self._shared, "connection", None)) is not None:
            yield shared
            return
        try:
            with self._engine.begin() as connection:
                yield connection
        except exc.SQLAlchemyError as wrong:
            raise explained(wrong, self._engine.url) from None

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Makes one transaction of all that this thread asks for meanwhile, done as a whole; what writes comes first.

        SQLite refuses a write after a read in one transaction where another process wrote in between.
        """
        with self.begin() as connection:
            self._shared.connection = connection
            try:
                yield
            finally:
                self._shared.connection = None
