"""HTTP mode: the same app behind signed requests, from the paste to the window, and closed to everybody but Slack."""

from __future__ import annotations

import json
import pathlib
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from bot.app import connect, greet, pointed_at
from bot.operations import Pages
from bot.practice import Practice
from bot.practice.signed import signature
from bot.settings import Settings
from bot.slack.connection import Connection
from bot.slack.requests import MOST_BYTES, OLDEST, PATH
from bot.store import Store
from catalogue import Catalogue
from tests.databases import fresh
from tests.e2e.conftest import PASTE

COMMAND = {"command": "/smtp", "text": "451", "channel_id": "C0EMAILOPS", "user_id": "U0ALEX", "team_id": "T0PRACTICE"}


class Signed:
    """The bot in HTTP mode, the workspace that posts to it, and whoever else does."""

    def __init__(self, catalogue: Catalogue, folder: pathlib.Path, practice: Practice) -> None:
        self.practice = practice
        chosen = Settings(database_url=fresh(folder), incident_hours=0, signing_secret=practice.signing_secret)
        settings = pointed_at(practice, chosen)
        self.settings = Settings(
            **{name: getattr(settings, name) for name in settings.__struct_fields__} | {"app_token": ""}
        )
        self.store = Store(self.settings.database_url)
        self.pages = Pages(("127.0.0.1", 0))
        self.connection: Connection = connect(self.settings, catalogue, self.store)
        self.pages.open(self.connection, self.store, catalogue)
        self.url = f"http://127.0.0.1:{self.pages.port}{PATH}"
        practice.use_http(self.url)

    def close(self) -> None:
        """Ends it."""
        self.connection.close()
        self.pages.stop()
        self.store.close()

    def answers(self, ts: str) -> list[dict[str, Any]]:
        """The bot's replies to a message, once all is quiet."""
        self.practice.idle()
        return [one for one in self.practice.replies(ts) if one.get("app_id") == "A0SMTPBOT"]

    def whispered(self) -> int:
        """How many messages single persons have seen, once all is quiet."""
        self.practice.idle()
        return len(self.practice.ephemerals())

    def sends(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """Posts something, and gives status and body."""
        request = urllib.request.Request(self.url, body, headers, method="POST")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=10) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as wrong:
            with wrong:
                return wrong.code, wrong.read()

    def headers(self, body: bytes, *, age: float = 0.0, secret: str = "", **more: str) -> dict[str, str]:
        """A request's headers, signed so long ago, with Slack's secret or another."""
        kind = "application/json" if body.startswith(b"{") else "application/x-www-form-urlencoded"
        signed = signature(body, secret or self.practice.signing_secret, int(time.time() - age))
        return {"Content-Type": kind, **signed, **more}

    def typed(self) -> bytes:
        """A slash command as Slack posts it."""
        place = self.practice.channel("email-ops")
        url = self.practice.stage.hooks.url(place, "U0ALEX")
        return urllib.parse.urlencode(COMMAND | {"response_url": url}).encode()


@pytest.fixture(scope="module")
def signed(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signed]:
    """One bot in HTTP mode for all tests here; the workspace tries again after a second."""
    with Practice(ack_within=1.0) as practice:
        running = Signed(catalogue, tmp_path_factory.mktemp("signed"), practice)
        yield running
        running.close()


def test_a_paste_gets_its_card_and_its_thread(signed: Signed) -> None:
    """A paste, a question in its thread, a button and a choice in the menu: all over signed requests."""
    ts = signed.practice.says(PASTE)
    [card] = signed.answers(ts)
    before = signed.whispered()
    signed.practice.presses("ask.steps", card)

    assert signed.whispered() == before + 1

    signed.practice.says("do we retry?", thread_ts=ts)

    assert len(signed.answers(ts)) == 2


def test_a_command_is_answered(signed: Signed) -> None:
    """Typed by one person, answered to that person, once."""
    before = signed.whispered()
    signed.practice.command("/smtp 451")

    assert signed.whispered() == before + 1


def test_a_window_gets_its_answer_in_its_place(signed: Signed) -> None:
    """What a submitted window is answered with comes back as the body of the answer."""
    signed.practice.global_shortcut("explain_paste")
    window = signed.practice.waits_for(lambda: signed.practice.modal() or {})
    signed.practice.submits(window, {"paste": ""})
    signed.practice.idle()

    assert signed.practice.modal() is not None

    signed.practice.submits(window, {"paste": PASTE})
    shown = signed.practice.waits_for(
        lambda: (view := signed.practice.modal()) and view["title"]["text"] == "What it says" and view
    )

    assert "no such mailbox" in json.dumps(shown)


def test_the_address_is_verified(signed: Signed) -> None:
    """Slack asks for a challenge when the address is entered, and looks at the certificate now and then."""
    body = json.dumps({"type": "url_verification", "token": "x", "challenge": "3eZbrw1aB"}).encode()

    assert signed.sends(body, signed.headers(body)) == (200, b'{"challenge":"3eZbrw1aB"}')
    assert signed.sends(b"ssl_check=1&token=x", signed.headers(b"ssl_check=1&token=x"))[0] == 200


