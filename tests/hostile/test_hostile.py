"""A short run of hostile payloads: no error, no refused post, no second answer, on every way in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from catalogue import Catalogue
from tests.hostile.driving import KINDS, Driver, Figures
from tests.hostile.room import Room
from tests.hostile.watching import watching

SEED, PAYLOADS = 20261125, 1_000


@pytest.fixture(scope="module")
def driver(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    """An app in a room where everything that people do was done once."""
    room = Room(catalogue, tmp_path_factory.mktemp("hostile"))
    try:
        yield Driver(room)
    finally:
        room.close()


def test_every_way_in_is_recorded(driver: Driver) -> None:
    """The real payloads hold each kind, and each button, option, window, command and event that the app has."""
    names = {one.name for one in driver.recorded}

    assert {one.kind for one in driver.recorded} == set(KINDS)
    assert not [
        wanted
        for wanted in (
            "event_callback message channel",
            "event_callback message message_changed channel",
            "event_callback message message_deleted channel",
            "event_callback message file_share channel",
            "event_callback app_mention",
            "event_callback reaction_added",
            "event_callback member_joined_channel C",
            "event_callback app_home_opened",
            "event_callback function_executed",
            "message_action explain_bounce",
            "shortcut explain_paste",
            "view_submission paste.explain",
            "view_submission case.solved",
            "view_submission case.handed",
            "block_actions home.search",
            "block_actions case.take",
            "block_actions post.card",
            "block_actions share.answer",
            "block_actions check.dns",
            "view_submission dns.look",
            "/smtp open",
        )
        if wanted not in names
    ]


def test_what_slack_really_sends_passes_the_door(driver: Driver) -> None:
    """Nothing of what was recorded is refused, and doing it once more is no error."""
    wrong = [one.name for one in driver.recorded if not driver.door.opens(one.payload)]
    figures = Figures()
    with watching(driver.stage) as finds:
        harm = [found for one in driver.recorded for found in driver.fed(one, one.payload, 1, finds, figures)]

    assert [] == wrong
    assert [] == harm


def test_hostile_payloads_do_no_harm(driver: Driver) -> None:
    """Missing keys, wrong types, huge and unreadable texts, tampered values, ids of nobody: nothing breaks, nobody gets two answers."""
    figures = driver.run(SEED, PAYLOADS)

    assert [] == figures.finds
    assert figures.posts > PAYLOADS / 10


def test_a_mark_without_a_message_is_not_listed(driver: Driver) -> None:
    """A press that says of no message that it was wrong leaves nothing whose address Slack would be asked for."""
    room = driver.room
    press = next(one for one in driver.recorded if one.name == "block_actions ask.menu wrong")
    place = {"type": "view", "view_id": "V1"}
    kept = {key: value for key, value in press.payload.items() if key != "message"}
    before = room.store.marked("T0PRACTICE", "C0EMAILOPS")

    room.take(press.kind, kept | {"container": place})

    assert room.store.marked("T0PRACTICE", "C0EMAILOPS") == before


def test_a_find_can_be_made_again(driver: Driver) -> None:
    """A seed and a number give the same changes each time."""
    made = [driver.made(SEED, 7)[0].name for _ in range(2)]

    assert made[0] == made[1]
    assert driver.made(SEED, 8) != driver.made(SEED + 1, 8)
