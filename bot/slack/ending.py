"""Why a process ends by itself: said once, in one sentence, for whoever reads the log of its supervisor."""

from __future__ import annotations

import threading

import structlog

log = structlog.get_logger("bot.slack")

MENDS = {
    "SLACK_BOT_TOKEN": "copy the Bot User OAuth Token (xoxb-…) again from OAuth & Permissions, after installing"
    " the app.",
    "SLACK_APP_TOKEN": "make an app-level token (xapp-…) with connections:write on Basic Information, and switch Socket"
    " Mode on.",
}
# docs.slack.dev, errors of auth.test and apps.connections.open: a token or an app that is no more, whatever is called.
REVOKED = frozenset(
    ("token_revoked", "account_inactive", "invalid_auth", "not_authed", "token_expired", "not_allowed_token_type")
)


class Ending:
    """The first reason to end, and the event that the process waits for."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop, self._lock = stop, threading.Lock()
        self.reason = ""

    def end(self, reason: str) -> None:
        """Ends the process for a reason, unless there is one already."""
        with self._lock:
            first, self.reason = not self.reason, self.reason or reason
        if first:
            log.error("ending", mend=reason)
        self._stop.set()

    def refused(self, code: str, method: str) -> None:
        """Ends the process where Slack's word for an error says that a token is none any more."""
        if code in REVOKED:
            key = "SLACK_APP_TOKEN" if method == OPEN else "SLACK_BOT_TOKEN"
            self.end(f"Slack refuses {key} ({code}): {MENDS[key]}")


OPEN = "apps.connections.open"
