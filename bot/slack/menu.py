"""The listener of a card's menu: each choice goes to the listener that does it, and the menu is shown afresh."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.cards import actions
from bot.delivery.casework import Casework
from bot.slack.casework import Listener, message, on_case
from bot.slack.events import chosen


class Menu:
    """What the choices of a card's menu do: ``doing`` by choice, and ``ask`` for all that are questions."""

    def __init__(self, work: Casework, doing: Mapping[str, Listener], ask: Listener) -> None:
        self._work, self._doing, self._ask = work, doing, ask

    def register(self, app: App) -> None:
        """Adds the listener to the app."""
        app.action(actions.MENU)(self.choose)

    def choose(self, ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond) -> None:
        """A choice: does it, and then shows the menu with nothing chosen, so that the same can be chosen again."""
        _, choice = actions.asked(*chosen(body))
        ack()
        self._doing.get(choice, self._ask)(ack, body, context, client, respond)
        if card := message(body):
            self._work.afresh(on_case(body, context), card)
