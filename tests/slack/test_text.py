"""What was pasted comes back from what Slack made of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.text import LONGEST, control, plain, undo

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "text",
                    "blocks",
                    "elements",
                    "attachments",
                    "files",
                    "rows",
                    "message",
                    "message_blocks",
                    "fields",
                    "mode",
                    "preview",
                    "url",
                    "name",
                    "is_share",
                    "value",
                    "subject",
                    "plain_text",
                    "user_id",
                ]
            )
            | st.text(max_size=5),
            inner
            | st.sampled_from(
                ["rich_text", "rich_text_list", "rich_text_quote", "table", "link", "emoji", "email", "mrkdwn"]
            ),
            max_size=6,
        )
    ),
    max_leaves=30,
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300).filter(lambda text: "`" not in text)


def escaped(text: str) -> str:
    """Slack's escape, written once more on its own: character by character."""
    return "".join({"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(c, c) for c in text)


def rich(*elements: dict[str, Any], kind: str = "rich_text_section") -> dict[str, Any]:
    """A message whose block holds one part."""
    return {
        "type": "message",
        "blocks": [{"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}],
    }


def text(said: str) -> dict[str, Any]:
    """A text element."""
    return {"type": "text", "text": said}


@given(TEXT)
def test_escaped_text_comes_back(pasted: str) -> None:
    """Whatever is pasted, undoing the three escapes gives it back, `&amp;lt;` included."""
    assert plain(escaped(pasted)) == pasted


@given(TEXT)
def test_blocks_are_not_unescaped(pasted: str) -> None:
    """A block's text is taken as it is: a pasted `&lt;` stays one."""
    if pasted.strip():
        assert undo(rich(text(pasted)) | {"text": "other"}) == pasted


@given(st.lists(st.tuples(TEXT, st.sampled_from(["mail", "host", "url"])), max_size=5))
def test_links_come_back_as_they_were_written(pieces: list[tuple[str, str]]) -> None:
    """Addresses, hosts and addresses of pages that Slack linked read as before."""
    written = {"mail": "bob@example.com", "host": "mx.example.com", "url": "http://example.com/?a=1&b=2"}
    linked = {
        "mail": "<mailto:bob@example.com|bob@example.com>",
        "host": "<http://mx.example.com|mx.example.com>",
        "url": "<http://example.com/?a=1&amp;b=2>",
    }

    assert plain("".join(escaped(t) + linked[k] for t, k in pieces)) == "".join(t + written[k] for t, k in pieces)


@given(JSON)
def test_nothing_raises(value: object) -> None:
    """Whatever stands where, the result is a text that can be encoded."""
    event: dict[str, Any] = (
        value if isinstance(value, dict) else {"text": value, "blocks": value, "attachments": value, "files": value}
    )

    undo(event).encode("utf-8")


@given(st.text(st.sampled_from("<>|&;@#!`:\n a"), max_size=60))
def test_broken_markup_does_not_raise(broken: str) -> None:
    """Marks without their partner are text."""
    undo({"text": broken})


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("mailto:bob@example.com|bob@example.com", "bob@example.com"),
        ("mailto:bob@example.com", "bob@example.com"),
        ("http://mx.example.com|mx.example.com", "mx.example.com"),
        ("https://support.example.com/1", "https://support.example.com/1"),
        ("#C012|email-ops", "#email-ops"),
        ("#C012", "#C012"),
        ("@U012", "@U012"),
        ("@U012|@ann", "@ann"),
        ("!channel", "@channel"),
        ("!subteam^S012|@mailops", "@mailops"),
        ("!subteam^S012", "@subteam"),
        ("!date^1700000000^{date}|14 November", "14 November"),
    ],
)
def test_control_sequences_read_as_they_were_shown(inside: str, shown: str) -> None:
    """The label where there is one, else what is named; a ping becomes plain words."""
    assert control(inside) == shown


def test_an_address_in_angle_brackets_keeps_them() -> None:
    """The classic: `<bob@example.com>` in a reply."""
    assert plain("550 5.1.1 &lt;<mailto:bob@example.com|bob@example.com>&gt;: unknown") == (
        "550 5.1.1 <bob@example.com>: unknown"
    )


@pytest.mark.parametrize(
    ("wrapped", "inside"),
    [
        ("```550 5.1.1 no```", "550 5.1.1 no"),
        ("```\n550 5.1.1\nno\n```", "550 5.1.1\nno"),
        ("`451 4.7.1`", "451 4.7.1"),
        ("see `451` and `452`", "see `451` and `452`"),
        ("`451` or `452`", "`451` or `452`"),
        ("```a``` b ```c```", "```a``` b ```c```"),
    ],
)
def test_code_marks_go_only_round_the_whole(wrapped: str, inside: str) -> None:
    """A fence round everything was Slack's; backticks inside were the person's."""
    assert plain(wrapped) == inside


def test_an_emoji_in_a_time_is_its_digits_again() -> None:
    """12:08:33 that Slack took for an emoji is a time again."""
    event = rich(text("Nov 23 12"), {"type": "emoji", "name": "08"}, text("33 mx postfix/smtp[1]: status=bounced"))

    assert undo(event) == "Nov 23 12:08:33 mx postfix/smtp[1]: status=bounced"


def test_quotes_lists_and_code_are_lines_without_marks() -> None:
    """What became a quote, a list or a code block reads as the lines that were pasted."""
    event: dict[str, Any] = {
        "text": "&gt; other",
        "blocks": [
            {
                "type": "rich_text",
                "elements": [
                    {"type": "rich_text_section", "elements": [text("help:\n")]},
                    {"type": "rich_text_preformatted", "elements": [text("550-5.7.26 a\n550 5.7.26 b")]},
                    {"type": "rich_text_quote", "elements": [text("Status: 5.1.1")]},
                    {
                        "type": "rich_text_list",
                        "elements": [
                            {"type": "rich_text_section", "elements": [text("one ")]},
                            {
                                "type": "rich_text_section",
                                "elements": [{"type": "link", "url": "mailto:a@example.com"}],
                            },
                        ],
                    },
                ],
            }
        ],
    }

    assert undo(event) == "help:\n550-5.7.26 a\n550 5.7.26 b\nStatus: 5.1.1\none \na@example.com"


def test_people_and_channels_in_blocks() -> None:
    """Mentions in blocks read as in text; none of them is a ping any more."""
    event = rich(
        {"type": "user", "user_id": "U1"},
        {"type": "broadcast", "range": "channel"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "link", "url": "http://mx.example.com", "text": "mx.example.com"},
        {"type": "something_new", "text": "?"},
    )

    assert undo(event) == "@U1@channel#C1mx.example.com?"


def test_a_shared_message_is_read() -> None:
    """A bounce forwarded inside Slack is in the attachment, by its blocks if it has them."""
    shared: dict[str, Any] = {
        "is_share": True,
        "from_url": "https://example.slack.com/archives/C1/p1",
        "text": "550 5.1.1 &lt;x&gt;",
    }
    inner: dict[str, Any] = rich(text("550 5.1.1 <y>"))

    assert undo({"text": "look", "attachments": [shared]}) == "look\n550 5.1.1 <x>"
    assert undo({"text": "", "attachments": [shared | {"message_blocks": [{"message": inner}]}]}) == "550 5.1.1 <y>"


def test_a_links_preview_is_nobodys_paste() -> None:
    """The page behind a link may be about bounces; nobody pasted it."""
    assert undo({"text": "read this", "attachments": [{"from_url": "https://example.com", "text": "550 5.1.1"}]}) == (
        "read this"
    )


def test_a_pasted_table_is_lines() -> None:
    """Rows from a spreadsheet come as an attachment: a line each, tabs between cells."""
    cells = [{"type": "raw_text", "text": "550"}, rich(text("5.1.1"))["blocks"][0]]
    table = {"type": "table", "rows": [cells, [{"type": "raw_text", "text": "451"}]]}

    assert undo({"text": "", "attachments": [{"blocks": [table], "fallback": "[no preview available]"}]}) == (
        "550\t5.1.1\n451"
    )


def test_another_apps_message_is_read_from_its_blocks() -> None:
    """A monitoring app's sections and fields are text; mrkdwn in them is unescaped, plain text is not."""
    blocks: list[dict[str, Any]] = [
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "a &amp; b"},
            "fields": [{"type": "plain_text", "text": "&amp;"}],
        }
    ]

    assert undo({"bot_id": "B1", "text": "", "blocks": blocks}) == "a & b\n&amp;"


