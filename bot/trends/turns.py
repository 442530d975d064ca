"""When a channel's week is told: a day and a time in somebody's zone. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SAID = re.compile(
    r"(?:every )?(?P<day>[a-z]{3,10})?(?:(?:^| )(?:at )?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>am|pm)?)?"
)
# "9:00 on mondays": the day last.
LAST = re.compile(r"(.*\d(?: ?[ap]m)?) (?:on )?((?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)$")
OFFSET = re.compile(r"UTC([+-])(\d\d):(\d\d)")
EXAMPLES = "Write it like /smtp week on monday 9:00, /smtp week on friday 16:30 or /smtp week on."


class Turn(msgspec.Struct, frozen=True):
    """A day of the week (0: Monday), a minute of that day, and a zone as ``zone_named`` reads it."""

    weekday: int = 0
    minute: int = 9 * 60
    zone: str = "UTC"

    @property
    def said(self) -> str:
        """The turn in words: "every Monday at 09:00 (Europe/Berlin)"."""
        return f"every {DAYS[self.weekday]} at {self.minute // 60:02}:{self.minute % 60:02} ({self.zone})"


def turn(text: str, zone: tzinfo = UTC) -> Turn:
    """The day and time that a text names, Monday at nine where it does not; raises ValueError with a sentence.

    >>> turn("friday 16:30")
    Turn(weekday=4, minute=990, zone='UTC')
    """
    said = SAID.fullmatch(LAST.sub(r"\2 \1", " ".join(text.lower().replace(",", " ").split())))
    day = weekday(said["day"]) if said and said["day"] else 0
    minute = clock(said["hour"], said["minute"] or "0", said["half"]) if said and said["hour"] else 9 * 60
    if said is None or day is None or minute is None:
        raise ValueError(f"I do not understand “{text.strip()[:40]}” as a day and a time. {EXAMPLES}")
    return Turn(day, minute, str(zone))


def weekday(name: str) -> int | None:
    """The number of a day by its name, its plural, or the beginning of it (three letters at least)."""
    return next((number for number, day in enumerate(DAYS) if f"{day.lower()}s".startswith(name)), None)


def clock(hour: str, minute: str, half: str | None) -> int | None:
    """The minute of the day that a clock shows; None where no clock shows that."""
    shown = int(hour)
    if half:
        if not 1 <= shown <= 12:
            return None
        shown = shown % 12 + (12 if half == "pm" else 0)
    return shown * 60 + int(minute) if shown < 24 and int(minute) < 60 else None


def following(turn: Turn, after: float) -> float:
    """The first time (seconds since 1970) later than ``after`` at which it is this turn's day and time in its zone.

    A time that a change of clocks leaves out comes an hour later; one that it brings twice is the first.
    """
    zone = zone_named(turn.zone)
    here = datetime.fromtimestamp(after, zone)
    day = here.date() + timedelta(days=(turn.weekday - here.weekday()) % 7)
    while True:
        at = datetime(day.year, day.month, day.day, turn.minute // 60, turn.minute % 60, tzinfo=zone).timestamp()
        if at > after:
            return at
        day += timedelta(days=7)


def zone_named(name: str) -> tzinfo:
    """The zone of a name like Europe/Berlin or UTC+05:30; UTC where this machine does not know it."""
    if offset := OFFSET.fullmatch(name):
        ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return timezone(ahead if offset[1] == "+" else -ahead)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
