"""Files that people share: fetched from Slack alone, read with care, and never a reason for noise."""

from __future__ import annotations

import gzip
import http.server
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.conftest import PASTE, Bot
from tests.e2e.test_once import claims

REPORT = """\
From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
To: sender@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; ann@example.net
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552 5.2.2 Mailbox full

--cut--
"""
FULL = (
    "Nov  6 09:00:01 mx1 postfix/smtp[812]: 4F1A2B3C4D: to=<u{n}@example.net>, relay=mx.example.net[192.0.2.40]:25,"
    " delay=1, dsn=5.2.2, status=bounced (host mx.example.net[192.0.2.40] said: 552 5.2.2 Mailbox full"
    " (in reply to RCPT TO command))\n"
)
LETTER = "From: ann@example.net\nTo: bob@example.org\nSubject: Lunch\nDate: Mon, 2 Nov 2026 10:00:00 +0000\n\nAt 12?\n"


def seen(answer: dict[str, Any]) -> str:
    """All that an answer shows."""
    return str(answer["text"]) + str(answer.get("blocks"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bounce.eml", REPORT.encode()),
        ("bounce.eml", REPORT.replace("\n", "\r\n").encode("utf-16")),
        ("mail.log", FULL.format(n=1).encode()),
        ("mail.log.1", FULL.format(n=1).encode()),
        ("notes.txt", FULL.format(n=1).encode()),
        ("mail.log.gz", gzip.compress(FULL.format(n=1).encode())),
        ("event.json", b'{"event": "bounce", "email": "ann@example.net", "reason": "552 5.2.2 Mailbox full"}'),
    ],
)
def test_a_shared_file_gets_one_card(bot: Bot, name: str, content: bytes) -> None:
    """A report, a log, a packed log or a webhook in a watched channel is answered in its thread, once."""
    ts = bot.practice.uploads(name, content)
    [card] = bot.answers(ts)
    bot.practice.redeliver(ts)

    assert "552 5.2.2" in seen(card)
    assert len(bot.answers(ts)) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lunch.eml", LETTER.encode()),
        ("notes.txt", b"lunch at 12? 451 people\n" * 200),
        ("data.csv", b"a,b\n1,2\n"),
        ("picture.txt", b"\x89PNG\r\n\0\0\0\rIHDR"),
        ("empty.log", b""),
        ("broken.log.gz", b"\x1f\x8b\x08\x00garbage"),
    ],
)
def test_a_file_without_a_bounce_ends_in_silence(bot: Bot, name: str, content: bytes) -> None:
    """Nothing is posted or whispered; the claim is closed, so that nobody looks again."""
    whispered = len(bot.practice.ephemerals())
    ts = bot.practice.uploads(name, content)

    assert bot.answers(ts) == []
    assert len(bot.practice.ephemerals()) == whispered
    assert dict(claims(bot))[ts] == "passed"


def test_a_picture_is_never_looked_at(bot: Bot) -> None:
    """What cannot hold a bounce is not even claimed."""
    ts = bot.practice.uploads("cat.png", b"\x89PNG\r\n")

    assert bot.answers(ts) == []
    assert ts not in dict(claims(bot))


def test_a_snippet_that_its_event_cut_is_fetched(bot: Bot) -> None:
    """The preview of a long snippet ends before the bounce does."""
    [card] = bot.answers(bot.practice.uploads("pasted", ("-- log --\n" * 100 + PASTE).encode(), snippet=True))

    assert "5.1.1" in seen(card)


def test_a_file_of_another_company_is_asked_for_first(bot: Bot) -> None:
    """In a shared channel (Slack Connect) the event only names it: files.info tells the rest."""
    [card] = bot.answers(bot.practice.uploads("bounce.eml", REPORT.encode(), connect=True))

    assert "552 5.2.2" in seen(card)


def test_text_and_file_are_one_card(bot: Bot) -> None:
    """A line pasted as the comment of a log is summed up with it."""
    [card] = bot.answers(bot.practice.uploads("mail.log", (FULL.format(n=1) * 2).encode(), comment=PASTE))

    assert "2 causes in 3 deliveries" in seen(card)


def test_who_asks_about_a_file_always_gets_a_sentence(bot: Bot) -> None:
    """A mention is a question: generous reading, and "nothing found" instead of silence."""
    for name, content, said in (
        ("lunch.eml", LETTER.encode(), "no bounce"),
        ("cat.png", b"\x89PNG", "kind of file"),
        ("bounce.msg", b"\xd0\xcf\x11\xe0\0", ".eml"),
    ):
        [answer] = bot.answers(bot.practice.uploads(name, content, comment="@smtp-bot what is this?"))

        assert said in seen(answer)


def test_outlook_files_get_one_private_line(alone: Bot) -> None:
    """Who shares a .msg learns how to save a mail as .eml, privately, and once a day."""
    alone.start()
    first, second = (alone.practice.uploads("bounce.msg", b"\xd0\xcf\x11\xe0\0") for _ in "ab")
    [whisper] = alone.whispers()

    assert ".eml" in whisper["text"]
    assert alone.answers(first) == alone.answers(second) == []


