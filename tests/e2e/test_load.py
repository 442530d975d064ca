"""More than a workspace ever writes, at once: every bounce has its card, and who types a command is not kept waiting."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

from bot.practice import Practice
from catalogue import Catalogue
from tests.e2e.conftest import PASTE, Bot

# What Slack waits for an acknowledgement before it shows people an error.
PROMISED = 3.0
LARGE = "\n".join(f"550 5.1.1 <user{n}@example.com>: Recipient address rejected: User unknown" for n in range(300))


@pytest.fixture
def busy(catalogue: Catalogue, tmp_path: pathlib.Path) -> Iterator[Bot]:
    """A bot whose workspace waits for an acknowledgement as long as Slack does."""
    with Practice(ack_within=PROMISED) as server:
        running = Bot(catalogue, tmp_path / "bot.sqlite3", server)
        running.start()
        yield running
        running.stop()


def test_a_flood_keeps_no_command_waiting_and_loses_no_bounce(busy: Bot) -> None:
    """Chat, large pastes and commands all at once: none of Slack's "did not respond", and one card for each bounce."""
    practice, pastes = busy.practice, []
    threads = [practice.says("any news?") for _ in range(3)]
    for n in range(300):
        practice.says(f"lunch at {n}?", thread_ts=threads[n % 3] if n % 2 else None)
        if n % 12 == 0:
            pastes.append(practice.says(LARGE if n % 24 else f"{PASTE} {n}"))
        if n % 15 == 0:
            practice.command(f"/smtp 4{n % 50:02}")
    practice.waits_for(lambda: all(practice.replies(ts) for ts in pastes), 60)
    counts = [len(busy.answers(ts)) for ts in pastes]
    told = [message["text"] for message in practice.ephemerals()]

    assert counts == [1] * len(pastes)
    assert len(told) == 20
    assert [text for text in told if "failed with the error" in text] == []
