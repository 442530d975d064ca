"""Connections to the Web API are used again while they are good, and a request is never sent twice."""

from __future__ import annotations

import http.server
import select
import threading
from collections.abc import Iterator
from http.client import HTTPException

import pytest
from slack_sdk.errors import SlackApiError

from bot.app import web_client
from bot.settings import Settings
from bot.slack.client import Client
from bot.slack.ending import Ending


class Answering(http.server.BaseHTTPRequestHandler):
    """Answers each request by the next of ``plan``: a status, "bye" (closes after it), "drop" (closes before it)."""

    protocol_version = "HTTP/1.1"
    plan: list[object]
    seen: list[tuple[str, int]]
    lengths: list[int]

    def do_POST(self) -> None:
        """One request."""
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.lengths.append(len(self.headers.get_all("Content-Length", [])))
        self.seen.append((self.path, self.client_address[1]))
        how = self.plan.pop(0) if self.plan else 200
        self.close_connection = how in ("bye", "drop")
        if how == "drop":
            return
        body = b'{"ok": true}' if how in (200, "bye") else b'{"ok": false, "error": "ratelimited"}'
        self.send_response(how if isinstance(how, int) else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After", "7")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[http.server.ThreadingHTTPServer]:
    """A Web API of the test's own."""
    Answering.plan, Answering.seen, Answering.lengths = [], [], []
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    made.daemon_threads = True
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def client(server: http.server.ThreadingHTTPServer) -> Client:
    """The bot's client on it."""
    made = web_client(Settings(bot_token="xoxb-x", api_url=f"http://127.0.0.1:{server.server_port}/api/"))
    assert isinstance(made, Client)
    return made


def test_one_connection_serves_many_calls(client: Client) -> None:
    """A new one for each would be a TLS handshake for each."""
    for _ in range(5):
        client.api_test()

    assert len({port for _, port in Answering.seen}) == 1


def test_a_connection_that_ended_is_not_used_again(client: Client) -> None:
    """The server closes it after an answer: the next call has one of its own, and succeeds."""
    Answering.plan += ["bye"]
    client.api_test()
    [[(_, kept)]] = client._pool._idle.values()
    assert select.select([kept.sock], [], [], 10)[0], "the server closes it soon"
    client.api_test()

    assert len({port for _, port in Answering.seen}) == 2


def test_a_call_without_an_answer_is_not_sent_again(client: Client) -> None:
    """Whether it was carried out is for the caller to find out."""
    client.api_test()
    Answering.plan += ["drop"]
    with pytest.raises((OSError, HTTPException)):
        client.chat_postMessage(channel="C1", text="once")

    assert [path for path, _ in Answering.seen].count("/api/chat.postMessage") == 1


def test_refusals_keep_the_connection_and_their_headers(client: Client) -> None:
    """429 says for how long to wait; the connection is good for the next call."""
    Answering.plan += [429]
    with pytest.raises(SlackApiError) as refused:
        client.api_test()
    client.api_test()

    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"
    assert len({port for _, port in Answering.seen}) == 1


def test_calls_from_many_threads_do_not_mix(client: Client) -> None:
    """Each call has a connection of its own while it lasts."""
    failed: list[BaseException] = []

    def calls() -> None:
        try:
            for _ in range(20):
                assert client.api_test()["ok"]
        except BaseException as wrong:  # noqa: BLE001 - shown by the assertion
            failed.append(wrong)

    threads = [threading.Thread(target=calls) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert failed == []
    assert len(Answering.seen) == 160


def test_a_file_is_sent_with_one_length(client: Client, server: http.server.ThreadingHTTPServer) -> None:
    """slack_sdk counts an upload's bytes itself: two counts in one request are refused by servers (RFC 9112, 6.3)."""
    said = client.api_call("files.test", files={"file": b"x" * 100_000}, data={"filename": "a.txt"})

    assert said["ok"]
    assert Answering.lengths[-1] == 1
    assert client.api_test()["ok"]


def test_no_line_can_be_slipped_into_a_request(server: http.server.ThreadingHTTPServer) -> None:
    """A token with a line break in it is an error here, and nothing is sent."""
    made = web_client(Settings(bot_token="xoxb-x\r\nX-More: y", api_url=f"http://127.0.0.1:{server.server_port}/api/"))
    with pytest.raises(ValueError, match="Invalid header value"):
        made.api_test()

    assert Answering.seen == []


def test_an_ending_hears_of_a_revoked_bot_token() -> None:
    """Whatever method said so; any other refusal is no reason to end."""
    ending = Ending(threading.Event())
    ending.refused("channel_not_found", "chat.postMessage")
    assert ending.reason == ""
    ending.refused("token_revoked", "chat.postMessage")
    ending.refused("invalid_auth", "apps.connections.open")

    assert ending.reason.startswith("Slack refuses SLACK_BOT_TOKEN (token_revoked): copy the Bot User OAuth Token")
