"""A week that is told by itself is told once: by whichever process, whatever ends in between."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from slack_sdk import WebClient

from bot.delivery.weekly import Weeklies
from bot.practice import Practice
from bot.store import Chosen
from bot.trends.turns import Turn
from bot.trends.values import DAY, HOUR, WEEK
from catalogue import Catalogue
from tests.delivery.telling import TEAM, Office

MONDAY = datetime(2027, 1, 18, 9, tzinfo=UTC).timestamp()
FULL = ("sendmail.mailbox.full", "sendmail")


@pytest.fixture
def office(catalogue: Catalogue, tmp_path: pathlib.Path, workspace: Practice, client: WebClient) -> Iterator[Office]:
    """A channel that wants its week on Mondays at nine; it is nine."""
    made = Office(catalogue, tmp_path, workspace, client)
    made.process()
    made.now = MONDAY
    made.wants(Turn(), MONDAY)
    yield made
    made.close()


def test_two_processes_tell_it_once_and_again_a_week_later(office: Office) -> None:
    """Each looks at every beat; a third that starts afterwards finds nothing to do."""
    office.sees(FULL, DAY, 2 * DAY)
    both = [Weeklies(office.process(), TEAM) for _ in range(2)]
    for one in (*both, *both, Weeklies(office.process(), TEAM)):
        one.run()

    assert ["The week: 2"] == [message["text"][:11] for message in office.said()]
    assert office.due_at() == MONDAY + WEEK

    office.now += WEEK
    for one in both:
        one.run()

    assert len(office.said()) == 2


def test_a_process_that_ended_before_it_posted_is_followed_by_another(office: Office) -> None:
    """Once its claim is over; not while it may still be at it."""
    gone, here = office.process(), Weeklies(office.process(), TEAM)
    assert gone.store.claim(*office.where, f"week:{int(MONDAY)}", "", "week")

    here.run()
    assert (office.said(), office.due_at()) == ([], MONDAY)

    office.now += 61
    here.run()
    assert len(office.said()) == 1
    assert office.due_at() == MONDAY + WEEK


def test_a_process_that_ended_after_it_posted_is_not_followed_by_a_second_message(office: Office) -> None:
    """The next one finds the message in the channel, and closes the claim."""
    key = f"week:{int(MONDAY)}"
    gone = office.process()
    assert gone.store.claim(*office.where, key, "", "week")
    metadata = {"event_type": "smtp_bot_answer", "event_payload": {"answers": key}}
    office.client.chat_postMessage(channel=office.channel, text="The week", metadata=metadata)
    office.now += 61
    Weeklies(office.process(), TEAM).run()

    assert len(office.said()) == 1
    assert office.due_at() == MONDAY + WEEK


@pytest.mark.parametrize(("how", "performed"), [(500, True), (500, False), ("ratelimited", False)])
def test_slacks_bad_moments_neither_double_nor_lose_it(office: Office, how: str | int, performed: bool) -> None:
    """An answer that got lost, an error, a limit."""
    office.practice.fail_next("chat.postMessage", how, performed=performed)
    Weeklies(office.process(), TEAM).run()

    assert len(office.said()) == 1
    assert office.due_at() == MONDAY + WEEK


def test_a_slack_that_does_not_answer_is_asked_again_at_the_next_beat(office: Office) -> None:
    """The claim is free at once."""
    weeklies = Weeklies(office.process(), TEAM)
    office.practice.fail_next("chat.postMessage", 500, 8)
    weeklies.run()
    assert (office.said(), office.due_at()) == ([], MONDAY)

    weeklies.run()
    assert len(office.said()) == 1


def test_what_is_half_a_day_late_waits_for_the_next_week(office: Office) -> None:
    """Eleven hours late is told, thirteen is not; what another process had begun of it is closed."""
    office.now += 11 * HOUR
    Weeklies(office.process(), TEAM).run()
    assert len(office.said()) == 1

    gone = office.process()
    office.now = MONDAY + WEEK
    assert gone.store.claim(*office.where, f"week:{int(MONDAY + WEEK)}", "", "week")
    office.now += 13 * HOUR
    Weeklies(office.process(), TEAM).run()
    assert len(office.said()) == 1
    assert gone.store.backlog()[0] == 0
    assert office.due_at() == MONDAY + 2 * WEEK


def test_a_paused_channel_is_left_in_peace(office: Office) -> None:
    """That week is left out; the next is told."""
    delivery = office.process()
    delivery.store.choose((*office.where, ""), Chosen(since=MONDAY - 60, until=MONDAY + HOUR))
    Weeklies(delivery, TEAM).run()
    assert office.said() == []

    office.now += WEEK
    Weeklies(delivery, TEAM).run()
    assert len(office.said()) == 1


def test_a_channel_that_refuses_it_does_not_stop_the_others(office: Office) -> None:
    """An archived channel is asked once a week."""
    other = office.practice.adds_channel("telling-archived")
    here, office.channel = office.channel, other
    office.wants(Turn(), MONDAY - 1)
    office.practice.archives(other)
    Weeklies(office.process(), TEAM).run()

    assert office.said() == []
    assert office.due_at() == MONDAY + WEEK
    office.channel = here
    assert len(office.said()) == 1