def test_a_forwarded_email_is_its_subject_and_plain_text() -> None:
    """An email sent to the channel has no text of its own."""
    file: dict[str, Any] = {
        "mode": "email",
        "subject": "Undelivered Mail",
        "plain_text": "550 5.1.1 no such user",
        "preview": "<html>",
    }

    assert undo({"text": "", "files": [file]}) == (
        "From: \nTo: \nSubject: Undelivered Mail\nDate: \nMIME-Version: 1.0\nContent-Type: text/plain\n\n"
        "550 5.1.1 no such user"
    )


def test_only_a_whole_snippet_is_read_from_its_preview() -> None:
    """Half a report could lead to a wrong answer."""
    whole: dict[str, Any] = {"mode": "snippet", "preview": "550 5.1.1", "preview_is_truncated": False, "lines_more": 0}

    assert undo({"text": "", "files": [whole]}) == "550 5.1.1"
    assert undo({"text": "", "files": [whole | {"lines_more": 3}]}) == ""


def test_half_a_surrogate_pair_can_be_sent_on() -> None:
    """A lone surrogate would break whoever encodes it."""
    assert undo({"text": "a\ud800b"}) == "a\ufffdb"


def test_there_is_an_end() -> None:
    """A forwarded email of megabytes is cut."""
    assert len(undo({"text": "x" * (LONGEST + 10)})) == LONGEST
