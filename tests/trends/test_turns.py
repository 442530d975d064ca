"""The weekly message comes on the day and at the time that somebody chose, in their zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.trends.turns import Turn, following, turn, zone_named
from bot.trends.values import WEEK

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "weekday", "minute"),
    [
        ("", 0, 540),
        ("monday", 0, 540),
        ("Mon 9", 0, 540),
        ("friday 16:30", 4, 990),
        ("every friday at 16.30", 4, 990),
        ("sun 12 am", 6, 0),
        ("wednesday, 4pm", 2, 960),
        ("8:15", 0, 495),
        ("9:30 on mondays", 0, 570),
        ("4pm thurs", 3, 960),
        ("every tuesday", 1, 540),
    ],
)
def test_a_day_and_a_time_are_understood(text: str, weekday: int, minute: int) -> None:
    """As people write them; what is not said is Monday, and nine."""
    assert Turn(weekday, minute, "Europe/Berlin") == turn(text, BERLIN)


@pytest.mark.parametrize("text", ["someday", "monday 25:00", "13 pm", "monday 9:75", "never", "-1", "monday tuesday"])
def test_a_wrong_time_gets_a_sentence(text: str) -> None:
    """It says how to write it."""
    with pytest.raises(ValueError, match="/smtp week on monday 9:00"):
        turn(text)


@given(st.text(max_size=60))
def test_no_text_raises_anything_else(text: str) -> None:
    """Whatever is typed is a turn or a sentence."""
    said, found = "", Turn()
    try:
        found = turn(text)
    except ValueError as wrong:
        said = str(wrong)

    assert not said or said.startswith("I do not understand")
    assert found.weekday in range(7)
    assert found.minute in range(24 * 60)


def test_summer_time_does_not_move_it() -> None:
    """Nine o'clock stays nine o'clock over the change of clocks."""
    before = datetime(2026, 10, 20, 12, tzinfo=BERLIN).timestamp()
    first = following(Turn(0, 540, "Europe/Berlin"), before)
    second = following(Turn(0, 540, "Europe/Berlin"), first)

    assert (9, 9) == tuple(datetime.fromtimestamp(at, BERLIN).hour for at in (first, second))
    assert first == datetime(2026, 10, 26, 8, tzinfo=UTC).timestamp()


def test_a_time_that_the_clocks_leave_out_comes_all_the_same() -> None:
    """On that Sunday half past two does not exist; the message comes once, within the hour after."""
    at = following(Turn(6, 150, "Europe/Berlin"), datetime(2027, 3, 27, tzinfo=UTC).timestamp())

    assert at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC).timestamp()


@given(st.integers(0, 6), st.integers(0, 1439), st.sampled_from(["UTC", "Europe/Berlin", "UTC+05:30", "nowhere"]))
def test_it_is_always_later_and_within_eight_days(weekday: int, minute: int, zone: str) -> None:
    """From any moment on."""
    now = datetime(2026, 11, 25, 1, 2, 3, tzinfo=UTC).timestamp()
    at = following(Turn(weekday, minute, zone), now)

    assert now < at <= now + WEEK + 3_600
    assert datetime.fromtimestamp(at, zone_named(zone)).weekday() == weekday


def test_a_zone_without_a_name_is_kept_by_its_offset() -> None:
    """What a zone is written as is what it is read as."""
    india = timezone(timedelta(hours=5, minutes=30))

    assert india == zone_named(str(india))
    assert zone_named("Europe/Berlin") == BERLIN
    assert zone_named("No/Where") == UTC
