"""What an operator's tools see: live, ready, and figures that agree with what the bot did."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app import pointed_at, run
from bot.operations import Pages
from bot.practice.people import BOT_USER, TEAM_ID, YOU
from bot.serving import AddressError
from tests.e2e.conftest import PASTE, Bot

LOOPBACK = ("127.0.0.1", 0)


class Seen:
    """The pages of a running bot, as a tool reads them."""

    def __init__(self, bot: Bot) -> None:
        self.bot, self._pages = bot, Pages(LOOPBACK)
        self._pages.open(*bot.newest)

    def get(self, path: str) -> tuple[int, str]:
        """A page's status and text."""
        found = fetched(self._pages.port, path)
        assert found is not None
        return found

    def figures(self) -> dict[str, float]:
        """All figures, each by its name and labels."""
        status, text = self.get("/metrics")
        assert status == 200
        samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
        return {named(sample.name, sample.labels): sample.value for sample in samples}

    def risen(self, before: dict[str, float]) -> dict[str, float]:
        """What has risen since, but for the process's own figures."""
        now = self.figures()
        ours = {name: value - before.get(name, 0) for name, value in now.items() if name.startswith("smtp_bot_")}
        return {name: rise for name, rise in ours.items() if rise > 0 and "_bucket" not in name}

    def stop(self) -> None:
        """Ends the pages."""
        self._pages.stop()


def fetched(port: int, path: str) -> tuple[int, str] | None:
    """A page's status and text; None where nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as wrong:
        with wrong:
            return wrong.code, wrong.read().decode()
    except OSError:
        return None


def named(name: str, labels: dict[str, str]) -> str:
    """A sample's name with its labels' values, in the order of the labels' names."""
    return " ".join((name, *(labels[label] for label in sorted(labels))))


@pytest.fixture
def seen(bot: Bot) -> Iterator[Seen]:
    """The pages of the bot that the tests share."""
    pages = Seen(bot)
    yield pages
    pages.stop()


def test_a_running_bot_is_live_and_ready(seen: Seen) -> None:
    """Both pages say so, with what was looked at."""
    live, ready = seen.get("/healthz"), seen.get("/readyz")

    assert (live[0], json.loads(live[1])["live"]) == (200, True)
    assert (200, {"ready": True, "slack": "ok", "database": "ok", "catalogue": "ok"}) == (
        ready[0],
        json.loads(ready[1]),
    )


def test_what_is_missing_is_named(alone: Bot) -> None:
    """Without Slack and without its database the bot lives and is not ready; the page says which, and what to do."""
    alone.start()
    seen = Seen(alone)
    connection, _, _ = alone.newest
    connection.close()
    with contextlib.closing(sqlite3.connect(alone.database)) as database:
        database.execute("DROP TABLE answers")
    status, text = seen.get("/readyz")
    figures = seen.figures()
    seen.stop()

    found = json.loads(text)
    assert (503, False, "ok") == (status, found["ready"], found["catalogue"])
    assert "not connected" in found["slack"]
    assert "start the bot again" in found["database"]
    assert figures["smtp_bot_connected"] == 0
    assert "smtp_bot_unanswered" not in figures


def test_a_card_is_counted_with_its_time(seen: Seen) -> None:
    """A paste, chat beside it, and the card's own message: one answer by the provider's words, the rest silent."""
    before = seen.figures()
    seen.bot.answers(seen.bot.practice.says(PASTE))
    seen.bot.practice.says("lunch at 12?")
    seen.bot.practice.idle()
    rise = seen.risen(before)

    assert rise["smtp_bot_answers_total provider bounce"] == 1
    assert rise["smtp_bot_messages_total claimed"] == 1
    assert rise["smtp_bot_messages_total silent"] >= 1
    assert rise["smtp_bot_time_to_card_seconds_count"] == 1
    assert 0 < rise["smtp_bot_time_to_card_seconds_sum"] < 60


def test_private_answers_and_what_is_not_recognised_are_counted(seen: Seen) -> None:
    """`/smtp` with a code is an answer; a mention without an error in it is something that was not recognised."""
    before = seen.figures()
    seen.bot.command("/smtp 451 4.7.1")
    seen.bot.answers(seen.bot.practice.says(f"<@{BOT_USER}> zorp glim", "email-ops"))
    rise = seen.risen(before)

    assert [1] == [
        value for name, value in rise.items() if name.startswith("smtp_bot_answers_total") and "private" in name
    ]
    assert rise["smtp_bot_unrecognised_total"] == 1


