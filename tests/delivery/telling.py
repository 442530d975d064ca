"""What tests of messages that nobody asked for need: processes on one database, a clock, a channel of their own."""

from __future__ import annotations

import itertools
import pathlib
from typing import Any

from slack_sdk import WebClient

from bot.delivery import Delivery
from bot.practice import Practice
from bot.practice.people import BOT_USER, YOU
from bot.store import Store, Weekly
from bot.trends.turns import Turn
from bot.trends.values import Sort
from catalogue import Catalogue
from tests.databases import fresh

TEAM = "T0PRACTICE"
NUMBERS = itertools.count(1)


class Office:
    """Processes that share a database, and a channel of the practice workspace; ``now`` is everybody's clock."""

    def __init__(self, catalogue: Catalogue, folder: pathlib.Path, practice: Practice, client: WebClient) -> None:
        self.catalogue, self.practice, self.client = catalogue, practice, client
        self.url, self.now = fresh(folder), 1_800_000_000.0
        self.channel = practice.adds_channel(f"telling-{next(NUMBERS)}")
        self._stores: list[Store] = []

    @property
    def where(self) -> tuple[str, str]:
        """The channel, by team and id."""
        return TEAM, self.channel

    def process(self) -> Delivery:
        """One more process."""
        store = Store(self.url, clock=lambda: self.now, lease=60.0)
        self._stores.append(store)
        return Delivery(self.catalogue, store, self.client, channels=(), sleep=lambda _seconds: None)

    def close(self) -> None:
        """Ends all of them."""
        for store in self._stores:
            store.close()

    def wants(self, turn: Turn, due_at: float) -> None:
        """Lets the channel want its week told, next at a time."""
        self._stores[0].trends.ask(Weekly(*self.where, turn, YOU, due_at))

    def due_at(self) -> float:
        """When the week is due next."""
        found = self._stores[0].trends.asked(self.where)
        assert found is not None
        return found.due_at

    def sees(self, sort: Sort, *ago: float) -> None:
        """Lets the channel see a cause so many seconds ago, in a message each."""
        now = self.now
        for seconds in ago:
            self.now = now - seconds
            ts = self.practice.workspace.next_ts()
            self._stores[0].trends.tally((*self.where, ts, ts), [(sort, 1)])
        self.now = now

    def knows_the_channel_since(self, ago: float) -> None:
        """Lets the bot have read the channel for so many seconds."""
        self._stores[0].begin(*self.where, self.now - ago, anew=True)

    def said(self) -> list[dict[str, Any]]:
        """What the bot said in the channel."""
        return [m for m in self.practice.messages(self.channel) if m.get("user") == BOT_USER]
