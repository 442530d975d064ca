"""The addresses of messages in Slack."""

from __future__ import annotations

import structlog
from slack_sdk import WebClient

from bot.delivery.errors import code_of
from bot.delivery.posting import FAILURES
from bot.delivery.threads import Thread

log = structlog.get_logger("bot.delivery")


def link(client: WebClient, thread: Thread, ts: str = "") -> str:
    """The address of a thread or a message in it, "" where Slack does not tell, or where there is no message."""
    if not (ts or thread.ts):
        return ""
    try:
        found = client.chat_getPermalink(channel=thread.channel, message_ts=ts or thread.ts)
    except FAILURES as wrong:
        log.info("no_link", channel=thread.channel, code=code_of(wrong))
        return ""
    return str(found.get("permalink") or "")


def permalink(base: str, channel: str, ts: str) -> str:
    """The same address without asking Slack: ``base`` is the workspace's, as auth.test gives it; "" without it."""
    return f"{base}archives/{channel}/p{ts.replace('.', '')}" if base else ""
