"""The one message with which the bot introduces itself in a channel."""

from __future__ import annotations

import structlog

from bot import cards
from bot.delivery.delivery import Delivery
from bot.delivery.errors import Undeliverable
from bot.delivery.posting import Place

log = structlog.get_logger("bot.delivery")


def arrived(delivery: Delivery, team: str, channel: str, *, shared: bool) -> None:
    """Says hello in a channel where the bot is for the first time; nothing when it comes back, or may not post."""
    if not delivery.store.greet(team, channel):
        return
    message = cards.arrival(reading=delivery.switches.reading(team, channel, shared=shared), contact=delivery.contact)
    try:
        delivery.poster.post(Place(channel, "", f"arrival:{channel}"), message)
    except Undeliverable as wrong:
        log.warning("arrival_refused", channel=channel, code=wrong.code)
