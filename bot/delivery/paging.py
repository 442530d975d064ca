"""What Slack has, read: its lists to their end, page by page, or one message."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from slack_sdk import WebClient


def paged(call: Callable[..., Any], **given: Any) -> Iterator[Any]:
    """The pages of one of Slack's lists, each asked for when it is wanted; arguments that are "" are left out.

    Raises what the Web API raises.
    """
    cursor = ""
    while True:
        page = call(**{name: value for name, value in {**given, "cursor": cursor}.items() if value != ""})
        yield page
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return


def message_at(client: WebClient, channel: str, thread: str, ts: str) -> Mapping[str, Any]:
    """One message with its metadata, empty where it is gone; a reply's own ``ts`` may stand for its thread's.

    Raises what the Web API raises.
    """
    seen = client.conversations_replies(
        channel=channel, ts=thread, oldest=ts, latest=ts, inclusive=True, limit=2, include_all_metadata=True
    )
    messages: list[Mapping[str, Any]] = seen.get("messages") or []
    return next((m for m in messages if m.get("ts") == ts), {})
