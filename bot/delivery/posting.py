"""Posts a message once: waits when told to, looks for its own message before it posts again, and never loses a card."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from http.client import HTTPException
from typing import Any

import msgspec
import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.errors import Undeliverable, Undelivered, code_of, retry_after, trouble
from bot.delivery.paging import paged
from bot.delivery.recent import Recent
from bot.terms import Message

# How long one answer waits for Slack; its claim is prolonged meanwhile (bot.delivery.upkeep).
PATIENCE = 180.0
ATTEMPTS = 8
FAILURES = (SlackApiError, OSError, HTTPException)
EVENT = "smtp_bot_answer"

log = structlog.get_logger("bot.delivery")


class Place(msgspec.Struct, frozen=True):
    """Where a message goes (``thread`` "" for the channel itself), and ``answers``: the key of what it answers."""

    channel: str
    thread: str
    answers: str


class Poster:
    """The one way in which messages reach a channel. ``client`` must not retry by itself."""

    def __init__(
        self,
        client: WebClient,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client, self._clock, self._sleep = client, clock, sleep
        self._closed: Recent[str, float] = Recent(1_000, PATIENCE, clock)
        self._hurry = False

    def hurry(self) -> None:
        """From now on nobody waits for Slack: the process ends."""
        self._hurry = True

    def limited(self, channel: str) -> bool:
        """Whether Slack told an answer in a channel to wait, in the last minutes."""
        return self._closed.get(channel) is not None

    def post(
        self,
        place: Place,
        message: Message,
        *,
        again: bool = False,
        still: Callable[[], bool] = lambda: True,
        refused: Callable[[str], object] = lambda _code: None,
    ) -> str:
        """The ts of the message, posted now or found; ``again`` where an earlier owner may have posted it.

        ``still`` is asked before every further try: whether the message is still this process's to post. ``refused``
        is told Slack's word for what it did not take of it.
        Raises Undeliverable where Slack refuses it for good, Undelivered where it takes too long.
        """
        outgoing, doubt, simpler = fields(place, message), again, list(message.simpler)
        deadline = self._clock() + PATIENCE
        for attempt in range(ATTEMPTS):
            try:
                self._rest(place.channel, deadline)
                if attempt and not still():
                    break
                if doubt and (found := self.find(place)):
                    return found
                return str(self._client.chat_postMessage(**outgoing)["ts"])
            except FAILURES as wrong:
                kind, wait = trouble(wrong), 0.0
                if kind == "refused":
                    outgoing = lighter(outgoing, code_of(wrong), simpler)
                    refused(code_of(wrong))
                else:
                    doubt = doubt or kind == "doubtful"
                    wait = retry_after(wrong) if kind == "limited" else float(2**attempt)
                log.warning("post_failed", channel=place.channel, code=code_of(wrong), trouble=kind, wait=wait)
            if kind == "limited":
                # docs.slack.dev/apis/web-api/rate-limits: chat.postMessage is limited by channel; others go on.
                self._closed.put(place.channel, self._clock() + wait)
            if self._hurry or self._clock() + wait > deadline:
                break
            self._sleep(wait)
        raise Undelivered

    def _rest(self, channel: str, deadline: float) -> None:
        """Waits where Slack told another answer in the same channel to wait."""
        until = self._closed.get(channel) or 0.0
        if until > deadline or (self._hurry and until > self._clock()):
            raise Undelivered
        if until > self._clock():
            self._sleep(until - self._clock())

    def whisper(self, place: Place, user: str, message: Message) -> None:
        """Tells one person something in a channel or thread; not at all where Slack refuses that."""
        plain = {name: value for name, value in fields(place, message).items() if name != "metadata"}
        try:
            self._client.chat_postEphemeral(user=user, **plain)
        except FAILURES as wrong:
            log.warning("whisper_failed", channel=place.channel, code=code_of(wrong))

    def find(self, place: Place) -> str:
        """The ts of our own message for the same key in the thread or channel, "" where there is none."""
        if place.thread:
            since = place.answers if place.answers[:1].isdigit() else place.thread
            every: Iterator[Any] = paged(
                self._client.conversations_replies,
                channel=place.channel,
                ts=place.thread,
                oldest=since,
                limit=200,
                include_all_metadata=True,
            )
        else:
            every = iter(
                [self._client.conversations_history(channel=place.channel, limit=50, include_all_metadata=True)]
            )
        messages: Iterator[dict[str, Any]] = (m for page in every for m in page.get("messages") or [])
        return next((str(m["ts"]) for m in messages if m.get("bot_id") and answered_by(m) == place.answers), "")


def answered_by(message: dict[str, Any]) -> str:
    """The key of what a message of ours answers, from its metadata."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("answers", ""))


def fields(place: Place, message: Message) -> dict[str, Any]:
    """The arguments of chat.postMessage: never unfurled, marked with what they answer."""
    metadata = message.metadata or {"event_type": EVENT, "event_payload": {}}
    payload = metadata.get("event_payload", {}) | {"answers": place.answers}
    made: dict[str, Any] = {
        "channel": place.channel,
        "text": message.text,
        "metadata": {**metadata, "event_payload": payload},
        "unfurl_links": False,
        "unfurl_media": False,
    }
    if place.thread:
        made["thread_ts"] = place.thread
    if message.blocks:
        made["blocks"] = list(message.blocks)
    return made


def lighter(outgoing: dict[str, Any], code: str, simpler: list[tuple[dict[str, Any], ...]]) -> dict[str, Any]:
    """The message without the part that Slack refuses, so that no card is lost; raises Undeliverable.

    Refused blocks are replaced by the next ``simpler`` ones, while there are any.
    """
    dropped = "metadata" if "metadata" in code else "blocks"
    about = (
        "metadata" in code or "block" in code or code in ("invalid_attachments", "msg_too_long", "invalid_arguments")
    )
    if not about or dropped not in outgoing:
        raise Undeliverable(code)
    if dropped == "blocks" and simpler:
        log.info("simpler_blocks", code=code)
        return outgoing | {"blocks": list(simpler.pop(0))}
    log.error("card_refused", code=code, dropped=dropped)
    return {name: value for name, value in outgoing.items() if name != dropped}
