"""The parts of Slack's payloads, as far as listeners and Bolt read them: ids and times strict, texts as they are.

Bolt reads many of these keys before any listener runs (slack_bolt/request/internals, 1.30), and raises where they lie.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import msgspec
from msgspec import Meta

# Slack's ids are capitals and digits; servers that speak its language use small letters, hyphens and underscores too.
# Columns of the database hold 40 (bot.store.tables).
Id: TypeAlias = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{1,40}\Z")]
NoId: TypeAlias = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{0,40}\Z")] | None
Ts: TypeAlias = Annotated[str, Meta(pattern=r"\A[0-9]{1,12}(?:\.[0-9]{1,9})?\Z")]
NoTs: TypeAlias = Annotated[str, Meta(pattern=r"\A(?:[0-9]{1,12}(?:\.[0-9]{1,9})?)?\Z")] | None
Word: TypeAlias = Annotated[str, Meta(pattern=r"\A[\w.+:-]{0,100}\Z")]
# A trigger, an execution, a hash, an address: visible ASCII.
Key: TypeAlias = Annotated[str, Meta(pattern=r"\A[!-~]{0,1000}\Z")]
Trigger: TypeAlias = Annotated[str, Meta(pattern=r"\A[!-~]{1,1000}\Z")]
Url: TypeAlias = Annotated[str, Meta(pattern=r"\Ahttps?://[!-~]{1,1000}\Z")]
Text: TypeAlias = Annotated[str, Meta(max_length=3_000)]


class Named(msgspec.Struct):
    """A team, an organisation, a channel or a person in a payload of what somebody pressed."""

    id: NoId = None
    team_id: NoId = None


class Where(msgspec.Struct):
    """What any part of a payload may say about where it is from."""

    enterprise: Named | NoId = None
    team: Named | NoId = None
    user: Named | NoId = None
    channel: Named | NoId = None
    enterprise_id: NoId = None
    team_id: NoId = None
    user_id: NoId = None
    channel_id: NoId = None
    user_team: NoId = None
    source_team: NoId = None
    bot_id: NoId = None
    app_id: NoId = None
    thread_ts: NoTs = None
    ts: NoTs = None
    app_installed_team_id: NoId = None
    is_enterprise_install: bool | str | None = None
    is_ext_shared_channel: bool | None = None
    authorizations: list[Where] | None = None
    item: Where | None = None
    assistant_thread: Where | None = None
    message: Where | None = None
    previous_message: Where | None = None
    edited: Where | None = None
    function_data: dict[str, Any] | None = None
    function_execution_id: Key | None = None
    bot_access_token: Key | None = None
    inputs: dict[str, Any] | None = None


class Person(Named, kw_only=True):
    """Who did it."""

    id: Id


class Option(msgspec.Struct):
    """An option of a menu."""

    value: Text


class Filled(msgspec.Struct):
    """What an input holds: exactly one of these, by its type."""

    value: str | None = None
    selected_user: NoId = None
    selected_conversation: NoId = None
    selected_channel: NoId = None
    selected_option: Option | None = None
    selected_options: list[Option] | None = None
    selected_users: list[Id] | None = None
    selected_conversations: list[Id] | None = None


class Action(Filled, kw_only=True):
    """What was pressed."""

    action_id: Annotated[str, Meta(min_length=1, max_length=255)]
    block_id: Annotated[str, Meta(max_length=255)] | None = None
    action_ts: NoTs = None


class Container(msgspec.Struct, kw_only=True):
    """Where the pressed element was: in a message or in a view."""

    type: Word
    message_ts: Ts | None = None
    channel_id: NoId = None
    thread_ts: NoTs = None
    view_id: NoId = None
    is_ephemeral: bool | None = None

    def __post_init__(self) -> None:
        if self.type != "view" and self.message_ts is None:
            raise ValueError("a message without its message_ts")


class Metadata(msgspec.Struct):
    """What travels with a message of ours."""

    event_type: str | None = None
    event_payload: dict[str, Any] | None = None


class Element(msgspec.Struct):
    """A part of a block, as far as a menu is looked for in it."""

    action_id: str | None = None
    options: list[Option] | None = None
    option_groups: list[Group] | None = None


class Group(msgspec.Struct):
    """Options of a menu under one heading."""

    options: list[Option]


class Block(msgspec.Struct):
    """A block of a message of ours; Slack checks the rest where it is sent back."""

    type: str
    block_id: str | None = None
    elements: list[Element] = []


class Card(Where):
    """The message whose button was pressed."""

    text: str | None = None
    blocks: list[Block] | None = None
    metadata: Metadata | None = None


class Field(msgspec.Struct):
    """A block of a window, as far as what could be ticked is looked for in it."""

    element: Element | None = None


class State(msgspec.Struct):
    """The inputs of a view, by block and action."""

    values: dict[str, dict[str, Filled]] = {}


class View(Where, kw_only=True):
    """A window or a Home; Bolt reads its ``type`` when it is submitted, and a window is changed by its ``id``."""

    type: Word
    id: Id
    callback_id: Annotated[str, Meta(max_length=255)] = ""
    private_metadata: Text | None = None
    blocks: list[Field] | None = None
    state: State | None = None
    hash: Key | None = None
