"""Drives the app with changed payloads, one after another, and says of each what is wrong with what came of it."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from hashlib import blake2b
from typing import Any

import msgspec

from bot.practice.outgoing import listed
from bot.practice.people import JSON, YOU
from bot.slack.door import Door
from bot.store import Chosen
from tests.hostile.mutations import changed, copied
from tests.hostile.recording import Recorded, recorded
from tests.hostile.room import POSTS, Room
from tests.hostile.watching import REFUSED, Finds, markup, trace, watching

KINDS = {"events_api": 0.45, "interactive": 0.4, "slash_commands": 0.15}
# How often an event comes once more: it must have no second answer.
AGAIN = 0.2
# Slack waits three seconds for an acknowledgement.
SLOW = 2.5


class Find(msgspec.Struct, frozen=True):
    """A payload that did harm: which one (``seed`` and ``number`` make it again), and what came of it."""

    seed: int
    number: int
    name: str
    what: str


class Figures(msgspec.Struct):
    """What a run did."""

    names: Counter[str] = msgspec.field(default_factory=Counter)
    taken: int = 0
    acknowledged: int = 0
    refused: int = 0
    posts: int = 0
    slowest: float = 0.0
    finds: list[Find] = msgspec.field(default_factory=list)


class Driver:
    """A room in which everything was recorded that people do, ready for what they do not."""

    def __init__(self, room: Room) -> None:
        self.room, self.stage, self.door = room, room.stage, Door(room.settings.api_url)
        self.recorded = recorded(room)
        self.by_kind = {kind: [one for one in self.recorded if one.kind == kind] for kind in KINDS}
        channels = room.practice.workspace.channels.values()
        self.kept = {channel.id: dict(channel.messages) for channel in channels}
        self.threads = {channel.id: copied(channel.replies) for channel in channels}
        self.files = frozenset(room.practice.workspace.files)
        # What is submitted is open before its person, as it was.
        views = [one.payload["view"] for one in self.recorded if one.payload.get("type") == "view_submission"]
        self.windows = {view["id"]: view | {"user": YOU} for view in views}

    def run(self, seed: int, payloads: int, *, first: int = 0, figures: Figures | None = None) -> Figures:
        """The figures of so many payloads of a seed, added to those that there are."""
        figures = figures or Figures()
        with watching(self.stage) as finds:
            for number in range(first, first + payloads):
                one, payload = self.made(seed, number)
                figures.names[one.name] += 1
                figures.finds += [
                    Find(seed, number, one.name, what) for what in self.fed(one, payload, number, finds, figures)
                ]
        return figures

    def made(self, seed: int, number: int) -> tuple[Recorded, JSON]:
        """The payload of a number: always the same for a seed, also where a recording lacks some of the names."""
        chance = random.Random(f"{seed} {number}")
        kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
        one = max(self.by_kind[kind], key=lambda one: blake2b(f"{seed} {number} {one.name}".encode()).digest())
        return one, json.loads(json.dumps(changed(self.fresh(copied(one.payload)), chance)))

    def fresh(self, payload: JSON) -> JSON:
        """A message with a ts of its own, as a new one has it; other payloads as they are."""
        event: JSON = payload.get("event", {})
        if event.get("type") not in ("message", "app_mention") or "ts" not in event or event.get("subtype") in CHANGES:
            return payload
        place = self.room.practice.workspace.channels[event["channel"]]
        message = {
            key: value for key, value in event.items() if key not in ("channel", "channel_type", "event_ts", "ts")
        }
        event["ts"] = event["event_ts"] = self.room.practice.workspace.add(place, message)["ts"]
        return payload

    def fed(self, one: Recorded, payload: JSON, number: int, finds: Finds, figures: Figures) -> list[str]:
        """What is wrong with what came of one payload."""
        finds.clear()
        self.stage.calls.clear()
        began = time.monotonic()
        self.taken(one, payload, finds, figures)
        took = time.monotonic() - began
        figures.slowest = max(figures.slowest, took)
        if took > SLOW:
            finds.append(f"took {took:.1f} s")
        answers = self.posts()
        finds += [f"{name} pings or links: {text[:300]}" for name, text in self.said() if any(w in text for w in LOUD)]
        if answers > 1:
            finds.append(f"{answers} answers: {[name for name, _ in self.stage.calls]}")
        if one.kind == "events_api" and number % int(1 / AGAIN) == 0:
            self.taken(one, payload, finds, figures, retry=1)
            if self.posts() > answers:
                finds.append(f"answered again: {[name for name, _ in self.stage.calls]}")
        figures.posts += self.posts()
        self.restore(one)
        return list(finds)

    def posts(self) -> int:
        """How many answers were sent since the calls were cleared; a file and the words to it are one."""
        return sum((name in POSTS) - (name in (UPLOADED, REFUSED)) for name, _ in self.stage.calls)

    def said(self) -> list[tuple[str, str]]:
        """What was sent with markup that counts; a card that is shown again is Slack's own."""
        found = []
        for name, args in tuple(self.stage.calls):
            if name in POSTS or name.startswith("views."):
                whole = {"blocks": [], **{key: listed(value) for key, value in args.items()}}
                found += [(name, text) for text in markup(whole)]
        return found

    def taken(self, one: Recorded, payload: JSON, finds: Finds, figures: Figures, *, retry: int | None = None) -> None:
        """Gives the app a payload, and waits until all is done."""
        figures.taken += 1
        figures.refused += not self.door.opens(payload)
        try:
            figures.acknowledged += self.room.take(one.kind, payload, retry=retry)[0]
        except Exception as wrong:  # noqa: BLE001 - whatever is raised here is a find
            finds.append(f"raised {trace(wrong)}")

    def restore(self, one: Recorded) -> None:
        """Puts the workspace back as it was recorded, and makes the channels read again: only the bot may grow."""
        workspace = self.room.practice.workspace
        for channel in workspace.channels.values():
            kept: Any = self.kept.get(channel.id, {})
            for ts in channel.messages.keys() - kept.keys():
                del channel.messages[ts]
            channel.replies = copied(self.threads.get(channel.id, {}))
        for file in workspace.files.keys() - self.files:
            del workspace.files[file], workspace.contents[file]
        for forgotten in (workspace.ephemerals, workspace.views, self.stage.wire.sent, self.stage.triggers):
            forgotten.clear()
        workspace.views.update({name: dict(view) for name, view in self.windows.items()})
        if one.kind == "slash_commands":
            for channel in workspace.channels.values():
                self.room.store.choose(("T0PRACTICE", channel.id, ""), Chosen())


# What a paste or a tampered value could make Slack do: call everybody, or show a link of its own.
LOUD = ("<!channel", "<!here", "<!everyone", "<https://evil", "<@U0ALL")
UPLOADED = "files.completeUploadExternal"
CHANGES = ("message_changed", "message_deleted")
