"""Scheduled messages: kept until they are due, or taken back before."""

from __future__ import annotations

from collections.abc import Callable

from bot.practice.people import JSON
from bot.practice.workspace import Workspace, new_id

# docs.slack.dev/reference/methods/chat.scheduleMessage: at most 120 days ahead; a deletion within a minute is refused.
FARTHEST = 120 * 86_400
TOO_LATE = 60


class ScheduleError(ValueError):
    """A message that cannot be scheduled or taken back; the message is Slack's name of the error."""


class Schedule:
    """What will be posted later; ``post`` posts it, ``later`` calls a function after so many seconds."""

    def __init__(self, workspace: Workspace, post: Callable[[JSON], None]) -> None:
        self._workspace, self._post = workspace, post
        self.later: Callable[[float, Callable[[], None]], None] = lambda seconds, call: None
        self._kept: dict[str, JSON] = {}

    def add(self, channel_id: str, message: JSON, post_at: int) -> JSON:
        """Keeps a message until ``post_at`` (seconds since 1970); raises ScheduleError."""
        ahead = post_at - self._workspace.now()
        if ahead <= 0:
            raise ScheduleError("time_in_past")
        if ahead > FARTHEST:
            raise ScheduleError("time_too_far")
        ident = new_id("Q")
        entry: JSON = {"id": ident, "channel_id": channel_id, "post_at": post_at, "message": message}
        self._kept[ident] = entry
        self.later(ahead, self.post_due)
        return entry

    def remove(self, ident: str, channel_id: str) -> None:
        """Takes a message back; raises ScheduleError where there is none, or it is about to be posted."""
        entry = self._kept.get(ident)
        soon = entry is not None and entry["post_at"] - self._workspace.now() < TOO_LATE
        if entry is None or entry["channel_id"] != channel_id or soon:
            raise ScheduleError("invalid_scheduled_message_id")
        del self._kept[ident]

    def listed(self) -> list[JSON]:
        """What waits, the next first."""
        return sorted(self._kept.values(), key=lambda entry: int(entry["post_at"]))

    def post_due(self, until: float | None = None) -> None:
        """Posts what is due now, or by ``until``."""
        by = self._workspace.now() if until is None else until
        for entry in self.listed():
            if entry["post_at"] <= by and self._kept.pop(entry["id"], None):
                self._post(entry)
