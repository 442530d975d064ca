"""Which messages are left alone, read strictly, or questions to the bot."""

from __future__ import annotations

import pytest

from bot.delivery.attached import Attached
from bot.delivery.posted import Posted, Purpose, decide

PLAIN = {
    "team": "T1",
    "channel": "C1",
    "ts": "1.0",
    "text": "550 5.1.1 unknown",
    "user": "U1",
    "channel_type": "channel",
}
APPS = frozenset(("A0MONITOR", "B0MAILBOX"))


def posted(**changes: object) -> Posted:
    """A plain message, changed."""
    return Posted(**{**PLAIN, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "purpose"),
    [
        ({}, "read"),
        ({"subtype": "file_share", "files": (Attached("text"),)}, "read"),
        ({"subtype": "thread_broadcast", "thread_ts": "0.5"}, "read"),
        ({"mention": True}, "asked"),
        ({"channel_type": "im"}, "asked"),
        ({"channel_type": "mpim"}, "read"),
        ({"own": True}, "ignore"),
        ({"own": True, "mention": True}, "ignore"),
        ({"subtype": "message_changed"}, "ignore"),
        ({"subtype": "message_deleted"}, "ignore"),
        ({"subtype": "channel_join"}, "ignore"),
        ({"subtype": "channel_topic", "mention": True}, "ignore"),
        ({"bot_id": "B0OTHER", "app_id": "A0OTHER"}, "ignore"),
        ({"bot_id": "B0OTHER", "mention": True}, "ignore"),
        ({"subtype": "bot_message"}, "ignore"),
        ({"bot_id": "B0X", "app_id": "A0MONITOR"}, "read"),
        ({"bot_id": "B0MAILBOX", "subtype": "bot_message"}, "read"),
        ({"bot_id": "B0MAILBOX", "mention": True}, "read"),
        ({"bot_id": "B0SLACK", "user": "USLACKBOT", "subtype": "file_share", "files": (Attached("mail"),)}, "read"),
        ({"ts": ""}, "ignore"),
        ({"channel": ""}, "ignore"),
        ({"team": ""}, "ignore"),
    ],
)
def test_who_wrote_and_how_decides(changes: dict[str, object], purpose: Purpose) -> None:
    """People are read, the bot's name makes a question, apps only count where a team named them or an email came in."""
    assert decide(posted(**changes), APPS) == purpose


def test_an_answer_goes_in_the_messages_thread() -> None:
    """A message in a thread is answered there; one that begins a thread, below itself."""
    assert posted().thread == "1.0"
    assert posted(thread_ts="0.5").thread == "0.5"
    assert [posted(thread_ts=ts).in_thread for ts in ("", "1.0", "0.5")] == [False, False, True]
