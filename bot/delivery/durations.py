"""How long, in people's words: "2h", "until monday", "until 14:30". Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

SPAN = re.compile(r"(?:for )?(\d{1,5}|an?) ?(m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)")
CLOCK = re.compile(r"(?:until |till |to )?(\d{1,2}):(\d\d)")
DAY = re.compile(r"(?:until |till |to )?(?:next )?([a-z]{3,9})(?: (?:at )?(\d{1,2}):(\d\d))?")
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LONGEST = timedelta(days=31)
USUAL = timedelta(hours=1)
# When people are back at work.
MORNING = 9
EXAMPLES = "Write it like /smtp pause 2h, /smtp pause 30m, /smtp pause until monday or /smtp pause until 14:30."


def until(text: str, now: datetime) -> datetime:
    """The time that a text means, seen from ``now``; an hour from now for ""; raises ValueError with a sentence.

    >>> until("until monday", datetime(2026, 11, 25, 17, 0))
    datetime.datetime(2026, 11, 30, 9, 0)
    """
    said = " ".join(text.lower().split())
    end = now + USUAL if not said else spanned(said, now) or clocked(said, now) or on_day(said, now)
    if end is None:
        raise ValueError(f"I do not understand “{text[:40]}” as a time. {EXAMPLES}")
    if end <= now:
        raise ValueError(f"A pause must end later than now. {EXAMPLES}")
    if end - now > LONGEST:
        raise ValueError("A pause is 31 days at most. To stop reading here for good: /smtp watch off.")
    return end


def spanned(said: str, now: datetime) -> datetime | None:
    """A length of time from now."""
    found = SPAN.fullmatch(said)
    if not found:
        return None
    many = 1 if found[1].startswith("a") else int(found[1])
    return now + min(many * UNITS[found[2][0]], LONGEST + UNITS["d"])


def clocked(said: str, now: datetime) -> datetime | None:
    """A time of today, or of tomorrow where that has passed."""
    found = CLOCK.fullmatch(said)
    if not found or not (int(found[1]) < 24 and int(found[2]) < 60):
        return None
    end = now.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
    return end if end > now else end + timedelta(days=1)


def on_day(said: str, now: datetime) -> datetime | None:
    """A day of the week that comes, or tomorrow, in the morning or at a time."""
    found = DAY.fullmatch(said)
    if not found or not (int(found[2] or 0) < 24 and int(found[3] or 0) < 60):
        return None
    ahead = 1 if found[1] == "tomorrow" else days_to(found[1], now.weekday())
    if not ahead:
        return None
    hour, minute = (int(found[2]), int(found[3])) if found[2] else (MORNING, 0)
    return (now + timedelta(days=ahead)).replace(hour=hour, minute=minute, second=0, microsecond=0)


def days_to(name: str, today: int) -> int:
    """The days until the next day of a name or its beginning (1 to 7), 0 where there is none of that name."""
    found = next((number for number, day in enumerate(DAYS) if day.startswith(name)), None)
    return 0 if found is None else (found - today - 1) % 7 + 1
