"""The listener of [Explain them]: what was posted while the bot was away is explained for all, once."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot import cards
from bot.cards.away import EXPLAIN
from bot.delivery.away import Away
from bot.delivery.desk import Desk
from bot.slack.admission import me
from bot.slack.events import chosen, found, press
from bot.slack.sending import whisper


def register(app: App, desk: Desk) -> None:
    """Adds the listener to the app."""

    def explain(ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond) -> None:
        ack()
        known, ts = me(context), str((body.get("container") or {}).get("message_ts") or "")
        away = Away(desk, client, partial(found, me=known), team=known.team, me=known.user)
        if said := away.explain(press(body, known.team), ts, chosen(body)[1]):
            whisper(respond, cards.notice(said))

    app.action(EXPLAIN)(explain)
