"""The one place where what goes wrong in a listener ends: logged with a reference, and told to the person in a line."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import structlog
from slack_bolt import App, BoltContext, Respond
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from bot import cards
from bot.delivery.errors import code_of
from bot.delivery.posting import FAILURES
from bot.meter import Meter
from bot.slack.sending import whisper, whisper_in_thread

log = structlog.get_logger("bot.slack")


def register(app: App, meter: Meter) -> None:
    """Makes ``failed`` the end of every error of a middleware or a listener."""

    def counted(
        error: Exception, context: BoltContext, body: dict[str, Any], client: WebClient, respond: Respond
    ) -> None:
        meter.count("errors")
        failed(error, context, body, client, respond)

    app.error(counted)


def failed(error: Exception, context: BoltContext, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
    """Logs an error without a word of what people wrote, and tells whoever waits for an answer."""
    if isinstance(error, BoltUnhandledRequestError):
        log.warning("request_unhandled", type=body.get("type"))
        return
    reference = secrets.token_hex(3)
    ids = {"team": context.team_id, "channel": context.channel_id}
    log.error("failed", reference=reference, code=code_of(error), **ids, exc_info=error)
    if context.get("job") is None and context.response_url is None:
        # Nothing was acknowledged: Slack delivers the event again.
        return
    notice = cards.notice(f"Something went wrong on my side, and I could not answer. Please try again. ({reference})")
    try:
        if context.response_url:
            whisper(respond, notice)
        else:
            whisper_in_thread(client, notice, place(body["event"]))
    except FAILURES as wrong:
        log.warning("apology_failed", reference=reference, code=code_of(wrong))


def place(event: Mapping[str, Any]) -> dict[str, str]:
    """Where the person is who wrote a message."""
    found = {"channel": event.get("channel"), "user": event.get("user"), "thread_ts": event.get("thread_ts")}
    return {name: str(value) for name, value in found.items() if value}
