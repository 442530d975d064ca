"""What the parts of the practice workspace share: channels, the wire to the app, tokens, triggers, response URLs."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.practice import events
from bot.practice.faults import Faults
from bot.practice.hooks import Hooks
from bot.practice.manifest import Manifest, ours
from bot.practice.people import BOT_USER, JSON, Channel
from bot.practice.schedule import Schedule
from bot.practice.sockets import Sockets
from bot.practice.wire import Parcel, Wire
from bot.practice.workspace import Workspace

CALLS_KEPT = 10_000
# docs.slack.dev/surfaces/modals: a trigger works once, within three seconds.
TRIGGER_SECONDS = 3.0


@dataclass
class Stage:
    """The parts of one practice workspace, wired together."""

    clock: Callable[[], float]
    workspace: Workspace
    wire: Wire
    sockets: Sockets = field(default_factory=Sockets)
    faults: Faults = field(default_factory=Faults)
    base: str = ""
    bot_token: str = field(default_factory=lambda: f"xoxb-practice-{secrets.token_hex(12)}")
    app_token: str = field(default_factory=lambda: f"xapp-practice-{secrets.token_hex(12)}")
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    verification: str = field(default_factory=lambda: secrets.token_hex(8))
    calls: deque[tuple[str, JSON]] = field(default_factory=lambda: deque(maxlen=CALLS_KEPT))
    triggers: dict[str, tuple[str, float]] = field(default_factory=dict)
    busy: int = 0
    # Files on their way up, by id: name and bytes. Workflow steps that run, by execution: how they ended, and to whom
    # (channel and person) what they give back is shown.
    uploads: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    steps: dict[str, JSON] = field(default_factory=dict)
    shown_to: dict[str, tuple[str, str]] = field(default_factory=dict)
    manifest: Manifest = field(default_factory=ours)

    def __post_init__(self) -> None:
        # A new token may do what the manifest asks for; what it may is None where a manifest does not say.
        self.scopes: frozenset[str] | None = self.manifest.scopes or None
        self.hooks = Hooks(self.workspace, lambda: self.base, self.announce)
        self.schedule = Schedule(self.workspace, self._post_scheduled)

    def _post_scheduled(self, entry: JSON) -> None:
        channel = self.workspace.channels[entry["channel_id"]]
        self.announce(channel, self.workspace.add(channel, entry["message"]))

    def tell(self, event: JSON) -> None:
        """Sends an event to the app, where its manifest subscribes to it."""
        if not self.manifest.subscribed(event):
            return
        where = event.get("channel") or event.get("item", {}).get("channel", "")
        place = self.workspace.find(str(where))
        shared = place is not None and place.shared
        wrapped = events.wrapped(event, self.clock(), self.verification, shared=shared)
        self.wire.send(Parcel("events_api", wrapped))

    def announce(self, channel: Channel, message: JSON) -> None:
        """Tells the app of a new message where the bot is a member; a mention comes as an ``app_mention`` too."""
        if BOT_USER not in channel.members:
            return
        if f"<@{BOT_USER}>" in message["text"] and "bot_id" not in message and channel.kind != "im":
            self.tell(events.mentioned(message, channel))
        self.tell(events.posted(message, channel))

    def announce_change(self, channel: Channel, message: JSON, before: JSON) -> None:
        """Tells the app that a message was changed."""
        if BOT_USER in channel.members:
            self.tell(events.changed(message, before, channel, self.workspace.next_ts()))

    def announce_removal(self, channel: Channel, before: JSON) -> None:
        """Tells the app that a message was deleted."""
        if BOT_USER in channel.members:
            self.tell(events.deleted(before, channel, self.workspace.next_ts()))

    def trigger(self, user: str) -> str:
        """A trigger id: it opens one modal for this person."""
        trigger = f"{int(self.clock() * 1000)}.{secrets.token_hex(8)}"
        self.triggers[trigger] = (user, self.clock())
        while len(self.triggers) > 1_000:
            del self.triggers[next(iter(self.triggers))]
        return trigger

    def spend(self, trigger: str) -> tuple[str, str]:
        """Whose trigger it was, and the error where it is unknown, used or too old."""
        user, since = self.triggers.pop(trigger, ("", 0.0))
        if not user:
            return "", "invalid_trigger_id" if "." not in trigger else "exchanged_trigger_id"
        return user, "expired_trigger_id" if self.clock() - since > TRIGGER_SECONDS else ""
