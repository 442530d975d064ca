"""Whose thread it is: another bot's is left alone, whatever people paste in it, unless they mention us."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.attached import files_of
from bot.delivery.errors import code_of, trouble
from bot.delivery.recent import Recent
from bot.delivery.threads import Thread

KEPT = 86_400.0

log = structlog.get_logger("bot.delivery")


class Roots:
    """The first messages of threads; ``apps`` are those that are read, whose threads are ours to answer in."""

    def __init__(self, client: WebClient, apps: frozenset[str], *, clock: Callable[[], float]) -> None:
        self._client, self._apps = client, apps
        self._open: Recent[Thread, bool] = Recent(2_000, KEPT, clock)
        self._me = ""

    def open(self, thread: Thread) -> bool:
        """Whether a bounce in a thread may be answered unasked: a person began it, or we, or an app that is read.

        One look in Slack for each thread; where it may not look, yes. Raises where Slack cannot answer now.
        """
        known = self._open.get(thread)
        if known is None:
            known = self._asked(thread)
            self._open.put(thread, known)
        return known

    def _asked(self, thread: Thread) -> bool:
        try:
            self._me = self._me or str(self._client.auth_test().get("bot_id") or "")
            seen = self._client.conversations_replies(channel=thread.channel, ts=thread.ts, limit=1)
        except SlackApiError as wrong:
            if trouble(wrong) != "refused":
                raise
            log.info("root_unread", channel=thread.channel, code=code_of(wrong))
            return True
        root: Mapping[str, Any] = next((m for m in seen.get("messages") or [] if m.get("ts") == thread.ts), {})
        ids = {str(root.get(name) or "") for name in ("bot_id", "app_id")} - {""}
        # Slack's mails come from Slackbot, which has a bot_id too.
        mail = any(file.kind == "mail" for file in files_of(root))
        return mail or not (ids or root.get("subtype") == "bot_message") or not ids.isdisjoint(self._apps | {self._me})
