"""The log: one line an event, for people or for programs, with nothing in it that people wrote."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot import logs

SECRET = "550 bob.quokka@example.com unknown xoxb-1-2-quokka"


@pytest.fixture
def stream(quiet_again: None) -> io.StringIO:
    """Where the log goes."""
    return io.StringIO()


def test_json_is_one_object_a_line(stream: io.StringIO) -> None:
    """What identifies an event comes first; a line break in a value makes no second line."""
    logs.configure(stream, form="json")
    structlog.get_logger("bot.delivery").warning("post_failed", wait=1.5, code="a\nb", channel="C1", case=7, mend="")
    [line] = stream.getvalue().splitlines()
    found = json.loads(line)

    assert ["timestamp", "level", "logger", "event", "case", "channel", "code", "wait"] == list(found)
    assert ("warning", "bot.delivery", "post_failed", 7, "a\nb", 1.5) == tuple(
        found[key] for key in ("level", "logger", "event", "case", "code", "wait")
    )


def test_text_is_for_people(stream: io.StringIO) -> None:
    """The same order, as key='value'."""
    logs.configure(stream)
    structlog.get_logger("bot").info("answered", channel="C1", case=7)

    assert "level='info' logger='bot' event='answered' case=7 channel='C1'" in stream.getvalue()


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_exception_is_its_kind_and_its_places(stream: io.StringIO, form: logs.Form) -> None:
    """Its message may quote a paste, and so may that of the one before it."""
    logs.configure(stream, logging.DEBUG, form)
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as wrong:
            raise ValueError(SECRET) from wrong
    except ValueError:
        structlog.get_logger("bot").exception("failed")
        logging.getLogger("slack").exception("Failed to run a listener: %s", SECRET)

    assert "quokka" not in stream.getvalue()
    assert stream.getvalue().count("ValueError") == 2
    assert "test_logs.py" in stream.getvalue()


def test_libraries_are_cut_where_they_may_quote(stream: io.StringIO) -> None:
    """How a library's message begins is kept, what it quotes is not; below a warning it is not heard at all."""
    logs.configure(stream, logging.DEBUG, "json")
    for name in logs.QUIET:
        logging.getLogger(name).debug("request body %s", SECRET)
        logging.getLogger(name).info("request body %s", SECRET)
    logging.getLogger("slack_bolt.App").warning("Unhandled request ({'text': '550 quokka'})")

    assert ["Unhandled request"] == [json.loads(line)["event"] for line in stream.getvalue().splitlines()]


@given(before=st.text(max_size=20), after=st.text(max_size=20), name=st.sampled_from(["code", "event", "odd"]))
def test_no_value_carries_an_address_or_a_token(before: str, after: str, name: str) -> None:
    """Whatever stands around it, in whichever field, also within a list."""
    said = f"{before} <bob.quokka@example.com> xoxb-12-quokka https://hooks.slack.com/commands/T1/quokka {after}"
    event = logs.masked(None, "info", {name: said, "listed": [said], "count": 3, "good": True, "none": None})

    assert "quokka" not in str(event)
    assert (3, True, None) == (event["count"], event["good"], event["none"])


def test_what_ends_a_thread_is_logged_without_its_words(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python itself would print the message of an exception that nobody caught."""
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    logs.configure(stream, form="json")
    logs.crashes()

    def breaks() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=breaks)
    thread.start()
    thread.join()
    sys.excepthook(KeyError, KeyError(SECRET), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    found = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [("crashed", "ValueError"), ("crashed", "KeyError")] == [(one["event"], one["exception"]) for one in found]
    assert "quokka" not in stream.getvalue()
