"""The listeners of [Check DNS] and its window: each takes Slack's arguments apart, makes one call, and sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import cards
from bot.cards import actions, lookups
from bot.delivery import Delivery, looking
from bot.delivery.errors import code_of
from bot.delivery.posting import FAILURES
from bot.slack.events import chosen
from bot.slack.sending import whisper

OFF = "DNS look-ups are switched off here. Who runs me can switch them on: SMTP_BOT_DNS=on, with the dns extra."
NOTHING = "No look-up in DNS helps with this one."
LATE = "Slack gave me no window in time. Press once more."

log = structlog.get_logger("bot.slack")


def register(app: App, delivery: Delivery) -> None:
    """Adds the listeners to the app; where look-ups are off, an old button gets a sentence."""

    def check(ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        """[Check DNS]: opens the window with what the reply names."""
        case, topic = actions.to_look(chosen(body)[1])
        ack()
        thread = str((body.get("container") or {}).get("thread_ts") or "")
        view = looking.window(case, topic, delivery.catalogue) if delivery.lookup else None
        if view is None:
            whisper(respond, cards.notice(NOTHING if delivery.lookup else OFF), thread=thread)
            return
        try:
            client.views_open(trigger_id=str(body.get("trigger_id") or ""), view=view)
        except SlackApiError as wrong:
            log.warning("no_window", code=code_of(wrong))
            whisper(respond, cards.notice(LATE), thread=thread)

    def look(ack: Ack, view: dict[str, Any], client: WebClient) -> None:
        """The window submitted: what is no name is told at its field; else DNS is asked, and the window shows it."""
        case = actions.unpack(str(view.get("private_metadata") or ""))
        names, wrong = looking.typed(case, written(view))
        if wrong or delivery.lookup is None:
            ack(response_action="errors", errors=wrong or {lookups.WANTED: OFF})
            return
        ack(response_action="update", view=lookups.waiting(case))
        picked = {"ticked": ticked(view), "offered": offered(view)}
        shown = looking.looked(delivery.lookup, case, names, delivery.catalogue, **picked)
        try:
            client.views_update(view_id=str(view["id"]), view=shown)
        except FAILURES as gone:
            # Closed while DNS was asked.
            log.info("window_gone", code=code_of(gone))

    app.action(actions.CHECK)(check)
    app.view(lookups.WINDOW)(look)


def written(view: Mapping[str, Any]) -> dict[str, str]:
    """What the window's lines hold."""
    values: Mapping[str, Any] = (view.get("state") or {}).get("values") or {}
    return {name: str((values.get(name) or {}).get(name, {}).get("value") or "") for name in looking.FIELDS}


def ticked(view: Mapping[str, Any]) -> tuple[str, ...]:
    """The checks that were ticked."""
    values: Mapping[str, Any] = (view.get("state") or {}).get("values") or {}
    options = (values.get(lookups.WANTED) or {}).get(lookups.WANTED, {}).get("selected_options") or ()
    return tuple(str(option["value"]) for option in options)


def offered(view: Mapping[str, Any]) -> tuple[str, ...]:
    """The checks that could be ticked."""
    elements = (block.get("element") or {} for block in view.get("blocks") or ())
    options = (one.get("options") or () for one in elements if one.get("action_id") == lookups.WANTED)
    return tuple(str(option["value"]) for listed in options for option in listed)
