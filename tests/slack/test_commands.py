"""What is typed behind /smtp: a command where it is exactly one, else something to explain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.commands import COMMANDS, WORDS, parsed


@pytest.mark.parametrize("text", ["", " ", "help", " Help ", "hello", "hi!", "help?"])
def test_greetings_and_nothing_ask_for_help(text: str) -> None:
    """Who types nothing wants to know what can be typed."""
    command, rest = parsed(text)

    assert (WORDS["help"], "") == (command, rest)


@pytest.mark.parametrize(
    "text",
    ["451 4.7.1", "help desk said 550 5.1.1", "helpful", "550 5.7.1 open relay", "greylisting", "help\n550 5.1.1"],
)
def test_what_is_no_command_is_explained(text: str) -> None:
    """A paste may begin with any word."""
    assert (None, text) == parsed(text)


def test_explain_is_a_word_that_may_be_left_out() -> None:
    """People type it as on the command line."""
    assert (None, "451 4.7.1") == parsed("explain: 451 4.7.1")


def test_every_command_says_how_it_is_written_and_what_it_does() -> None:
    """Help shows the table; a word stands in it once."""
    assert len(COMMANDS) == len(WORDS)
    assert all(c.usage.startswith(f"/smtp {c.word}") and c.does for c in COMMANDS)


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    """Whatever is typed is a command or a text."""
    command, rest = parsed(text)

    assert command is None or command.word == "help" or text.strip().lower().startswith(command.word)
    assert rest in text or rest == ""


@pytest.mark.parametrize("text", ["", "?", "help", "Hello there!", "hi", "help me, please", "hey"])
def test_a_greeting_gets_help(text: str) -> None:
    """Whoever says hello is shown what can be typed."""
    command, _ = parsed(text)

    assert command is not None
    assert command.word == "help"
