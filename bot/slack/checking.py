"""The listener of [Check DNS]: takes Slack's arguments apart, makes one call, and sends."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.cards import actions
from bot.delivery import Delivery
from bot.slack.admission import me
from bot.slack.events import chosen, press
from bot.slack.sending import whisper, whisper_in_thread


def register(app: App, delivery: Delivery) -> None:
    """Adds the listener to the app; where look-ups are off, an old button gets a sentence."""

    def check(ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond) -> None:
        ack()
        pressed, shown = press(body, me(context).team), delivery.look_up(actions.unpack(chosen(body)[1]))
        if pressed.thread:
            where = {"channel": pressed.channel, "user": pressed.user, "thread_ts": pressed.thread}
            whisper_in_thread(client, shown, where)
        else:
            whisper(respond, shown)

    app.action(actions.CHECK)(check)
