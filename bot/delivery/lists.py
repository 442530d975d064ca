"""What a channel's members can look up: cases that nobody has solved, and what was not recognised; with links."""

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


def marked(delivery: Delivery, team: str, channel: str) -> Message:
    """What was not recognised or marked wrong in a channel, the latest first."""
    rows = []
    for one in delivery.store.marked(team, channel):
        entry = delivery.catalogue.entries.get(one.entry)
        address = link(delivery.client, Thread(team, channel, one.thread), one.ts)
        rows.append((one.kind, entry.title if entry else "", one.given_at, address))
    return cards.marked(rows)
