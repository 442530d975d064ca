"""The one place where what goes wrong in a listener ends: logged with a reference, and told to the person in a line."""

from __future__ import annotations

import secrets
from typing import Any

import structlog
from slack_bolt import App, BoltContext, BoltResponse, Respond
from slack_bolt.error import BoltUnhandledRequestError

from bot import cards
from bot.cards import actions
from bot.delivery.errors import code_of
from bot.delivery.posting import FAILURES
from bot.meter import Meter
from bot.slack.sending import whisper

log = structlog.get_logger("bot.slack")


def register(app: App, meter: Meter) -> None:
    """Makes ``failed`` the end of every error of a middleware or a listener.

    A button of a version that is gone, or with a value that was tampered with, is no error: one line says what to do.
    """

    def counted(
        error: Exception, context: BoltContext, body: dict[str, Any], respond: Respond, response: BoltResponse | None
    ) -> BoltResponse | None:
        if isinstance(error, actions.CaseError):
            whisper(respond, cards.notice(str(error)), thread=str((body.get("container") or {}).get("thread_ts") or ""))
            # Raised before the acknowledgement: slack_bolt 1.30 takes one back where a listener fails right after it.
            return BoltResponse(status=200) if response is not None else None
        meter.count("errors")
        failed(error, context, body, respond)
        return None

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
