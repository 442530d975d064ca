"""What Slack's payloads must hold for the listeners: checked once at the door, so that they need not doubt it.

Only what places and people are known by is strict; texts, blocks and files may be anything (bot.slack.shapes).
Shapes: docs.slack.dev, reference of events and interaction payloads.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from bot.slack.parts import (
    Action,
    Card,
    Container,
    Id,
    Named,
    NoId,
    NoTs,
    Person,
    State,
    Text,
    Trigger,
    Ts,
    Url,
    View,
    Where,
    Word,
)


class Event(Where):
    """Any event."""

    type: Word = ""
    subtype: Word | None = None
    channel_type: Word | None = None


class Written(Event, kw_only=True):
    """A message event or a mention: ``ts`` names the message, or the edit of one."""

    channel: Id
    ts: Ts
    user: NoId = None
    deleted_ts: NoTs = None


class Reacted(Event, kw_only=True):
    """An emoji that was put on something."""

    user: Id
    reaction: Word


class Joined(Event, kw_only=True):
    """Somebody came into a channel."""

    user: Id
    channel: Id
    event_ts: NoTs = None


class HomeOpened(Event, kw_only=True):
    """Somebody opened the app's Home."""

    user: Id
    tab: Word | None = None


class Ran(Event, kw_only=True):
    """A workflow reached a step of the app."""

    function: dict[str, Any]
    function_execution_id: Trigger
    inputs: dict[str, Any]


class Callback(Where, kw_only=True):
    """The wrapper of an event."""

    event: dict[str, Any]
    api_app_id: NoId = None
    event_id: NoId = None


class Pressed(Where, kw_only=True):
    """What every payload of somebody's doing holds."""

    user: Person
    channel: Named | None = None
    team: Named | None = None
    enterprise: Named | None = None
    trigger_id: Trigger | None = None
    response_url: Url | None = None


class BlockActions(Pressed, kw_only=True):
    """A button pressed, an option chosen, an input filled in."""

    actions: Annotated[list[Action], Meta(min_length=1)]
    container: Container
    trigger_id: Trigger
    message: Card | None = None
    view: View | None = None
    state: State | None = None

    def __post_init__(self) -> None:
        if self.container.type != "view" and not (self.response_url and self.channel and self.channel.id):
            raise ValueError("a message without its channel and response_url")


class OfView(Pressed, kw_only=True):
    """A window submitted or closed; ``response_urls`` are for windows that ask for a channel, as none here does."""

    view: View
    response_urls: Annotated[list[Any], Meta(max_length=0)] | None = None


class OfMessage(Pressed, kw_only=True):
    """A shortcut used on a message."""

    trigger_id: Trigger
    callback_id: Annotated[str, Meta(max_length=255)]
    channel: Person
    message: Card
    message_ts: Ts
    response_url: Url


class Shortcut(Pressed, kw_only=True):
    """A shortcut used anywhere."""

    trigger_id: Trigger
    callback_id: Annotated[str, Meta(max_length=255)]


class Suggestion(Pressed, kw_only=True):
    """Somebody types into a menu whose options the app gives."""

    action_id: Annotated[str, Meta(max_length=255)]
    value: Text = ""
    view: View | None = None
    message: Card | None = None


class Command(Where, kw_only=True):
    """A slash command."""

    command: Annotated[str, Meta(max_length=100)]
    text: str = ""
    channel_id: Id
    user_id: Id
    response_url: Url
    trigger_id: Trigger | None = None


class Carried(msgspec.Struct, frozen=True):
    """What a window carries to find its case again."""

    team: Id
    channel: Id
    thread: Annotated[str, Meta(pattern=r"\A(?:[0-9]{1,12}(?:\.[0-9]{1,9})?)?\Z")]


def carried(text: str) -> Carried | None:
    """What stands in a window's private_metadata; None where that is something else."""
    try:
        return msgspec.convert(dict(zip(("team", "channel", "thread"), text.split("|"), strict=True)), Carried)
    except (msgspec.ValidationError, ValueError):
        return None


def stamp(text: str) -> str:
    """A message's ts, "" where the text is none."""
    return text if STAMP.fullmatch(text) else ""


STAMP = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,9})?")
EVENTS: dict[str, type[Event]] = {
    "message": Written,
    "app_mention": Written,
    "reaction_added": Reacted,
    "reaction_removed": Reacted,
    "member_joined_channel": Joined,
    "app_home_opened": HomeOpened,
    "function_executed": Ran,
}
KINDS: dict[str, type[Where]] = {
    "event_callback": Callback,
    "block_actions": BlockActions,
    "view_submission": OfView,
    "view_closed": OfView,
    "message_action": OfMessage,
    "shortcut": Shortcut,
    "block_suggestion": Suggestion,
}
