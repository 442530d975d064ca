"""Answers wait in lanes: one for each channel, bounded, and emptied when the process ends."""

from __future__ import annotations

import threading

import msgspec

from bot.delivery.lanes import Lanes


class Job(msgspec.Struct, frozen=True):
    """Something to do for a channel."""

    lane: str
    number: int = 0


def wait(event: threading.Event) -> None:
    """Waits, but not for ever."""
    event.wait(10)


def test_a_channel_that_waits_stops_no_other() -> None:
    """While Slack slows one channel down, another one's answers go out."""
    slow, done = threading.Event(), threading.Event()

    def run(job: Job) -> None:
        if job.lane == "slow":
            slow.wait(10)
        else:
            done.set()

    lanes: Lanes[Job] = Lanes(run, workers=4, abreast=2)
    for number in range(20):
        lanes.put(Job("slow", number))
    lanes.put(Job("other"))

    assert done.wait(10)
    slow.set()
    assert lanes.close(10) == []


def test_what_has_no_room_is_refused() -> None:
    """The one who puts it there hears of it, and leaves the claim to a later try."""
    slow = threading.Event()
    lanes: Lanes[Job] = Lanes(lambda _job: wait(slow), workers=1, abreast=1, most=3)
    taken = [lanes.put(Job("a", number)) for number in range(10)]

    assert 3 <= sum(taken) <= 4
    slow.set()
    lanes.close(10)


def test_the_end_gives_back_what_was_not_done() -> None:
    """What is running and what waits comes back when the time is over, and nothing more is taken."""
    slow = threading.Event()
    lanes: Lanes[Job] = Lanes(lambda _job: wait(slow), workers=1, abreast=1)
    jobs = [Job("a", number) for number in range(3)]
    for job in jobs:
        lanes.put(job)

    assert sorted(lanes.close(0.05), key=lambda job: job.number) == jobs
    assert lanes.put(Job("a")) is False
    slow.set()


def test_everything_that_was_taken_is_done_once() -> None:
    """In whatever order: each job runs exactly once."""
    seen: list[Job] = []
    lanes: Lanes[Job] = Lanes(seen.append, workers=8)
    jobs = [Job(f"c{number % 7}", number) for number in range(500)]
    for job in jobs:
        lanes.put(job)

    assert lanes.close(10) == []
    assert sorted(seen, key=lambda job: job.number) == jobs