def test_a_big_file_is_read_from_its_beginning(alone: Bot) -> None:
    """Only so much as SMTP_BOT_FILE_MB is read, and the card says so."""
    alone.settings = type(alone.settings)(database_url=alone.settings.database_url, file_mb=1)
    alone.start()
    ts = alone.practice.uploads("mail.log", (FULL.format(n=1) + "x" * 99 + "\n").encode() * 4_500)
    [card] = alone.practice.waits_for(lambda: alone.practice.replies(ts), 60)

    assert "only its beginning" in seen(card)


def test_a_gzip_bomb_is_unpacked_to_the_cap_and_no_further(alone: Bot) -> None:
    """Hundreds of megabytes of nothing end at SMTP_BOT_FILE_MB."""
    alone.settings = type(alone.settings)(database_url=alone.settings.database_url, file_mb=1)
    alone.start()
    bomb = gzip.compress(FULL.format(n=1).encode() + b"\n" * 200_000_000, 9)
    ts = alone.practice.uploads("mail.log.gz", bomb)
    [card] = alone.practice.waits_for(lambda: alone.practice.replies(ts), 60)

    assert "only its beginning" in seen(card)


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """Another server, which notes what it is sent."""

    asked: list[str]

    def do_GET(self) -> None:
        """Answers with a bounce, to see whether it would be believed."""
        self.asked.append(str(self.headers.get("Authorization")))
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(PASTE.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """The address of a server that is not Slack, and the tokens it was sent."""
    asked: list[str] = []
    with http.server.HTTPServer(("127.0.0.1", 0), type("Noting", (Elsewhere,), {"asked": asked})) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/bounce.eml", asked
        server.shutdown()
        thread.join()


def altered(bot: Bot, name: str, url: str) -> str:
    """Shares a file whose address is another one."""
    keep = bot.practice.workspace.keep_file

    def moved(file: dict[str, Any], content: bytes) -> dict[str, Any]:
        return keep(file | {"url_private": url, "url_private_download": url}, content)

    bot.practice.workspace.keep_file = moved  # type: ignore[method-assign]
    try:
        return bot.practice.uploads(name, REPORT.encode(), comment="@smtp-bot please")
    finally:
        bot.practice.workspace.keep_file = keep  # type: ignore[method-assign]


def test_the_token_goes_to_no_other_server(bot: Bot, elsewhere: tuple[str, list[str]]) -> None:
    """A file that claims to be elsewhere is not fetched; who asked is told."""
    url, asked = elsewhere
    [answer] = bot.answers(altered(bot, "bounce.eml", url))

    assert "Slack's own servers" in seen(answer)
    assert asked == []


def test_no_redirect_leads_elsewhere(bot: Bot, elsewhere: tuple[str, list[str]]) -> None:
    """A redirect is followed to Slack's hosts alone."""
    url, asked = elsewhere
    bot.practice.fail_next("files-pri", f"redirect {url}")
    [answer] = bot.answers(bot.practice.uploads("bounce.eml", REPORT.encode(), comment="@smtp-bot please"))

    assert "Slack's own servers" in seen(answer)
    assert asked == []


def test_a_redirect_within_slack_is_followed(bot: Bot) -> None:
    """Workspaces send downloads on to another address of theirs."""
    bot.practice.fail_next("files-pri", "redirect ?again")

    assert len(bot.answers(bot.practice.uploads("bounce.eml", REPORT.encode()))) == 1


def test_a_login_page_is_recognised_and_said_once(alone: Bot) -> None:
    """Without files:read Slack serves a page to sign in, with status 200: the poster hears of it, one time."""
    alone.start()
    alone.practice.fail_next("files-pri", "login", times=2)
    for _ in "ab":
        assert alone.answers(alone.practice.uploads("bounce.eml", REPORT.encode())) == []
    [whisper] = alone.whispers()

    assert "files:read" in whisper["text"]


@pytest.mark.parametrize("how", ["ratelimited", 503])
def test_a_download_that_fails_is_tried_again(bot: Bot, how: str | int) -> None:
    """Slack's file host is busy or down for a moment: no bounce is lost."""
    bot.practice.fail_next("files-pri", how)
    ts = bot.practice.uploads("bounce.eml", REPORT.encode())
    bot.practice.waits_for(lambda: bot.practice.replies(ts))

    assert len(bot.answers(ts)) == 1


def test_a_file_that_is_gone_is_silence(bot: Bot) -> None:
    """Deleted before the bot could read it."""
    bot.practice.fail_next("files-pri", 404)

    assert bot.answers(bot.practice.uploads("bounce.eml", REPORT.encode())) == []


def test_an_email_whose_text_the_event_left_out_is_fetched(bot: Bot) -> None:
    """Of a long mail the event holds the beginning only; the file is its HTML body."""
    keep = bot.practice.workspace.keep_file

    def longer(file: dict[str, Any], content: bytes) -> dict[str, Any]:
        return keep(file | {"plain_text": "", "has_more": True}, content)

    bot.practice.workspace.keep_file = longer  # type: ignore[method-assign]
    try:
        ts = bot.practice.forwards_email("Undelivered Mail Returned to Sender", "Sorry.\n" * 200 + PASTE)
    finally:
        bot.practice.workspace.keep_file = keep  # type: ignore[method-assign]
    [card] = bot.answers(ts)

    assert "5.1.1" in seen(card)
