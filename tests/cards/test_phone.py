"""A card is read on a phone, at night: a dozen lines, two main buttons and a menu."""

from __future__ import annotations

import pytest

from bot import cards
from bot.answer import explain
from bot.cards.phone import LARGE, LINES, QUOTED, brief, excerpt, first_sentence, lines
from bot.cards.verdict import clears, keeps
from bot.conversation import case_of
from bot.terms import Case, Message, Values
from catalogue import Catalogue

BOUNCES = (
    "550 5.1.1 <robin.lee@example.org>: Recipient address rejected: User unknown in virtual mailbox table",
    "host mx.example.net[198.51.100.7] said: 552 5.2.2 <sam@example.net>: Mailbox is full / over quota (in reply to RCPT TO command)",
    "450 4.2.0 <orders@example.org>: Recipient address rejected: Greylisted, try again in 300 seconds",
    "554 5.7.1 Service unavailable; Client host [203.0.113.44] blocked using zen.spamhaus.org",
    "421 4.7.0 Too many connections from your host 203.0.113.9, slow down",
    "550 5.7.1 Message content rejected as spam by the content scanner. Reference 8f3",
    "552 5.3.4 Message size exceeds fixed limit of 20480000 bytes",
    "554 5.7.1 <kim@example.com>: Relay access denied",
    "451 4.3.0 Temporary lookup failure",
    "Remote Server returned '550 5.4.1 Recipient address rejected: Access denied'",
)
REPLY = (
    "550-5.7.26 Your email has been blocked because the sender is unauthenticated.\n"
    "550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.\n"
    "550 5.7.26 See the instructions - gsmtp"
)


def shown(message: Message) -> int:
    """How many lines a card takes on a phone, its small print and buttons not counted."""
    count = 0
    for block in message.blocks:
        match block["type"]:
            case "header":
                count += lines(block["text"]["text"], LARGE)
            case "section":
                count += lines(block["text"]["text"].replace("*", ""))
            case "rich_text":
                count += lines(block["elements"][0]["elements"][0]["text"], QUOTED)
    return count


@pytest.mark.parametrize("text", BOUNCES)
def test_a_card_is_a_dozen_lines_with_two_buttons_and_a_menu(catalogue: Catalogue, text: str) -> None:
    """Everyday bounces fit: what happened, who acts, does it clear, the address, the quote and a first step."""
    answer = explain(text, "asked", catalogue)
    message = cards.card(answer, catalogue, case_of(answer, catalogue.version))
    main, case = (block["elements"] for block in message.blocks[-2:])

    assert shown(message) <= LINES + 1
    assert ["Next step", "How to fix it"] == [element["text"]["text"] for element in main]
    assert ["button", "button", "static_select"] == [element["type"] for element in case]


def test_a_quote_says_its_codes_once() -> None:
    """The lines of one reply become one, without the code that each of them repeats."""
    text = excerpt(REPLY, "550", (), 4)

    assert text.startswith("550-5.7.26 Your email has been blocked")
    assert "unauthenticated. Gmail requires" in text
    assert 4 >= lines(text, QUOTED)


def test_a_long_quote_begins_at_the_reply() -> None:
    """Where there is no room for all, the host and the time before the reply go, not the reply."""
    text = excerpt("to=<a…@example.net>, relay=mx.example.net[192.0.2.7]:25, delay=3 said: " + REPLY, "550", (), 2)

    assert text.startswith("… 550-5.7.26 Your email")


def test_a_quote_holds_what_the_reply_says_of_the_checks() -> None:
    """SPF and DKIM results stand at the end of long replies: they are shown all the same."""
    assert "DKIM: did not pass" in excerpt(REPLY * 3, "550", ("DKIM: did not pass",), 3)


def test_numbers_that_are_no_codes_stay() -> None:
    """Only the reply's own code is left out where it is repeated."""
    assert "limit 250 messages" in excerpt("452 4.5.3 limit 250 messages\n452 4.5.3 later", "452", (), 4)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("See v1.2 of it. Then go.", "See v1.2 of it."),
        ("No stop", "No stop"),
        ("", ""),
    ],
)
def test_a_first_sentence_ends_where_the_next_begins(text: str, first: str) -> None:
    """Dots within numbers and names end nothing."""
    assert first == first_sentence(text)


@pytest.mark.parametrize(
    ("why", "shown"),
    [
        ("after three refusals over two weeks", "Suppress it after three refusals over two weeks."),
        ("When the domain is confirmed dead.", "Suppress it when the domain is confirmed dead."),
        ("Only when the recipient says so.", "Suppress it only when the recipient says so."),
        ("Only the code says so.", "confirmed.*  Only the code says so."),
    ],
)
def test_a_condition_is_told_as_one(catalogue: Catalogue, why: str, shown: str) -> None:
    """Where the address is kept until confirmed, the card says what would confirm it, in a whole sentence."""
    case = Case(entry="reply.550", suppress="after-confirming", suppress_why=why)

    assert shown in keeps(case, catalogue)


@pytest.mark.parametrize("asked", ["greylisting", "mailbox full", "5.7", "451", "451 4.7.1"])
def test_what_was_asked_is_not_quoted(catalogue: Catalogue, asked: str) -> None:
    """A word or a code that somebody typed says nothing that the card does not say."""
    answer = explain(asked, "asked", catalogue)
    message = cards.private(answer, catalogue, case_of(answer, catalogue.version))

    assert [] == [block for block in message.blocks if block["type"] == "rich_text"]


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (Case(entry="reply.550", outlook="permanent", retry="no", suppress="yes"), "No, not for this address. Do not retry."),
        (Case(entry="reply.550", outlook="permanent", retry="no", suppress="after-confirming"), "Hardly: confirm the address"),
        (Case(entry="reply.450", outlook="clears-with-time", retry="queue", state="queued"), "It is still queued and retried."),
        (Case(entry="reply.450", outlook="clears-with-time", retry="later", state="given-up"), "Send it again later. This mail was given up."),
        (Case(entry="reply.450", outlook="temporary-needs-fix", retry="queue"), "Not before the cause is mended. The queue retries."),
        (Case(entry="reply.450", outlook="clears-with-time", retry="queue", values=Values(wait=300)), "wait 5 minutes"),
    ],
)  # fmt: skip
def test_will_it_clear_is_answered_for_this_mail(case: Case, said: str) -> None:
    """By what the entry says, whether the address is sure to be gone, and what became of the mail."""
    assert said in clears(case)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The full reply: its words decide.", "The full reply: its words decide."),
        ("The full reply, all its lines: the words and the enhanced code decide between these meanings of the code.", "The full reply, all its lines."),
        ("One sentence that has no place at all where it could be cut, so that it stays as long as it is here.", None),
    ],
)  # fmt: skip
def test_a_long_sentence_is_cut_at_its_colon(text: str, shown: str | None) -> None:
    """A short one stays whole; one without a colon too."""
    assert (shown or text) == brief(text)
