"""A file goes to Slack and nowhere else, and is shared only where Slack takes it."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from bot.delivery import uploads
from bot.practice import Practice
from bot.practice.people import YOU


def test_a_file_is_shared_with_one_person(workspace: Practice, client: WebClient) -> None:
    """In their direct message, under a line that says what it is."""
    assert uploads.to_person(client, YOU, "week.csv", b"a,b\n", "The week.")

    line, file = workspace.messages(workspace.direct())[-2:]
    assert line["text"] == "The week."
    assert workspace.workspace.contents[file["files"][0]["id"]] == b"a,b\n"


@pytest.mark.parametrize("how", ["missing_scope", "ratelimited", 500])
def test_without_the_scope_nothing_is_posted(workspace: Practice, client: WebClient, how: str | int) -> None:
    """The first call is refused, and the caller told."""
    before = len(workspace.messages(workspace.direct()))
    workspace.fail_next("files.getUploadURLExternal", how)

    assert not uploads.to_person(client, YOU, "week.csv", b"a,b\n", "The week.")
    assert len(workspace.messages(workspace.direct())) == before


@pytest.mark.parametrize(
    "address", ["https://example.com/upload", "http://files.slack.com/x", "file:///etc/passwd", ""]
)
def test_a_file_is_sent_to_no_other_host(client: WebClient, address: str) -> None:
    """Whatever the answer names."""
    with pytest.raises(OSError, match="another host"):
        uploads.send(client, address, b"a,b\n")
