"""What the app's manifest asks for: its commands, shortcuts, events and Home, as Slack would install them."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from bot.practice.people import JSON

# The project's own, in a checkout; within the package where it was installed.
PLACES = (Path(__file__).parents[2] / "manifest.json", Path(__file__).parents[1] / "manifest.json")
MESSAGES = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


class Manifest(msgspec.Struct, frozen=True):
    """The parts of a manifest that a workspace acts on.

    ``shortcuts`` have a name, a type and a callback_id; ``steps`` (of Workflow Builder) a title and a callback_id.
    """

    commands: dict[str, str] = {}
    shortcuts: tuple[JSON, ...] = ()
    steps: tuple[JSON, ...] = ()
    events: frozenset[str] = frozenset()
    home: bool = False
    scopes: frozenset[str] = frozenset()

    def subscribed(self, event: JSON) -> bool:
        """Whether Slack would send this event to the app."""
        if event["type"] == "message":
            return MESSAGES[event["channel_type"]] in self.events
        return event["type"] in self.events

    def shortcut(self, callback_id: str, kind: str) -> JSON:
        """A shortcut of this kind; raises LookupError naming those there are."""
        found = [one for one in self.shortcuts if one["type"] == kind]
        for one in found:
            if one["callback_id"] == callback_id:
                return one
        known = ", ".join(one["callback_id"] for one in found) or "none"
        raise LookupError(f"The manifest has no {kind} shortcut {callback_id!r}. It has: {known}")


def of(data: JSON) -> Manifest:
    """The manifest in its own words."""
    features = data.get("features", {})
    return Manifest(
        {one["command"]: one.get("usage_hint", "") for one in features.get("slash_commands", ())},
        tuple(features.get("shortcuts", ())),
        tuple({"callback_id": name, "title": one["title"]} for name, one in data.get("functions", {}).items()),
        frozenset(data.get("settings", {}).get("event_subscriptions", {}).get("bot_events", ())),
        bool(features.get("app_home", {}).get("home_tab_enabled")),
        frozenset(data.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
    )


@functools.cache
def ours() -> Manifest:
    """The manifest of this app; raises FileNotFoundError naming it where it is missing."""
    for place in PLACES:
        if place.exists():
            return of(msgspec.json.decode(place.read_bytes(), type=dict))
    raise FileNotFoundError(f"manifest.json is missing: put it back into {PLACES[0].parent}.")
