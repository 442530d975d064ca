"""Response URLs: five posts within half an hour, to the one who asked or to the channel."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from bot.practice.outgoing import composed, refusal
from bot.practice.people import JSON, Channel
from bot.practice.workspace import Workspace

# "up to 5 times in response to a user's action within 30 minutes": docs.slack.dev/interactivity
USES = 5
SECONDS = 30 * 60
HOOKS_KEPT = 2_000


@dataclass
class Hook:
    """One response URL: for whom, where, and which message it may replace."""

    channel: Channel
    user: str
    since: float
    ts: str = ""
    used: int = 0


class Hooks:
    """The response URLs that were given out."""

    def __init__(
        self, workspace: Workspace, base: Callable[[], str], announce: Callable[[Channel, JSON], None]
    ) -> None:
        self._workspace, self._base, self._announce = workspace, base, announce
        self._hooks: dict[str, Hook] = {}

    def url(self, channel: Channel, user: str, ts: str = "") -> str:
        """A new response URL; ``ts`` is the message whose button was pressed."""
        key = secrets.token_urlsafe(18)
        self._hooks[key] = Hook(channel, user, self._workspace.now(), ts)
        while len(self._hooks) > HOOKS_KEPT:
            del self._hooks[next(iter(self._hooks))]
        return f"{self._base()}hooks/{key}"

    def post(self, key: str, body: JSON) -> tuple[int, str]:
        """What a post to a response URL gets: HTTP status and text."""
        hook = self._hooks.get(key)
        if hook is None or self._workspace.now() - hook.since > SECONDS:
            return 404, "expired_url"
        if hook.used >= USES:
            return 404, "used_url"
        hook.used += 1
        wrong = "" if body.get("delete_original") is True else refusal(body)
        if wrong:
            return (400 if wrong != "no_text" else 500), wrong
        self.respond(hook.channel, hook.user, body, hook.ts)
        return 200, "ok"

    def respond(self, channel: Channel, user: str, body: JSON, ts: str = "") -> None:
        """Does what a response says: a new message, a changed one, or one taken away."""
        if body.get("delete_original") is True:
            self._take_away(channel, ts)
        elif body.get("replace_original") is True and ts:
            self._replace(channel, ts, composed(body))
        elif body.get("response_type") == "in_channel":
            self._announce(channel, self._workspace.add(channel, composed(body)))
        else:
            self._workspace.whisper(channel, user, composed(body))

    def _replace(self, channel: Channel, ts: str, message: JSON) -> None:
        fresh = {"text": message["text"], "blocks": message.get("blocks")}
        if self._workspace.whispered(ts) is not None:
            self._workspace.rewhisper(ts, {key: value for key, value in fresh.items() if value is not None})
        elif ts in channel.messages:
            self._workspace.alter(channel, ts, fresh)

    def _take_away(self, channel: Channel, ts: str) -> None:
        if self._workspace.whispered(ts) is not None:
            self._workspace.rewhisper(ts, None)
        elif ts in channel.messages:
            self._workspace.remove(channel, ts)
