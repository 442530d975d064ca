"""The listeners: each takes Slack's arguments apart, makes one call, and sends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot import cards
from bot.cards import actions
from bot.delivery import Delivery, Thread, Undeliverable
from bot.delivery.casework import Casework
from bot.delivery.changes import Changes
from bot.slack import commands
from bot.slack.admission import me
from bot.slack.casework import Listener
from bot.slack.events import chosen, ephemeral, press, typed
from bot.slack.menu import Menu
from bot.slack.sending import tell, whisper, whisper_in_thread
from bot.terms import Message

ANYTHING = re.compile("")
NO_MEMBER = frozenset(("not_in_channel", "channel_not_found"))


def register(app: App, delivery: Delivery, work: Casework, doing: Mapping[str, Listener]) -> None:
    """Adds all listeners to the app; the last one acknowledges what needs no answer, as a link's button does.

    ``doing`` are the listeners of what a card's menu offers besides questions.
    """
    listeners = Listeners(delivery)
    app.event("message")(listeners.changed)
    app.command("/smtp")(listeners.command)
    app.action(actions.POST)(listeners.post)
    app.action(actions.SHARE)(listeners.share)
    Menu(work, doing, listeners.ask).register(app)
    app.action(actions.ASK)(listeners.ask)
    app.action(ANYTHING)(acknowledge)


def acknowledge(ack: Ack) -> None:
    """Tells Slack that all is well."""
    ack()


class Listeners:
    """What the bot listens to, for one delivery."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery, self._changes = delivery, Changes(delivery)

    def changed(self, context: BoltContext) -> None:
        """A message was edited or deleted; new ones are claimed and answered before (bot.slack.admission)."""
        self._changes.apply(context["change"])

    def command(
        self, ack: Ack, command: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond
    ) -> None:
        """``/smtp …``: answers the one who typed it."""
        ack()
        given = typed(command, me(context).team)
        where = {"channel": given.channel, "user": given.user}
        tell(respond, commands.answered(self._delivery, given), client, where)

    def ask(self, ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond) -> None:
        """A button that asks: answers the one who pressed it, in the card's thread."""
        case, intent = actions.asked(*chosen(body))
        ack()
        pressed = press(body, me(context).team)
        thread = Thread(pressed.team, pressed.channel, pressed.thread)
        self._whisper(self._delivery.ask(thread, case, intent), body, context, client, respond)

    def post(self, ack: Ack, body: dict[str, Any], context: BoltContext, respond: Respond) -> None:
        """[Post to channel]: posts the card for all, saying who asked."""
        pressed, (thread, case) = press(body, me(context).team), actions.posting(chosen(body)[1])
        ack()
        try:
            pressed = msgspec.structs.replace(pressed, thread=thread or pressed.thread)
            posted = self._delivery.publish(pressed, case)
        except Undeliverable as wrong:
            whisper(
                respond, cards.notice(INVITE if wrong.code in NO_MEMBER else f"Slack refused the post ({wrong.code}).")
            )
            return
        if not posted:
            whisper(respond, cards.notice("This card is in the channel already."))

    def share(self, ack: Ack, body: dict[str, Any], context: BoltContext, respond: Respond) -> None:
        """[Share in the thread]: posts an answer for all in the thread of its card."""
        pressed, (case, intent) = press(body, me(context).team), actions.unshare(chosen(body)[1])
        ack()
        if not self._delivery.share(pressed, case, intent):
            whisper(respond, cards.notice("This answer is in the thread already."))

    def _whisper(
        self, message: Message, body: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond
    ) -> None:
        """Answers whoever pressed: beside a private message, or else in the thread of the public card."""
        pressed = press(body, me(context).team)
        if ephemeral(body) and not pressed.thread:
            whisper(respond, message)
        else:
            thread = pressed.thread or str(body["container"]["message_ts"])
            where = {"channel": pressed.channel, "user": pressed.user, "thread_ts": thread}
            whisper_in_thread(client, message, where)


INVITE = "Invite me first: /invite @smtp-bot, and press again."
