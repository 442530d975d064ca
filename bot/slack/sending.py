"""Messages that one person sees: by a response URL or chat.postEphemeral, never unfurled, as text if blocks fail."""

from __future__ import annotations

from typing import Any

import structlog
from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.errors import code_of, trouble
from bot.terms import Message, Public

log = structlog.get_logger("bot.slack")


def sent(message: Message) -> dict[str, Any]:
    """The arguments of Slack's methods; links in a bounce are never unfurled: that would fetch them."""
    made: dict[str, Any] = {"text": message.text, "unfurl_links": False, "unfurl_media": False}
    return made | ({"blocks": list(message.blocks)} if message.blocks else {})


def whisper(respond: Respond, message: Message, *, thread: str = "") -> None:
    """Answers over a response URL, for the one who asked, in a ``thread`` if one is named; the button's message stays.

    Without the thread's ts the answer to a button in a thread is shown in the channel, where nobody looks for it.
    """
    place: dict[str, Any] = {"response_type": "ephemeral", "replace_original": False, "thread_ts": thread or None}
    answer = respond(**sent(message), **place)
    for blocks in message.simpler:
        if answer.status_code == 400:
            answer = respond(**sent(Message(message.text, blocks)), **place)
    if answer.status_code == 400 and message.blocks:
        log.error("card_refused", code=answer.body[:60], dropped="blocks")
        respond(**sent(Message(message.text)), **place)


def tell(respond: Respond, answer: Message | Public) -> None:
    """Answers a command over its response URL: the one who typed it, or all in the channel."""
    if isinstance(answer, Public):
        respond(**sent(answer.message), response_type="in_channel", replace_original=False)
    else:
        whisper(respond, answer)


def replace(respond: Respond, message: Message) -> None:
    """Puts a message in the place of the one whose button was pressed, where one person only sees it."""
    respond(**sent(message), response_type="ephemeral", replace_original=True)


def whisper_in_thread(client: WebClient, message: Message, where: dict[str, str]) -> None:
    """Answers one person in a thread; ``where`` is channel, user and thread_ts."""
    try:
        client.chat_postEphemeral(**{**sent(message), **where})
    except SlackApiError as wrong:
        if trouble(wrong) != "refused" or "block" not in code_of(wrong):
            raise
        log.error("card_refused", code=code_of(wrong), dropped="blocks")
        client.chat_postEphemeral(**{**sent(Message(message.text)), **where})
