"""What is in hand at once in one channel: only what has nothing to do with each other."""

from __future__ import annotations

import msgspec

from bot.answer import explain
from bot.delivery.jobs import Job
from bot.delivery.posted import Posted
from bot.delivery.work import Work
from bot.store import Claim
from catalogue import Catalogue

FULL = "552 5.2.2 <{}@example.org>: Mailbox full, quota exceeded"
GREY = "451 4.7.1 Greylisting in action, please come back later"


def job(catalogue: Catalogue, text: str, ts: str, thread: str = "") -> Job:
    """A bounce that was pasted."""
    posted = Posted("T1", "C1", ts, text, thread_ts=thread)
    work = Work("bounce", explain(text, "channel", catalogue))
    return Job(Claim(1, "T1", "C1", ts, posted.thread, "bounce", 1, 0.0), posted, work)


def test_the_second_of_an_incident_waits_for_the_first(catalogue: Catalogue) -> None:
    """It must know of the first card; so must one of the same cause, which the card counts. Others need not."""
    first, same, other = (
        job(catalogue, text, f"{n}.0") for n, text in enumerate((FULL.format("bob"), FULL.format("kim"), GREY))
    )
    assert first.ties is not None
    assert same.ties is not None
    assert other.ties is not None

    assert first.ties & same.ties
    assert first.ties.isdisjoint(other.ties)


def test_a_thread_keeps_its_order(catalogue: Catalogue) -> None:
    """Whatever is said in it."""
    first, later = job(catalogue, GREY, "1.0"), job(catalogue, FULL.format("bob"), "2.0", "1.0")
    question = msgspec.structs.replace(later, work=Work("followup"))
    assert first.ties is not None
    assert later.ties is not None
    assert question.ties is not None

    assert first.ties & later.ties & question.ties


def test_a_file_that_is_not_read_is_tied_to_all(catalogue: Catalogue) -> None:
    """It may hold another bounce of any incident."""
    unread = job(catalogue, GREY, "1.0")
    file = msgspec.structs.replace(unread.work, files=({},))

    assert msgspec.structs.replace(unread, work=file).ties is None
