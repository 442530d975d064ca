"""Why a start fails: the sentences that say which setting to mend, and the look for a free port."""

from __future__ import annotations

import socket

from bot.delivery.errors import code_of
from bot.settings import Settings
from bot.slack.ending import MENDS
from bot.written import SLACK

PORTS = 20


class StartError(Exception):
    """The bot cannot connect; the message says which setting to mend."""


class Unreachable(StartError):
    """Slack does not answer now: another start, later, may find it well."""


def refused(key: str, wrong: BaseException) -> StartError:
    """The sentence for a token, named by its setting, that Slack does not take."""
    code = code_of(wrong) if isinstance(wrong, Exception) else type(wrong).__name__
    return StartError(f"Slack refuses {key} ({code}): {MENDS[key]}")


def unreachable(settings: Settings, wrong: Exception) -> Unreachable:
    """The sentence for a Slack that does not answer."""
    hint = "" if settings.api_url == SLACK else " and SLACK_API_URL"
    reason = getattr(wrong, "reason", None) or code_of(wrong)
    return Unreachable(f"{settings.api_url} cannot be reached ({reason}): check the network{hint}, and start again.")


def free_port(wanted: int) -> int:
    """The first port from ``wanted`` on that nobody listens on; raises StartError after PORTS of them."""
    for port in range(wanted, min(wanted + PORTS, 65_536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise StartError(f"No port is free from {wanted} on: choose another one in SMTP_BOT_PRACTICE_PORT.")
