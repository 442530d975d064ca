"""What a channel's members can look up: the cases that nobody has solved, each with the link to its thread."""

from __future__ import annotations

from bot import cards
from bot.delivery.delivery import Delivery
from bot.delivery.links import link
from bot.delivery.threads import Thread
from bot.terms import Message


def unsolved(delivery: Delivery, team: str, channel: str) -> Message:
    """What nobody has solved in a channel, the oldest first."""
    rows = []
    for case in delivery.store.unsolved(team, channel):
        entry = delivery.catalogue.entries.get(case.entry)
        address = link(delivery.client, Thread(team, channel, case.thread))
        rows.append((entry.title if entry else case.entry, case.progress, case.opened_at, address))
    return cards.unsolved(rows)
