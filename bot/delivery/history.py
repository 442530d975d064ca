"""What stands in a channel, page by page, as Slack's history has it; asked again where Slack was only busy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.errors import code_of, trouble
from bot.delivery.paging import paged
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
        latest = f"{until:.6f}" if until else ""
        for page in self.each("conversations_history", channel=channel, limit=PAGE, latest=latest):
            messages = page.get("messages") or []
            yield messages
            if not messages or float(messages[-1]["ts"]) < since:
                return

    def replies(self, channel: str, ts: str, since: float) -> list[Message]:
        """What was written in a thread after ``since``, the oldest first; nothing where the thread is gone."""
        found: list[Message] = []
        try:
            for page in self.each("conversations_replies", channel=channel, ts=ts, oldest=f"{since:.6f}", limit=PAGE):
                # The message that a thread hangs on comes with every page.
                found += [m for m in page.get("messages") or [] if m["ts"] != ts]
        except SlackApiError as wrong:
            if trouble(wrong) != "refused":
                raise
            log.warning("thread_unread", channel=channel, code=code_of(wrong))
        return found

    def each(self, method: str, **given: Any) -> Iterator[Any]:
        """The pages of a reading method."""
        call = getattr(self._client, method)
        return paged(lambda **asked: patiently(lambda: call(**asked), self._sleep), **given)
