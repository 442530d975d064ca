"""The one place where what goes wrong in a listener ends: logged with a reference, and told to the person in a line."""

from __future__ import annotations

import secrets
from typing import Any

import structlog
from slack_bolt import App, BoltContext, Respond
from slack_bolt.error import BoltUnhandledRequestError

from bot import cards
from bot.delivery.errors import code_of
from bot.delivery.posting import FAILURES
from bot.meter import Meter
from bot.slack.sending import whisper

log = structlog.get_logger("bot.slack")


def register(app: App, meter: Meter) -> None:
    """Makes ``failed`` the end of every error of a middleware or a listener."""

    def counted(error: Exception, context: BoltContext, body: dict[str, Any], respond: Respond) -> None:
        meter.count("errors")
        failed(error, context, body, respond)

    app.error(counted)


def failed(error: Exception, context: BoltContext, body: dict[str, Any], respond: Respond) -> None:
    """Logs an error without a word of what people wrote, and tells whoever waits for an answer."""
    if isinstance(error, BoltUnhandledRequestError):
        log.warning("request_unhandled", type=body.get("type"))
        return
    reference = secrets.token_hex(3)
    ids = {"team": context.team_id, "channel": context.channel_id}
    log.error("failed", reference=reference, code=code_of(error), **ids, exc_info=error)
    if context.response_url is None:
        # Nobody waits: the event was not acknowledged and comes again, or nothing was asked with it.
        return
    notice = cards.notice(f"Something went wrong on my side, and I could not answer. Please try again. ({reference})")
    try:
        whisper(respond, notice)
    except FAILURES as wrong:
        log.warning("apology_failed", reference=reference, code=code_of(wrong))
