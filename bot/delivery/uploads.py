"""Files for Slack: announced, sent, and shared in a direct message or a thread (needs files:write)."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable

import structlog
from slack_sdk import WebClient

from bot.delivery.errors import code_of
from bot.delivery.fetching import of_slack, opener
from bot.delivery.posting import FAILURES

SECONDS = 10

log = structlog.get_logger("bot.delivery")


def to_person(client: WebClient, user: str, name: str, content: bytes, line: str) -> bool:
    """Shares a file in the direct message with a person, under a line of text; False where Slack does not take it."""

    def opened() -> tuple[str, str]:
        # A message to a person opens the direct message with them: that needs no scope but chat:write.
        made = client.chat_postMessage(channel=user, text=line, unfurl_links=False)
        return str(made["channel"]), ""

    return shared(client, name, content, "", opened)


def in_thread(client: WebClient, place: tuple[str, str], name: str, content: bytes, description: str) -> bool:
    """Shares a picture in a thread (channel, ts), described for who does not see it; False where that is refused."""
    return shared(client, name, content, description, lambda: place)


def shared(
    client: WebClient, name: str, content: bytes, description: str, place: Callable[[], tuple[str, str]]
) -> bool:
    """Sends a file, and shares it in the channel and thread ("" for none) that ``place`` gives once it is sent.

    Without files:write the first call is refused: nothing has been posted then.
    """
    try:
        more = {"alt_txt": description} if description else {}
        made = client.files_getUploadURLExternal(filename=name, length=len(content), **more)
        send(client, str(made["upload_url"]), content)
        channel, thread = place()
        files: list[dict[str, str | None]] = [{"id": str(made["file_id"]), "title": name}]
        client.files_completeUploadExternal(files=files, channel_id=channel, thread_ts=thread or None)
    except FAILURES as wrong:
        log.info("file_not_shared", code=code_of(wrong))
        return False
    return True


def send(client: WebClient, address: str, content: bytes) -> None:
    """Sends the bytes of a file to the address that Slack gave for it, if that is Slack's; raises OSError."""
    if not of_slack(address, client.base_url):
        raise OSError("The address for the file is on another host than Slack's.")
    request = urllib.request.Request(address, content, {"Content-Type": "application/octet-stream"})
    with opener().open(request, timeout=SECONDS):
        pass
