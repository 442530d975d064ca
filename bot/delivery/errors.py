"""Why an answer did not reach its place, and what Slack's errors mean for a second try.

DeliveryError
├── Undeliverable   Slack refuses it for good (``code``): the channel is gone, the bot is no member …
└── Undelivered     Slack could not be reached for as long as the bot waits: somebody may try again later
"""

from __future__ import annotations

from typing import Literal

from slack_sdk.errors import SlackApiError

Trouble = Literal["limited", "not-sent", "doubtful", "refused"]

# docs.slack.dev, errors of chat.postMessage and of the Web API in general.
PASSING = frozenset(("internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"))


class DeliveryError(Exception):
    """An answer that is not where it belongs."""


class Undeliverable(DeliveryError):
    """Slack refuses an answer for good; ``code`` is its word for why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"Slack refuses the message: {code}.")


class Undelivered(DeliveryError):
    """Slack could not be reached, or did not say whether it took the message, for as long as the bot waits."""

    def __init__(self) -> None:
        super().__init__("Slack did not take the message in time; the claim is free for the next try.")


def code_of(wrong: Exception) -> str:
    """Slack's word for an error, or the error's own kind; never a response's text, which may quote what was sent."""
    if not isinstance(wrong, SlackApiError):
        return type(wrong).__name__
    code = wrong.response.get("error")
    return code if isinstance(code, str) and len(code) < 60 and " " not in code else f"http_{status_of(wrong)}"


def status_of(wrong: SlackApiError) -> int:
    """The HTTP status of an error's response."""
    status = getattr(wrong.response, "status_code", 0)
    return status if isinstance(status, int) else 0


def trouble(wrong: Exception) -> Trouble:
    """What an error of the Web API means: come back later, not sent, perhaps sent, or refused for good."""
    if isinstance(wrong, SlackApiError):
        if status_of(wrong) == 429 or wrong.response.get("error") == "ratelimited":
            return "limited"
        unclear = status_of(wrong) >= 500 or code_of(wrong).startswith("http_") or code_of(wrong) in PASSING
        return "doubtful" if unclear else "refused"
    reason = getattr(wrong, "reason", wrong)
    return "not-sent" if isinstance(reason, ConnectionRefusedError) else "doubtful"


def retry_after(wrong: Exception) -> float:
    """How many seconds Slack asks to wait; 1 where it does not say."""
    headers = getattr(getattr(wrong, "response", None), "headers", None) or {}
    said = str(next((value for name, value in headers.items() if name.lower() == "retry-after"), "1"))
    return float(said) if said.isascii() and said.isdigit() else 1.0
