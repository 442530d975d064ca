"""What a bounce gets that came before: a short card, a count on the first card, or a comparison in its own thread."""

from __future__ import annotations

import structlog
from slack_sdk import WebClient

from bot import conversation
from bot.cards import repeats
from bot.delivery.errors import code_of
from bot.delivery.links import link
from bot.delivery.memory import Recall
from bot.delivery.paging import message_at
from bot.delivery.posting import FAILURES
from bot.delivery.threads import Thread
from bot.terms import Case, Message, Progress
from catalogue import Catalogue

log = structlog.get_logger("bot.delivery")

REACTION = "repeat"


def short(client: WebClient, thread: Thread, recall: Recall, case: Case, catalogue: Catalogue) -> Message:
    """The short card of an incident that has a thread already."""
    assert recall.kept is not None
    first = Thread(thread.team, thread.channel, recall.thread)
    progress = recall.kept.progress
    fixed = link(client, first, progress.fixed) if progress.fixed else ""
    return repeats.again(
        case,
        catalogue,
        link=link(client, first),
        opened_at=float(recall.thread.partition(".")[0] or 0),
        progress=progress,
        fixed=fixed,
    )


def back(client: WebClient, thread: Thread, solved: Progress | None, message: Message) -> Message:
    """What is said of the same reply again; after its case was ``solved``, with by whom and what fixed it then."""
    if solved is None:
        return message
    return repeats.reopened(message, solved, link(client, thread, solved.fixed) if solved.fixed else "")


def count(client: WebClient, thread: Thread, ts: str, recall: Recall) -> bool:
    """Marks one more of an incident that keeps coming by a reaction and a count; False where Slack took neither."""
    assert recall.kept is not None
    first, card_ts, done = Thread(thread.team, thread.channel, recall.thread), recall.kept.card_ts, False
    try:
        client.reactions_add(channel=thread.channel, timestamp=ts, name=REACTION)
        done = True
    except FAILURES as wrong:
        done = code_of(wrong) == "already_reacted"
        log.info("no_reaction", channel=thread.channel, code=code_of(wrong))
    try:
        card = message_at(client, first.channel, first.ts, card_ts)
        if card.get("blocks"):
            blocks = repeats.counted(list(card["blocks"]), recall.hour)
            client.chat_update(channel=first.channel, ts=card_ts, text=str(card.get("text") or "")[:300], blocks=blocks)
            done = True
    except FAILURES as wrong:
        log.warning("count_not_shown", channel=thread.channel, code=code_of(wrong))
    return done


def elsewhere(recall: Recall | None) -> str:
    """The line about the same cause at other domains, "" where there is none."""
    if recall is None or not recall.elsewhere:
        return ""
    return f"The same cause was seen at {conversation.plural(recall.elsewhere, 'other domain')} this week."
