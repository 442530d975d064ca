"""The claims that this process is busy with: prolonged while they are in hand, and asked after before a late post."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator

from bot.store import Claim, Store


class Holding:
    """The claims in hand; safe between threads."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, threading.Lock()
        self._ids: set[int] = set()

    @contextlib.contextmanager
    def hold(self, claim: Claim) -> Iterator[None]:
        """Has a claim in hand for a while."""
        with self._lock:
            self._ids.add(claim.id)
        try:
            yield
        finally:
            with self._lock:
                self._ids.discard(claim.id)

    def renew(self, waiting: Iterable[Claim] = ()) -> None:
        """Prolongs the claims in hand, and those that wait; raises StoreError."""
        with self._lock:
            ids = self._ids | {claim.id for claim in waiting}
        if ids:
            self._store.renew(sorted(ids))

    def still(self, claim: Claim) -> bool:
        """Whether a claim is this process's: asked of the database once half of its lease is over."""
        return not self._store.stale(claim) or claim.id in self._store.renew([claim.id])
