"""The listeners of the switches on cards: a thread made quiet, and asked to speak again."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond

from bot import cards
from bot.cards import actions
from bot.delivery import Delivery
from bot.delivery.posting import Place
from bot.slack.admission import me
from bot.slack.events import chosen, ephemeral, press
from bot.slack.sending import whisper


def wants_quiet(body: dict[str, Any]) -> bool:
    """Whether the option chosen in a card's menu is to be quiet."""
    return chosen(body)[1].partition(";")[2].startswith(f"{actions.QUIET};")


def register(app: App, delivery: Delivery) -> None:
    """Adds the listeners to the app."""

    def switch(ack: Ack, body: dict[str, Any], context: BoltContext, respond: Respond) -> None:
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

    app.action(actions.MENU, matchers=[wants_quiet])(switch)
    app.action(actions.SPEAK)(switch)
