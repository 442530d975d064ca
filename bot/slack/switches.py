"""The listeners of the switches on cards: a thread made quiet, and asked to speak again."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot import cards
from bot.cards import actions
from bot.delivery import Delivery
from bot.delivery.posting import Place
from bot.slack.admission import me
from bot.slack.casework import Listener
from bot.slack.events import chosen, ephemeral, press
from bot.slack.sending import whisper


def register(app: App, delivery: Delivery) -> dict[str, Listener]:
    """Adds the listener to the app; gives it by its choice in a card's menu."""

    def switch(ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond) -> None:
        """ "Quiet in this thread" and [Speak again]: changes the thread for all, and says who did it."""
        ack()
        pressed, on = press(body, me(context).team), chosen(body)[0] != actions.SPEAK
        if ephemeral(body) and not pressed.thread:
            whisper(respond, cards.notice("You alone see this card: it has no thread in which I could be quiet."))
            return
        thread = pressed.thread or str(body["container"]["message_ts"])
        if delivery.switches.quiet(pressed.team, pressed.channel, thread, pressed.user, on=on):
            said = cards.quieted(pressed.user) if on else cards.speaking(pressed.user)
            delivery.poster.post(Place(pressed.channel, thread, pressed.key), said)
        else:
            whisper(respond, cards.notice("I am quiet here already." if on else "I am not quiet here."))

    app.action(actions.SPEAK)(switch)
    return {actions.QUIET: switch}
