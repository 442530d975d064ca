"""The door by which every payload comes in: what Slack would not send is acknowledged, noted, and goes no further."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import structlog

from bot.delivery.fetching import of_slack
from bot.slack.parts import Where
from bot.slack.payloads import EVENTS, KINDS, Carried, Command, Event

log = structlog.get_logger("bot.slack")

# msgspec 0.22 works out a struct's types at its first use, and two threads that both are the first end the process:
# they are worked out here, while the module is imported.
READY = tuple(map(msgspec.json.Decoder, (*KINDS.values(), *EVENTS.values(), Event, Command, Carried)))


class Door:
    """Looks at payloads before Bolt does; ``api_url`` is the Web API's, whose server may give response URLs too."""

    def __init__(self, api_url: str) -> None:
        self._api_url = api_url

    def opens(self, payload: object) -> bool:
        """Whether the app may have a payload; logs the place in it that is wrong, and nothing of what it holds."""
        kind = kind_of(payload)
        try:
            self._check(kind, payload)
        except msgspec.ValidationError as wrong:
            log.warning("payload_refused", kind=kind or "unknown", why=str(wrong)[:200])
            return False
        except (ValueError, RecursionError) as wrong:
            # Half of a surrogate pair where an id belongs, or lists in lists without end.
            log.warning("payload_refused", kind=kind or "unknown", why=type(wrong).__name__)
            return False
        return True

    def _check(self, kind: str, payload: object) -> None:
        """Raises ValidationError where a payload is none of its kind."""
        if not kind or not isinstance(payload, Mapping):
            raise msgspec.ValidationError("none of the kinds that the app asks for")
        shape: type[Where] = Command if kind == "command" else KINDS[kind]
        msgspec.convert(payload, shape)
        if kind == "event_callback":
            event = payload["event"]
            name = event.get("type")
            msgspec.convert(event, EVENTS.get(name, Event) if isinstance(name, str) else Event)
        url = payload.get("response_url")
        if url and not of_slack(url, self._api_url):
            raise msgspec.ValidationError("a response_url on another server than Slack's")


def kind_of(payload: object) -> str:
    """The kind of a payload: its type, ``command`` for a slash command, "" where it is none that is known."""
    if not isinstance(payload, Mapping):
        return ""
    kind: Any = payload.get("type", "command" if "command" in payload else "")
    return kind if isinstance(kind, str) and (kind in KINDS or kind == "command") else ""
