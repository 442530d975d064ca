"""What a text says is read from whatever people paste."""

from __future__ import annotations

import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import read, server_shaped
from bot.reading.decoding import decoded

DSN = """Reporting-MTA: dns; mail.example.com

Final-Recipient: rfc822; ann@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown

Final-Recipient: rfc822; bob@example.org
Action: delayed
Status: 4.2.2
Diagnostic-Code: smtp; 452 4.2.2 mailbox full
"""


def test_a_reply_is_read() -> None:
    """Reply code, enhanced code and recipient are found in one line."""
    [found] = read("550 5.1.1 <bob@example.com>: user unknown", "asked")

    assert (found.reply, found.enhanced, found.recipient) == ("550", "5.1.1", "bob@example.com")


def test_the_lines_of_one_reply_are_joined() -> None:
    """The codes that continue a reply are no part of its words."""
    [found] = read("550-5.7.26 This mail is\n550-5.7.26 unauthenticated, which poses\n550 5.7.26 a risk.", "asked")

    assert found.words == "This mail is unauthenticated, which poses a risk."


def test_each_recipient_of_a_report_is_found() -> None:
    """A report's fields give one finding a recipient, with the state of each mail; refusals come first."""
    found = read(DSN, "asked")

    assert [(f.recipient, f.reply, f.state) for f in found] == [
        ("ann@example.org", "550", "given-up"),
        ("bob@example.org", "452", "queued"),
    ]


def test_a_postfix_line_tells_the_state() -> None:
    """status=deferred is still queued; the remote host's words are what counts."""
    line = (
        "Nov 23 03:12:01 mx postfix/smtp[812]: 4F1: to=<cy@example.net>, relay=mx.example.net[192.0.2.7]:25, delay=3,"
        " dsn=4.7.1, status=deferred (host mx.example.net[192.0.2.7] said: 451 4.7.1 Greylisted (in reply to RCPT TO))"
    )
    [found] = read(line, "channel")

    assert (
        found.reply, found.enhanced, found.state, found.recipient, found.phase,
    ) == ("451", "4.7.1", "queued", "cy@example.net", "rcpt")  # fmt: skip


def test_an_exim_line_that_gave_up() -> None:
    """``**`` in an Exim log is given up."""
    line = (
        "2026-11-23 03:12:01 1tEabc-0000aB-C1 ** dee@example.net R=dnslookup T=remote_smtp: SMTP error from remote mail"
        " server after RCPT TO:<dee@example.net>: host mx.example.net [192.0.2.7]: 550 5.1.1 User unknown"
    )
    [found] = read(line, "channel")

    assert (found.reply, found.state, found.recipient) == ("550", "given-up", "dee@example.net")


def test_an_exchange_report_is_read() -> None:
    """Exchange's diagnostic lines give codes."""
    [found] = read("Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found'", "channel")

    assert (found.reply, found.enhanced) == ("550", "5.1.10")


def test_the_echo_of_an_earlier_refusal_is_not_the_reason() -> None:
    """503 after a refused RCPT says nothing: the reply before it does."""
    found = read("550 5.1.1 unknown user\n503 5.5.1 need RCPT command", "asked")

    assert found[0].reply == "550"


def test_codes_in_questions_are_found_only_when_asked() -> None:
    """ "what does 451 mean?" is a question to the bot, and talk in a channel."""
    assert read("what does 451 mean?", "asked")[0].reply == "451"
    assert not server_shaped("what does 451 mean?")


def test_talk_is_no_bounce() -> None:
    """People talking about codes, times, prices and versions are left alone."""
    talk = [
        "lunch at 12? 451 people signed up", "HTTP 503 from the load balancer again", "kernel 5.4.1 is out", "port 587 is closed",
        "Yahoo is 421ing us again", "the 5.7.26 fix is out, 550s are down 80 %", "550 5.7.1 is back on Yahoo", "500 euros for that?",
    ]  # fmt: skip

    assert [line for line in talk if server_shaped(line)] == []


@given(st.text(max_size=400))
def test_no_text_raises(text: str) -> None:
    """Whatever is pasted is read or not, in either mode, and never raises."""
    read(text, "asked")
    read(text, "channel")
    server_shaped(text)


@given(
    st.lists(
        st.sampled_from(["550 5.1.1 ", "550-", "<", ">", "@", "To: ", "\n", "said: ", "{", '"', "4.4.7", ";", "a@b.c"]),
        max_size=60,
    )
)
def test_no_shards_of_bounces_raise(shards: list[str]) -> None:
    """Bits of bounces in any order are read or not, and never raise."""
    read("".join(shards), "asked")


CHARSETS = {
    "koi8-r": "Пользователь не найден",
    "iso-2022-jp": "ユーザーが見つかりません",
    "windows-1251": "Почтовый ящик переполнен",
    "gb2312": "用户不存在",
    "shift_jis": "宛先が見つかりません",
    "iso-8859-1": "Boîte aux lettres pleine",
    "utf-8": "Empfänger unbekannt",
}


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_words_are_read_in_their_charset(charset: str, encoding: str) -> None:
    """A notice saved as a file gives its words as people read them, whatever charset and transfer encoding it has."""
    body = f"<ann@example.net>:\n550 5.1.1 {CHARSETS[charset]}\n".encode(charset)
    if encoding == "base64":
        body = base64.encodebytes(body)
    elif encoding == "quoted-printable":
        body = quopri.encodestring(body)
    head = (
        "From: MAILER-DAEMON@example.net\nTo: shop@example.com\nSubject: Undelivered Mail Returned to Sender\n"
        f"Date: Fri, 6 Nov 2026 09:00:00 +0000\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    )
    [found] = read(decoded(head.encode() + body), "channel")

    assert (found.reply, found.enhanced, found.recipient, found.words) == (
        "550",
        "5.1.1",
        "ann@example.net",
        CHARSETS[charset],
    )


def test_base64_that_was_cut_off_is_read() -> None:
    """Half a copied base64 part still gives what stands before the cut."""
    body = base64.encodebytes(b"<ann@example.net>:\n550 5.1.1 no such user\n" + b"padding " * 20).decode().rstrip()[:-3]
    head = "From: MAILER-DAEMON@example.net\nTo: shop@example.com\nSubject: Undelivered\nDate: Fri, 6 Nov 2026 09:00:00 +0000\n"
    [found] = read(f"{head}Content-Transfer-Encoding: base64\n\n{body}", "channel")

    assert (found.reply, found.enhanced, found.recipient) == ("550", "5.1.1", "ann@example.net")
