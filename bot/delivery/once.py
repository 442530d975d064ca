"""Posts a message that nobody's message asked for, once across restarts and processes: claimed, posted, recorded."""

from __future__ import annotations

from collections.abc import Callable

from bot.delivery.delivery import Delivery
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

    Gives the message's ts; "" where another has it in hand or did it. Raises as Outbox.post does, which ``refused``
    is for.
    """
    team, channel = where
    claim = delivery.store.claim(team, channel, key, "", kind)
    if claim is None:
        return ""
    ts = delivery.outbox.post(claim, Place(channel, "", key), made(), refused=refused)
    delivery.store.posted(claim, ts)
    delivery.report.posted(claim, None)
    return ts
