"""The figures: every count has its meaning, and what has not happened yet is shown as zero."""

from __future__ import annotations

from typing import get_args

from prometheus_client import generate_latest

from bot.health.metrics import COUNTERS, Gauge, registry
from bot.meter import Meter, Name


def shown(meter: Meter, *gauges: Gauge) -> str:
    """The page."""
    return generate_latest(registry(meter, gauges, "1.2.3")).decode()


def test_every_count_is_explained() -> None:
    """The table has each name that can be counted, with a sentence."""
    assert set(get_args(Name)) == set(COUNTERS)
    assert all(about.help.endswith(".") for about in COUNTERS.values())


def test_what_has_not_happened_is_zero() -> None:
    """An alert on a rise needs a value from before it."""
    text = shown(Meter())

    assert 'smtp_bot_failed_total{why="exhausted"} 0.0' in text
    assert "smtp_bot_errors_total 0.0" in text
    assert 'smtp_bot_time_to_card_seconds_bucket{le="+Inf"} 0.0' in text


def test_counts_and_times_are_shown() -> None:
    """Counts by their labels; times in buckets that add up; the version."""
    meter = Meter()
    meter.count("slack_errors", "chat.postMessage", "ratelimited")
    meter.took(0.2)
    meter.took(20)
    text = shown(meter, Gauge("queue_depth", "Waiting.", lambda: 3))

    assert 'smtp_bot_slack_errors_total{code="ratelimited",method="chat.postMessage"} 1.0' in text
    assert 'smtp_bot_time_to_card_seconds_bucket{le="10.0"} 1.0' in text
    assert 'smtp_bot_time_to_card_seconds_bucket{le="30.0"} 2.0' in text
    assert "smtp_bot_time_to_card_seconds_sum 20.2" in text
    assert "smtp_bot_queue_depth 3.0" in text
    assert 'smtp_bot_info{version="1.2.3"} 1.0' in text


def test_a_figure_that_cannot_be_told_is_left_out() -> None:
    """An old value would hide that it cannot be read."""
    assert "smtp_bot_unanswered" not in shown(Meter(), Gauge("unanswered", "Waiting.", lambda: None))
