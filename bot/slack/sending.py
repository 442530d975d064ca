"""Messages that one person sees: by a response URL or chat.postEphemeral, never unfurled, as text if blocks fail."""

from __future__ import annotations

from typing import Any

import structlog
from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.errors import code_of, trouble
from bot.delivery.posting import FAILURES
from bot.terms import Message, Public

# A response URL that has expired or was used up.
GONE = 404

log = structlog.get_logger("bot.slack")


def sent(message: Message) -> dict[str, Any]:
    """The arguments of Slack's methods; links in a bounce are never unfurled: that would fetch them."""
    made: dict[str, Any] = {"text": message.text, "unfurl_links": False, "unfurl_media": False}
    return made | ({"blocks": list(message.blocks)} if message.blocks else {})


def whisper(respond: Respond, message: Message, *, thread: str = "") -> bool:
    """Answers over a response URL, for the one who asked, in a ``thread`` if one is named; the button's message stays.

    Without the thread's ts the answer to a button in a thread is shown in the channel, where nobody looks for it.
    False where the URL is no longer good: Slack takes five answers within half an hour.
    """
    place: dict[str, Any] = {"response_type": "ephemeral", "replace_original": False, "thread_ts": thread or None}
    answer = respond(**sent(message), **place)
    for blocks in message.simpler:
        if answer.status_code == 400:
            answer = respond(**sent(Message(message.text, blocks)), **place)
    if answer.status_code == 400 and message.blocks:
        log.error("card_refused", code=answer.body[:60], dropped="blocks")
        answer = respond(**sent(Message(message.text)), **place)
    return answer.status_code < GONE


def tell(respond: Respond, answer: Message | Public, client: WebClient, where: dict[str, str]) -> None:
    """Answers a command over its response URL: the one who typed it, or all in the channel.

    Where that URL is no longer good, by the Web API: ``where`` is the channel and the user.
    """
    if not isinstance(answer, Public):
        if not whisper(respond, answer):
            directly(client, where["user"], answer)
    elif respond(**sent(answer.message), response_type="in_channel", replace_original=False).status_code >= GONE:
        directly(client, where["channel"], answer.message)


def directly(client: WebClient, place: str, message: Message) -> None:
    """Posts to a channel, or to a person (their id) in a direct message; one line in the log where Slack refuses."""
    try:
        client.chat_postMessage(channel=place, **sent(message))
    except FAILURES as wrong:
        log.warning("answer_lost", code=code_of(wrong))


def replace(respond: Respond, message: Message) -> None:
    """Puts a message in the place of the one whose button was pressed, where one person only sees it."""
    respond(**sent(message), response_type="ephemeral", replace_original=True)


def whisper_in_thread(client: WebClient, message: Message, where: dict[str, str]) -> None:
    """Answers one person in a thread; ``where`` is channel, user and thread_ts."""
    try:
        client.chat_postEphemeral(**{**sent(message), **where})
    except SlackApiError as wrong:
        if trouble(wrong) != "refused":
            raise
        if "block" not in code_of(wrong):
            # The person is deactivated or has left the channel: there is nobody to tell.
            log.warning("whisper_refused", code=code_of(wrong))
            return
        log.error("card_refused", code=code_of(wrong), dropped="blocks")
        client.chat_postEphemeral(**{**sent(Message(message.text)), **where})
