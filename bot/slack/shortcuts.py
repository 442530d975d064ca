"""The shortcuts: on any message, and the window in which somebody pastes privately."""

from __future__ import annotations

from typing import Any

import structlog
from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import cards
from bot.cards import modal
from bot.delivery import Delivery, explaining
from bot.delivery.errors import code_of
from bot.slack.admission import me
from bot.slack.casework import field
from bot.slack.events import pointed
from bot.slack.sending import directly, tell

LATE = "Slack gave me no window in time. Use the shortcut once more, or paste the bounce here."
EMPTY = "Paste the bounce here, or type a code like 451 4.7.1."

log = structlog.get_logger("bot.slack")


def register(app: App, delivery: Delivery) -> None:
    """Adds the listeners of both shortcuts and of the window to the app."""

    def on_message(
        ack: Ack, shortcut: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond
    ) -> None:
        """ "Explain this bounce" on any message, its files too: answers the one who chose it."""
        ack()
        message = pointed(shortcut, me(context))
        tell(respond, explaining.of_message(delivery, message), client, {"user": message.user})

    def anywhere(ack: Ack, shortcut: dict[str, Any], client: WebClient) -> None:
        """ "Explain a bounce": opens the window."""
        ack()
        try:
            client.views_open(trigger_id=str(shortcut.get("trigger_id") or ""), view=modal.pasting())
        except SlackApiError as wrong:
            log.warning("no_window", code=code_of(wrong))
            directly(client, str(shortcut["user"]["id"]), cards.notice(LATE))

    def pasted(ack: Ack, view: dict[str, Any]) -> None:
        """The window submitted: the answer takes the paste's place in it."""
        text = str(field(view, modal.FIELD).get("value") or "")
        if text.strip():
            ack(response_action="update", view=modal.explained(explaining.in_window(delivery, text)))
        else:
            ack(response_action="errors", errors={modal.FIELD: EMPTY})

    app.shortcut({"type": "message_action", "callback_id": "explain_bounce"})(on_message)
    app.shortcut({"type": "shortcut", "callback_id": "explain_paste"})(anywhere)
    app.view(modal.PASTE)(pasted)
