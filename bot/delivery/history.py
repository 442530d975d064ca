"""What stands in a channel, page by page, as Slack's history has it; asked again where Slack was only busy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.errors import code_of, trouble
from bot.delivery.patience import patiently

PAGE = 200

log = structlog.get_logger("bot.delivery")
Message = Mapping[str, Any]


class History:
    """Reads channels and threads; raises what the Web API raised last, or where it refuses."""

    def __init__(self, client: WebClient, sleep: Callable[[float], None] = time.sleep) -> None:
        self._client, self._sleep = client, sleep

    def pages(self, channel: str, since: float, until: float = 0.0) -> Iterator[list[Message]]:
        """A channel's messages, the latest (or those before ``until``) first, back to ``since`` and the page's rest."""
        cursor, latest = "", f"{until:.6f}" if until else ""
        while True:
            page = self.ask("conversations_history", channel=channel, limit=PAGE, cursor=cursor, latest=latest)
            messages = page.get("messages") or []
            yield messages
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor or not messages or float(messages[-1]["ts"]) < since:
                return

    def replies(self, channel: str, ts: str, since: float) -> list[Message]:
        """What was written in a thread after ``since``, the oldest first; nothing where the thread is gone."""
        found: list[Message] = []
        cursor, oldest = "", f"{since:.6f}"
        while True:
            try:
                page = self.ask(
                    "conversations_replies", channel=channel, ts=ts, oldest=oldest, limit=PAGE, cursor=cursor
                )
            except SlackApiError as wrong:
                if trouble(wrong) != "refused":
                    raise
                log.warning("thread_unread", channel=channel, code=code_of(wrong))
                return found
            # The message that a thread hangs on comes with every page.
            found += [m for m in page.get("messages") or [] if m["ts"] != ts]
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return found

    def ask(self, method: str, **given: Any) -> Any:
        """One call of a reading method; arguments that are "" are left out."""
        given = {name: value for name, value in given.items() if value != ""}
        return patiently(lambda: getattr(self._client, method)(**given), self._sleep)
