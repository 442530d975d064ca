"""Answers wait in lanes: one for each channel, bounded, and emptied when the process ends."""

from __future__ import annotations

import threading

import msgspec

from bot.delivery.lanes import Lanes


class Job(msgspec.Struct, frozen=True):
    """Something to do for a channel."""

    lane: str
    number: int = 0
    ties: frozenset[str] | None = frozenset()


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


def test_what_is_tied_together_keeps_its_order_and_the_rest_goes_by() -> None:
    """A message waits for those of its thread or its cause that came before, and no other one does."""
    go, begun, seen = threading.Event(), threading.Semaphore(0), list[int]()

    def run(job: Job) -> None:
        seen.append(job.number)
        begun.release()
        if job.number < 2:
            go.wait(10)

    lanes: Lanes[Job] = Lanes(run, abreast=3)
    for number, ties in enumerate(("a", "b", "ab", "a", "c", "c", "b")):
        lanes.put(Job("channel", number, frozenset(ties)))

    assert [begun.acquire(timeout=10) for _ in range(4)] == [True] * 4
    assert sorted(seen[:2]) == [0, 1]
    assert seen[2:] == [4, 5]
    go.set()
    assert lanes.close(10) == []
    assert seen[4] == 2
    assert sorted(seen[5:]) == [3, 6]


def test_what_nobody_knows_yet_is_done_alone() -> None:
    """A file that is not read may hold anything: nothing of its channel is done beside it, or before it."""
    running, most, seen, lock = list[int](), list[bool](), list[int](), threading.Lock()

    def run(job: Job) -> None:
        with lock:
            running.append(job.number)
            seen.append(job.number)
            most.append(3 in running and len(running) > 1)
        threading.Event().wait(0.002)
        with lock:
            running.remove(job.number)

    lanes: Lanes[Job] = Lanes(run, abreast=3)
    for number in range(7):
        lanes.put(Job("channel", number, None if number == 3 else frozenset(str(number))))

    assert lanes.close(10) == []
    assert not any(most)
    assert seen.index(3) == 3


def test_a_narrow_channel_is_done_one_by_one() -> None:
    """Slack told it to wait: the next answer begins when the one before is through, and other channels go on."""
    go, begun, seen = threading.Event(), threading.Semaphore(0), list[Job]()

    def run(job: Job) -> None:
        seen.append(job)
        begun.release()
        wait(go)

    lanes: Lanes[Job] = Lanes(run, abreast=3, narrow=lambda lane: lane == "limited")
    for number in range(3):
        lanes.put(Job("limited", number))
        lanes.put(Job("other", number))

    assert [begun.acquire(timeout=10) for _ in range(4)] == [True] * 4
    assert sorted(job.number for job in seen if job.lane == "other") == [0, 1, 2]
    assert [job.number for job in seen if job.lane == "limited"] == [0]
    go.set()
    assert lanes.close(10) == []
    assert [job.number for job in seen if job.lane == "limited"] == [0, 1, 2]


def test_no_job_waits_while_a_worker_could_be_called() -> None:
    """Two that come at the same moment are done at the same moment, also where one thread was idle before."""
    together = threading.Barrier(2, timeout=10)
    lanes: Lanes[Job] = Lanes(lambda job: None if job.lane == "first" else (together.wait(), None)[1])
    lanes.put(Job("first"))
    for _ in range(50):
        lanes.put(Job("b"))
        lanes.put(Job("c"))

    assert lanes.close(20) == []