def test_slacks_errors_are_counted_by_method_and_kind(seen: Seen) -> None:
    """A limit and a refusal count as Slack's errors; the message that is refused for good as failed."""
    before = seen.figures()
    seen.bot.practice.fail_next("chat.postMessage", "is_archived")
    seen.bot.answers(seen.bot.practice.says(PASTE))
    seen.bot.practice.fail_next("chat.postMessage", "ratelimited")
    limited = seen.bot.practice.says(PASTE)
    seen.bot.practice.waits_for(lambda: seen.bot.practice.replies(limited))
    rise = seen.risen(before)

    assert rise["smtp_bot_slack_errors_total ratelimited chat.postMessage"] == 1
    assert rise["smtp_bot_slack_errors_total is_archived chat.postMessage"] == 1
    assert rise["smtp_bot_failed_total refused"] == 1


def test_an_error_within_a_listener_is_counted(seen: Seen) -> None:
    """What Slack refuses to a listener's own client counts too, and as an error of the bot's."""
    ts = seen.bot.practice.says(PASTE)
    [card] = seen.bot.answers(ts)
    before = seen.figures()
    seen.bot.practice.fail_next("chat.postEphemeral", "internal_error")
    seen.bot.practice.presses("ask.steps", card)
    seen.bot.practice.idle()
    rise = seen.risen(before)

    assert rise["smtp_bot_slack_errors_total internal_error chat.postEphemeral"] == 1
    assert rise["smtp_bot_errors_total"] == 1


def test_connections_that_break_are_counted(alone: Bot) -> None:
    """A cut and the connection after it; the sweep that follows."""
    alone.start()
    seen = Seen(alone)
    before = seen.figures()
    alone.practice.cut()
    alone.practice.waits_for(lambda: seen.risen(before).get("smtp_bot_connections_total"), 30)
    alone.practice.waits_for(lambda: seen.risen(before).get("smtp_bot_sweeps_total read"), 30)
    rise = seen.risen(before)
    seen.stop()

    assert rise["smtp_bot_disconnections_total"] >= 1


def test_the_pages_name_nobody(seen: Seen) -> None:
    """No id of a team, a channel or a person, no address, no token and no word of a bounce is on them."""
    ts = seen.bot.practice.says(PASTE + " for nobody-at-all@example.com")
    seen.bot.answers(ts)
    text = "".join(seen.get(path)[1] for path in ("/healthz", "/readyz", "/metrics"))
    channel = seen.bot.practice.channel("email-ops").id

    hidden = (TEAM_ID, channel, YOU, BOT_USER, ts, "nobody-at-all", "example.com", "xoxb-", "xapp-", "tried to reach")
    assert [] == [word for word in hidden if word in text]


def test_other_addresses_and_methods_get_nothing(seen: Seen) -> None:
    """The pages answer GET at three addresses."""
    assert seen.get("/")[0] == seen.get("/debug")[0] == 404


def test_a_process_serves_its_pages_until_it_ends(alone: Bot, quiet_again: None) -> None:
    """From the start to the stop, and with status 0."""
    found, stop = Pages(LOOPBACK), threading.Event()
    found.stop()
    chosen = msgspec.structs.replace(pointed_at(alone.practice, alone.settings), http=("127.0.0.1", found.port))
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run, chosen, stop)
        alone.practice.connected()
        ready = alone.practice.waits_for(lambda: fetched(found.port, "/readyz"))
        stop.set()
        status = running.result(30)

    assert ready is not None
    assert (200, True) == (ready[0], json.loads(ready[1])["ready"])
    assert status == 0
    assert fetched(found.port, "/readyz") is None


def test_an_address_that_is_taken_stops_the_start(
    alone: Bot, quiet_again: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence names the setting; nothing is left running."""
    taken = Pages(LOOPBACK)
    with pytest.raises(AddressError):
        Pages(("127.0.0.1", taken.port))
    settings = pointed_at(alone.practice, alone.settings)
    status = run(msgspec.structs.replace(settings, http=("127.0.0.1", taken.port)), threading.Event())
    taken.stop()

    assert status == 2
    assert "SMTP_BOT_HTTP names 127.0.0.1" in capsys.readouterr().err
    assert not alone.practice.stage.sockets.connections
