"""What a channel's members can look up: the cases that nobody has solved, each with the link to its thread."""

from __future__ import annotations

import structlog
from slack_sdk import WebClient

from bot import cards
from bot.delivery.delivery import Delivery
from bot.delivery.errors import code_of
from bot.delivery.posting import FAILURES
from bot.delivery.threads import Thread
from bot.terms import Message

log = structlog.get_logger("bot.delivery")


def link(client: WebClient, thread: Thread, ts: str = "") -> str:
    """The address of a thread or a message in it, "" where Slack does not tell."""
    try:
        found = client.chat_getPermalink(channel=thread.channel, message_ts=ts or thread.ts)
    except FAILURES as wrong:
        log.info("no_link", channel=thread.channel, code=code_of(wrong))
        return ""
    return str(found.get("permalink") or "")


def unsolved(delivery: Delivery, team: str, channel: str) -> Message:
    """What nobody has solved in a channel, the oldest first."""
    rows = []
    for case in delivery.store.unsolved(team, channel):
        entry = delivery.catalogue.entries.get(case.entry)
        address = link(delivery.client, Thread(team, channel, case.thread))
        rows.append((entry.title if entry else case.entry, case.progress, case.opened_at, address))
    return cards.unsolved(rows)
