"""What Slack tells of a person: their time zone, whether they are a guest, whose company they are of; asked seldom."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
import structlog
from slack_sdk import WebClient

from bot.delivery.errors import code_of, trouble
from bot.delivery.posting import FAILURES
from bot.delivery.recent import Recent

# How long what Slack told counts, and how long it is not asked again after it did not answer.
KEPT, SILENT = 600.0, 30.0

log = structlog.get_logger("bot.delivery")


class Person(msgspec.Struct, frozen=True):
    """A person as far as Slack tells; where it does not, nobody's guest, of no company, in UTC.

    ``zoned`` whether their zone is known; ``enterprise`` the organisation of their company, "" for none; ``gone``
    whether their account is deactivated.
    """

    zone: tzinfo = UTC
    zoned: bool = False
    team: str = ""
    enterprise: str = ""
    guest: bool = False
    bot: bool = False
    gone: bool = False


class People:
    """The people of a workspace, by users.info (needs users:read)."""

    def __init__(self, client: WebClient, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._known: Recent[str, Person] = Recent(5_000, KEPT, clock)
        self._silent: Recent[str, Person] = Recent(5_000, SILENT, clock)

    def of(self, user: str) -> Person:
        """A person; never raises: what Slack does not tell is not known."""
        known = self._known.get(user) or self._silent.get(user)
        return known if known is not None else self._asked(user)

    def _asked(self, user: str) -> Person:
        try:
            found = self._client.users_info(user=user).get("user") or {}
        except FAILURES as wrong:
            log.info("person_unknown", code=code_of(wrong))
            person = Person()
            (self._known if trouble(wrong) == "refused" else self._silent).put(user, person)
            return person
        person = person_of(found)
        self._known.put(user, person)
        return person


def person_of(found: Mapping[str, Any]) -> Person:
    """A person from Slack's user object (docs.slack.dev/reference/objects/user-object)."""
    zone = zone_of(found)
    enterprise: Mapping[str, Any] = found.get("enterprise_user") or {}
    return Person(
        zone=zone or UTC,
        zoned=zone is not None,
        team=str(found.get("team_id") or ""),
        enterprise=str(enterprise.get("enterprise_id") or ""),
        guest=bool(found.get("is_restricted") or found.get("is_ultra_restricted")),
        bot=bool(found.get("is_bot")),
        gone=bool(found.get("deleted")),
    )


def zone_of(found: Mapping[str, Any]) -> tzinfo | None:
    """A person's time zone; the offset that Slack gives with it where this machine does not know the zone."""
    try:
        if found.get("tz"):
            return ZoneInfo(str(found["tz"]))
    except (ZoneInfoNotFoundError, ValueError):
        pass
    offset = found.get("tz_offset")
    return timezone(timedelta(seconds=offset)) if isinstance(offset, int) and abs(offset) < 86_400 else None
