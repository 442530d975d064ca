"""The real app beside a practice workspace, without a socket between them: what is sent is seen, and nothing waits."""

from __future__ import annotations

import asyncio
import contextlib
import json
import pathlib
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
import pytest

from bot.app import build, identity, offering, pointed_at
from bot.delivery import Thread
from bot.delivery.threads import CASES, Known
from bot.practice import Practice
from bot.practice.people import JSON, YOU
from bot.practice.wire import Parcel
from bot.settings import Settings
from bot.slack.intake import Intake
from bot.slack.socket import Envelope
from bot.store import Store
from bot.terms import Case, Values
from catalogue import Catalogue
from tests.checks.conftest import local_dns
from tests.databases import fresh

POSTS = ("chat.postMessage", "chat.postEphemeral", "response_url")
CASE = Case(
    "google.recipient.unknown",
    version="0123456789",
    reply="550",
    enhanced="5.1.1",
    provider="google",
    values=Values(ip="192.0.2.7", domain="example.com", url="https://example.com/", tag="gsmtp"),
    asker="U0ALEX",
)
S = TypeVar("S", bound=msgspec.Struct)


def own(value: S) -> S:
    """A copy that shares no text with another."""
    return msgspec.json.decode(msgspec.json.encode(value), type=type(value))


class Line:
    """The acknowledgements by envelope."""

    def __init__(self) -> None:
        self.acknowledged: dict[str, Mapping[str, Any] | None] = {}

    def acknowledge(self, envelope_id: str, payload: Mapping[str, Any] | None = None) -> None:
        """Keeps one."""
        self.acknowledged[envelope_id] = payload


class Carrier:
    """Takes parcels straight to the app while ``live``; later it acknowledges and forgets them. Keeps the real ones."""

    def __init__(self, loop: asyncio.AbstractEventLoop, take: Callable[[str, JSON], JSON | None]) -> None:
        self._loop, self._take = loop, take
        self.live, self.parcels = True, list[Parcel]()

    def carry(self, parcel: Parcel, acked: Callable[[str, JSON | None], None]) -> bool:
        """Has the app answer from a thread of its own, for the loop must not wait for itself."""
        if self.live:
            self.parcels.append(parcel)
            threading.Thread(target=self._carried, args=(parcel, acked)).start()
        else:
            self._loop.call_soon(acked, parcel.id, None)
        return True

    def _carried(self, parcel: Parcel, acked: Callable[[str, JSON | None], None]) -> None:
        said = self._take(parcel.kind, json.loads(json.dumps(parcel.payload)))
        self._loop.call_soon_threadsafe(acked, parcel.id, said)


class Room:
    """One app with its database, and a workspace that it calls over HTTP and that checks what it posts."""

    def __init__(self, catalogue: Catalogue, folder: pathlib.Path) -> None:
        self.practice = Practice(ack_within=30.0)
        self.practice.start()
        self.stage = self.practice.stage
        self.stage.calls = deque()
        self.settings = offering(pointed_at(self.practice, Settings(database_url=fresh(folder))))
        self.store = Store(self.settings.database_url)
        self._dns = contextlib.ExitStack()
        lookup = self._dns.enter_context(local_dns())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bot.app.lookup", lambda _settings: lookup)
            app, self.desk = build(self.settings, catalogue, self.store)
        self.intake = Intake(app, self.desk.delivery, identity(app.client), turned_away=lambda: None)
        loop = self.practice._server.loop
        self.carrier = Carrier(loop, lambda kind, payload: self.take(kind, payload)[1])
        self.stage.wire.bind(loop, self.carrier)
        # A trigger serves once in Slack; here the same payload comes again and again.
        self.stage.spend = lambda trigger: (YOU, "")  # type: ignore[method-assign]

    def fill(self) -> None:
        """Has the bot remember as many cases as it ever does, as after a busy week: what grows later has no bound."""
        for n in range(CASES):
            case = msgspec.structs.replace(CASE, quote=f"550 5.1.1 {n}: no such mailbox, {'as it was said ' * 10}")
            thread = own(Thread("T0PRACTICE", "C0ELSEWHERE", f"{n}.1"))
            self.desk.delivery.threads.replace(thread, own(Known(case, f"{n}.2", whole=True)))

    def close(self) -> None:
        """Ends the app and the workspace."""
        self.intake.close(5)
        self.desk.close(5)
        self.store.close()
        self.practice.stop()
        self._dns.close()

    def take(self, kind: str, payload: JSON, *, retry: int | None = None) -> tuple[bool, JSON | None]:
        """Gives the app a payload, and waits until all is done: whether it was acknowledged, and with what."""
        line = Line()
        self.intake.take(line, Envelope(kind, "1", payload, retry))
        self.settle()
        said = line.acknowledged.get("1")
        return "1" in line.acknowledged, dict(said) if said else None

    def settle(self) -> None:
        """Waits until nothing is in hand."""
        taking = self.intake._lanes.values()
        while any(lanes.jobs() for lanes in taking) or self.desk._lanes.jobs():
            time.sleep(0.0003)
