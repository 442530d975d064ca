"""Posts a message that nobody's message asked for, once across restarts and processes: claimed, posted, recorded."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.delivery.delivery import Delivery
from bot.delivery.errors import Undeliverable, Undelivered
from bot.delivery.posting import Place
from bot.terms import Message


def once(
    delivery: Delivery,
    where: tuple[str, str],
    key: str,
    made: Callable[[], Message],
    *,
    kind: str,
    refused: Callable[[str], object] = lambda _code: None,
) -> str:
    """Posts in a channel (team, id) what ``made`` gives, for a ``key`` that is the same in every process.

    Gives the message's ts; "" where another has it in hand or did it. Raises Undeliverable, and Undelivered where
    Slack takes too long: whoever comes next may try again. ``refused`` hears what Slack did not take of the message.
    """
    team, channel = where
    claim = delivery.store.claim(team, channel, key, "", kind)
    if claim is None:
        return ""
    try:
        with delivery.holding.hold(claim):
            still = partial(delivery.holding.still, claim)
            ts = delivery.poster.post(
                Place(channel, "", key), made(), again=claim.attempts > 1, still=still, refused=refused
            )
    except Undeliverable as wrong:
        if kind == "publish":
            # The person mends it (invites the bot) and presses again.
            delivery.store.withdraw(claim)
            raise
        delivery.report.refused(claim, wrong.code)
        delivery.store.failed(claim)
        raise
    except Undelivered:
        delivery.store.release(claim)
        raise
    delivery.store.posted(claim, ts)
    delivery.report.posted(claim, None)
    return ts