def test_nobody_but_slack_is_heard(signed: Signed) -> None:
    """Another secret, no signature, another body, a time that is none: 401, and nothing happens."""
    body, before = signed.typed(), signed.whispered()
    good = signed.headers(body)
    forged = [
        signed.headers(body, secret="0" * 32),
        {name: value for name, value in good.items() if "Signature" not in name},
        {name: value for name, value in good.items() if "Timestamp" not in name},
        good | {"X-Slack-Signature": "v0=\u00e9"},
        good | {"X-Slack-Signature": ""},
        good | {"X-Slack-Request-Timestamp": "now"},
        good | {"X-Slack-Request-Timestamp": "9" * 400},
        good | {"X-Slack-Request-Timestamp": "-1"},
    ]

    assert {signed.sends(body, headers)[0] for headers in forged} == {401}
    assert signed.sends(body + b"&text=550", good)[0] == 401
    assert signed.whispered() == before


def test_an_old_request_is_refused(signed: Signed) -> None:
    """What was recorded more than five minutes ago, or is from the future, is no request of Slack's."""
    body, before = signed.typed(), signed.whispered()

    assert signed.sends(body, signed.headers(body, age=OLDEST + 2))[0] == 401
    assert signed.sends(body, signed.headers(body, age=-OLDEST - 2))[0] == 401
    assert signed.whispered() == before


def test_a_replayed_command_does_nothing_more(signed: Signed) -> None:
    """The very same request within the five minutes is acknowledged, and not done again."""
    body, before = signed.typed(), signed.whispered()
    headers = signed.headers(body)

    assert [signed.sends(body, headers)[0] for _ in range(3)] == [200] * 3
    assert signed.whispered() == before + 1


def test_slack_trying_again_gets_no_second_card(signed: Signed) -> None:
    """The same event with X-Slack-Retry-Num, also under a new signature, is known already."""
    ts = signed.practice.says(PASTE + "\nagain")
    assert len(signed.answers(ts)) == 1
    for attempt in (1, 2, 3):
        assert signed.practice.redeliver(ts, attempt=attempt) == 1

    assert len(signed.answers(ts)) == 1


def test_a_lost_acknowledgement_gets_no_second_card(signed: Signed) -> None:
    """Slack never hears of the 200, and sends the event again."""
    signed.practice.lose_acks(1)
    ts = signed.practice.says(PASTE + "\nlost")
    signed.practice.waits_for(lambda: signed.practice.replies(ts))

    assert len(signed.answers(ts)) == 1


def test_the_claim_is_made_before_the_200(signed: Signed) -> None:
    """When Slack gets its 200, a crash can no longer lose the message."""
    ts = signed.practice.workspace.next_ts()
    event = {
        "type": "message",
        "channel": "C0EMAILOPS",
        "channel_type": "channel",
        "user": "U0ALEX",
        "ts": ts,
        "text": PASTE,
    }
    body = json.dumps({"type": "event_callback", "team_id": "T0PRACTICE", "event": event}).encode()

    assert signed.sends(body, signed.headers(body))[0] == 200
    assert signed.store.claim("T0PRACTICE", "C0EMAILOPS", ts, ts, "bounce") is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{" + b'"a":[' * 200_000, 400),
        (b'{"type": "event_callback", "event": ', 400),
        (b"[1, 2]", 200),
        (b"payload=%7Bnot+json", 400),
        (b"payload=%5B%5D", 400),
        (b"\xff\xfe\x00", 400),
        (b"{}", 200),
        (b'{"type": "event_callback", "event": {"type": ["message"], "channel": {}}}', 200),
        (b"a=1&" * 200, 400),
    ],
)
def test_a_signed_body_that_is_none_does_no_harm(signed: Signed, body: bytes, status: int) -> None:
    """What cannot be read is refused, what Slack would not send is acknowledged and left alone."""
    assert signed.sends(body, signed.headers(body))[0] == status


def test_a_body_without_end_is_not_read(signed: Signed) -> None:
    """More than Slack ever sends is refused, before its signature is even looked at."""
    body = b"x" * (MOST_BYTES + 1)
    try:
        status = signed.sends(body, signed.headers(body))[0]
    except OSError:  # the connection is closed while the rest is still on its way
        status = 413

    assert status == 413


def test_the_pages_for_operators_are_beside_it(signed: Signed) -> None:
    """One server for both: /readyz says that requests are taken."""
    with urllib.request.urlopen(signed.url.replace(PATH, "/readyz"), timeout=10) as response:
        assert json.load(response) == {"ready": True, "slack": "ok", "database": "ok", "catalogue": "ok"}


def test_the_start_says_which_way_is_chosen(signed: Signed, capsys: pytest.CaptureFixture[str]) -> None:
    """Without an app token the bot waits for requests, and says where."""
    greet(signed.settings, None)

    assert "Waiting for Slack's signed requests at http://127.0.0.1:3000/slack/events." in capsys.readouterr().out
