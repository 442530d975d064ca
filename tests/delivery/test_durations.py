"""How long, in people's words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.durations import LONGEST, until

# A Wednesday.
NOW = datetime(2026, 11, 25, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("", "2026-11-25 18:30"),
        ("2h", "2026-11-25 19:30"),
        ("for 90 minutes", "2026-11-25 19:00"),
        ("an hour", "2026-11-25 18:30"),
        ("3 days", "2026-11-28 17:30"),
        ("1w", "2026-12-02 17:30"),
        ("until monday", "2026-11-30 09:00"),
        ("Until Mon", "2026-11-30 09:00"),
        ("wednesday", "2026-12-02 09:00"),
        ("until tomorrow", "2026-11-26 09:00"),
        ("until friday 14:15", "2026-11-27 14:15"),
        ("until 18:00", "2026-11-25 18:00"),
        ("until 9:00", "2026-11-26 09:00"),
    ],
)
def test_lengths_days_and_times_are_understood(said: str, end: str) -> None:
    """A day begins when people are back at work."""
    assert datetime.fromisoformat(f"{end}+00:00") == until(said, NOW)


@pytest.mark.parametrize("said", ["-5h", "0h", "soon", "2", "until 25:00", "until may", "99999d", "5 weeks", "²h", "h"])
def test_what_is_no_time_gets_a_sentence(said: str) -> None:
    """It says what is wrong and how to write it."""
    with pytest.raises(ValueError, match=r"/smtp "):
        until(said, NOW)


@given(st.text(max_size=60))
def test_any_text_is_a_time_to_come_or_a_sentence(said: str) -> None:
    """No text raises anything else."""
    try:
        end = until(said, NOW)
    except ValueError:
        end = NOW + LONGEST
    assert timedelta(0) < end - NOW <= LONGEST
