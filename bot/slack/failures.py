"""The one place where what goes wrong in a listener ends: logged with a reference, and told to the person in a line."""

from __future__ import annotations

import secrets
from typing import Any

import structlog
from slack_bolt import App, BoltContext, BoltResponse, Respond
from slack_bolt.error import BoltUnhandledRequestError

from bot import cards
from bot.cards.actions import CaseError
from bot.delivery import Undeliverable
from bot.delivery.errors import code_of
from bot.delivery.posting import FAILURES
from bot.meter import Meter
from bot.slack.sending import whisper

log = structlog.get_logger("bot.slack")


def register(app: App, meter: Meter) -> None:
    """Makes ``failed`` the end of every error of a middleware or a listener.

    What can happen to who presses (an old button, a place that refuses the post) is none: a line says what to do.
    """

    def counted(
        error: Exception, context: BoltContext, body: dict[str, Any], respond: Respond, response: BoltResponse | None
    ) -> BoltResponse | None:
        if said := expected(error):
            log.warning("press_refused", code=code_of(error))
            apologise(context, respond, said, thread=str((body.get("container") or {}).get("thread_ts") or ""))
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
    said = f"Something went wrong on my side, and I could not answer. Please try again. ({reference})"
    apologise(context, respond, said)


def expected(error: Exception) -> str:
    """The sentence for what can happen to who presses: an old button, a place that refuses the post; else ""."""
    if isinstance(error, CaseError):
        return str(error)
    if isinstance(error, Undeliverable):
        return f"Slack refused the post ({error.code})."
    return ""


def apologise(context: BoltContext, respond: Respond, said: str, *, thread: str = "") -> None:
    """Says it to who waits; nobody does where an event was not acknowledged and comes again."""
    if context.response_url is None:
        return
    try:
        whisper(respond, cards.notice(said), thread=thread)
    except FAILURES as wrong:
        log.warning("apology_failed", code=code_of(wrong))
