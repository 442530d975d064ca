"""The App Home, and the hello where the bot is invited."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot import cards
from bot.cards import home
from bot.delivery import Delivery, arrival, explaining
from bot.slack import commands
from bot.slack.admission import me


def register(app: App, delivery: Delivery) -> None:
    """Adds the listeners to the app."""

    def opened(event: dict[str, Any], client: WebClient) -> None:
        """Somebody opens the Home: it is made afresh, so that an upgrade shows."""
        if event.get("tab") == "home":
            client.views_publish(user_id=str(event["user"]), view=view(delivery, ""))

    def searched(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """A search on the Home: the answer comes under it."""
        ack()
        query = str((body.get("actions") or [{}])[0].get("value") or "").strip()
        client.views_publish(user_id=str(body["user"]["id"]), view=view(delivery, query))

    def joined(event: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        """Somebody came into a channel; the bot says hello where that is itself."""
        who = me(context)
        if event.get("user") == who.user:
            shared = body.get("is_ext_shared_channel") is True
            arrival.arrived(delivery, who.team, str(event["channel"]), shared=shared)

    app.event("app_home_opened")(opened)
    app.event("member_joined_channel")(joined)
    app.action(home.SEARCH)(searched)


def view(delivery: Delivery, query: str) -> dict[str, Any]:
    """The Home with what a search finds."""
    usage = cards.help(delivery.named, tuple((one.usage, one.does) for one in commands.COMMANDS))
    found = explaining.in_window(delivery, query) if query else None
    return home.home(usage, delivery.contact, found, query=query)
