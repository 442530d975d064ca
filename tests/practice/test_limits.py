"""Slack's limits, as the workspace enforces them, are what makes a card that passes here a card that Slack takes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.practice.encoding import Names, encode
from bot.practice.limits import problems, view_problems
from tests.practice.app import HOME, MODAL, field, plain

JSON = dict[str, Any]


def section(text: str) -> JSON:
    """A section."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(**changed: Any) -> JSON:
    """A row with one button."""
    one = {"type": "button", "action_id": "a", "text": plain("Go"), "value": "v"} | changed
    return {"type": "actions", "elements": [one]}


def overflow(count: int, **changed: Any) -> JSON:
    """A row with one menu of so many options."""
    options = [{"text": plain(f"option {number}"), "value": str(number)} | changed for number in range(count)]
    return {"type": "actions", "elements": [{"type": "overflow", "action_id": "a", "options": options}]}


def bars(labels: list[str] | None = None, **changed: Any) -> JSON:
    """A chart of one series."""
    named = labels or ["Mon", "Tue"]
    points = [{"label": label, "value": 2} for label in named]
    chart = {"type": "bar", "series": [{"name": "a", "data": points}], "axis_config": {"categories": named}}
    return {"type": "data_visualization", "title": "Bounces", "chart": chart | changed}


WRONG: list[tuple[list[JSON], str]] = [
    ([section("x")] * 51, "no more than 50 items"),
    ([section("x" * 3001)], "less than 3001"),
    ([section("")], "more than 0"),
    ([{"type": "header", "text": plain("x" * 151)}], "less than 151"),
    ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "must be one of: plain_text"),
    ([button(text=plain("x" * 76))], "less than 76"),
    ([button(value="x" * 2001)], "less than 2001"),
    ([button(style="green")], "must be one of: primary, danger"),
    ([button(url="javascript:alert(1)")], "valid URL"),
    ([{"type": "actions", "elements": [*button()["elements"], *button()["elements"]]}], "already exists"),
    ([overflow(1)], "at least 2"),
    ([overflow(6)], "no more than 5"),
    ([overflow(2, value="x" * 151)], "less than 151"),
    ([overflow(2, value="same")], "must be unique"),
    ([{"type": "context", "elements": []}], "at least 1"),
    ([{"type": "alert", "text": plain("x")}], "unsupported type: alert"),
    ([{"type": "carousel"}], "unsupported type: carousel"),
    ([section("x") | {"colour": "red"}], "additional property colour"),
    ([section("x") | {"block_id": "b"}, section("y") | {"block_id": "b"}], "must be unique"),
    ([bars()] * 3, "no more than 2"),
    ([bars() | {"title": "x" * 51}], "less than 51"),
    ([bars(type="donut")], "must be one of: pie, bar, area, line"),
    ([bars(["x" * 21])], "less than 21"),
    ([bars(["Mon", "Mon"])], "must be unique"),
    ([bars([str(number) for number in range(21)])], "1 to 20"),
    ([bars(axis_config={"categories": ["Wed"]})], "must match the categories"),
    ([bars(series=[])], "1 to 6"),
    ([bars(type="pie", segments=[{"label": "a", "value": 0}])], "more than 0"),
    (
        [
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}],
            }
        ],
        "more than 0",
    ),
]


@pytest.mark.parametrize(("blocks", "words"), WRONG)
def test_what_slack_refuses_is_refused_with_its_place(blocks: list[JSON], words: str) -> None:
    """Each problem says what is wrong, and where, by a JSON pointer."""
    found = problems(blocks)

    assert any(words in one and "[json-pointer:/blocks" in one for one in found), found


def test_what_slack_takes_is_taken() -> None:
    """At its limits a message is still fine."""
    menu = overflow(5)["elements"][0] | {"action_id": "b"}
    row = {"type": "actions", "elements": [*button()["elements"], menu]}

    assert [] == problems([{"type": "header", "text": plain("x" * 150)}, section("x" * 3000), row, bars(), bars()])


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (MODAL | {"title": plain("x" * 25)}, "less than 25"),
        ({key: value for key, value in MODAL.items() if key != "submit"}, "missing required field: submit"),
        (MODAL | {"private_metadata": "x" * 3001}, "less than 3001"),
        (MODAL | {"blocks": [field("l" * 2001, {"type": "plain_text_input"}, "b")]}, "less than 2001"),
        (HOME | {"blocks": [section("x")] * 101}, "no more than 100"),
        ({"type": "sheet"}, "must be one of: modal, home"),
    ],
)
def test_a_view_has_limits_of_its_own(view: JSON, words: str) -> None:
    """Titles, buttons and metadata of modals; the blocks of the Home."""
    assert any(words in one for one in view_problems(view))


@pytest.mark.parametrize("view", [MODAL, HOME])
def test_a_view_within_them_is_taken(view: JSON) -> None:
    """The small app's own views."""
    assert [] == view_problems(view)


@settings(max_examples=200)
@example(">")
@example("``````")
@example("> \n```\n```")
@given(st.text(max_size=300))
def test_whatever_is_typed_becomes_text_and_rich_text_that_slack_could_have_sent(typed: str) -> None:
    """The text holds no bare < or > but those of links and mentions; the blocks are valid; blank text has none."""
    text, blocks = encode(typed, Names({"smtp-bot": "U0SMTPBOT"}, {"email-ops": "C0EMAILOPS"}))

    assert [] == problems(blocks)
    assert bool(blocks) == bool(typed.strip())
    assert text.count("<") == text.count(">")
    text.encode()
