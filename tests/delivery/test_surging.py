"""A cause that rises far above its usual rate is told in one line, once an incident."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.delivery.surging import Surging
from bot.practice import Practice
from bot.store import Chosen
from bot.trends.values import DAY, HOUR
from catalogue import Catalogue
from tests.delivery.telling import TEAM, Office

FULL, GMAIL = ("sendmail.mailbox.full", "sendmail"), ("google.auth.none", "google")
FIVE = tuple(60.0 * number for number in range(5))


@pytest.fixture
def office(catalogue: Catalogue, tmp_path: pathlib.Path, workspace: Practice, client: WebClient) -> Iterator[Office]:
    """A channel that has been read for six weeks, and saw a full mailbox on three days of the last four."""
    made = Office(catalogue, tmp_path, workspace, client)
    made.process()
    made.knows_the_channel_since(42 * DAY)
    made.sees(FULL, 3 * DAY, 9 * DAY, 20 * DAY)
    yield made
    made.close()


def test_the_line_says_the_numbers_once_for_all_processes(office: Office) -> None:
    """However often they look, and however it goes on; a restart changes nothing."""
    both = [Surging(office.process(), TEAM) for _ in range(2)]
    office.sees(FULL, *FIVE)
    for _ in range(3):
        for one in both:
            one.run()
        office.now += HOUR
        office.sees(FULL, 1.0)
    Surging(office.process(), TEAM).run()

    [line] = office.said()
    assert line["text"] == "Far more than usual: The mailbox is full: 5 messages in 24 hours; 3 in the 28 days before."
    assert "Sendmail" in str(line["blocks"])


def test_the_usual_is_not_told(office: Office) -> None:
    """Four in a day, or another cause's five; and a look at nothing."""
    one = Surging(office.process(), TEAM)
    one.run()
    office.sees(FULL, *FIVE[:4])
    office.sees(GMAIL, *(day * DAY + second for day in range(20) for second in FIVE))
    one.run()

    assert office.said() == []


def test_the_next_incident_is_told_again(office: Office) -> None:
    """After a day at the usual rate; the first incident is no part of what is usual."""
    one = Surging(office.process(), TEAM)
    office.sees(FULL, *FIVE)
    one.run()
    office.now += 6 * DAY
    one.run()
    office.sees(FULL, *FIVE, 300.0)
    one.run()

    assert len(office.said()) == 2


def test_two_causes_are_two_incidents(office: Office) -> None:
    """Each is told."""
    office.sees(FULL, *FIVE)
    office.sees(GMAIL, *FIVE)
    Surging(office.process(), TEAM).run()

    assert len(office.said()) == 2


def test_a_channel_in_its_first_week_has_no_usual_rate(office: Office) -> None:
    """Everything is new there."""
    office.channel = office.practice.adds_channel("telling-new")
    office.knows_the_channel_since(5 * DAY)
    office.sees(FULL, *FIVE)
    Surging(office.process(), TEAM).run()

    assert office.said() == []


@pytest.mark.parametrize("choice", [Chosen(since=1.0, until=9e12), Chosen(watch="off", since=1.0, until=9e12)])
def test_silence_is_silence(office: Office, choice: Chosen) -> None:
    """Nothing in a pause or where reading is switched off, nor afterwards, by whomever, about what was then."""
    delivery = office.process()
    one = Surging(delivery, TEAM)
    office.sees(FULL, *FIVE)
    delivery.store.choose((*office.where, ""), choice)
    one.run()
    office.now += HOUR
    delivery.store.choose((*office.where, ""), Chosen(watch="on", until=office.now))
    one.run()
    Surging(office.process(), TEAM).run()

    assert office.said() == []


def test_slacks_bad_moments_neither_double_nor_lose_it(office: Office) -> None:
    """Not posted at the first look, it is at the next; posted without an answer, it is found."""
    one, other = (Surging(office.process(), TEAM) for _ in range(2))
    office.sees(FULL, *FIVE)
    office.practice.fail_next("chat.postMessage", 500, 8)
    one.run()
    assert office.said() == []

    office.practice.fail_next("chat.postMessage", 500, performed=True)
    one.run()
    other.run()
    assert len(office.said()) == 1


def test_a_process_that_ended_before_it_told_is_followed_by_another(office: Office) -> None:
    """Its claim ends, and the next look tells."""
    office.sees(FULL, *FIVE)
    gone, here = office.process(), Surging(office.process(), TEAM)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(gone.poster, "post", lambda *_args, **_more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            Surging(gone, TEAM).run()
    here.run()
    assert office.said() == []

    office.now += 61
    here.run()
    assert len(office.said()) == 1


def test_a_channel_that_refuses_it_is_asked_once(office: Office) -> None:
    """Archived: the line is given up, and other channels go on."""
    office.practice.archives(office.channel)
    office.sees(FULL, *FIVE)
    one = Surging(office.process(), TEAM)
    before = len(office.practice.calls("chat.postMessage"))
    for _ in range(3):
        one.run()

    assert len(office.practice.calls("chat.postMessage")) == before + 1
