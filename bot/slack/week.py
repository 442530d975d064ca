"""The listeners of a week's card: post it for all, or have it as a file."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond

from bot import cards
from bot.cards import week
from bot.delivery import Delivery, Undeliverable, weeks
from bot.slack.admission import me
from bot.slack.events import press
from bot.slack.listeners import INVITE, NO_MEMBER
from bot.slack.sending import whisper


def register(app: App, delivery: Delivery) -> None:
    """Adds the listeners to the app."""

    def post(ack: Ack, body: dict[str, Any], context: BoltContext, respond: Respond) -> None:
        """[Post to channel]: the week as it is now, for all, once for each card."""
        ack()
        pressed = press(body, me(context).team)
        try:
            made = weeks.post(delivery, pressed.team, pressed.channel, pressed.key, kind="publish", by=pressed.user)
        except Undeliverable as wrong:
            said = INVITE if wrong.code in NO_MEMBER else f"Slack refused the post ({wrong.code})."
            whisper(respond, cards.notice(said))
            return
        if not made:
            whisper(respond, cards.notice("This week is in the channel already."))

    def as_file(ack: Ack, body: dict[str, Any], context: BoltContext, respond: Respond) -> None:
        """[As CSV]: a file in the direct message of who pressed, or the text itself."""
        ack()
        pressed = press(body, me(context).team)
        whisper(respond, weeks.as_file(delivery, pressed.team, pressed.channel, pressed.user))

    app.action(week.POST)(post)
    app.action(week.CSV)(as_file)
