"""Refuses, kindly, what people of another company press in a shared channel (Slack Connect)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from bot import cards
from bot.slack.admission import me
from bot.slack.sending import whisper

PRESSES = ("block_actions", "message_action", "shortcut", "view_submission")
REFUSED = (
    "These buttons are for the company that runs me. You can read the cards here; ask your colleagues there to press."
)


class Company(Middleware):
    """Lets through what the bot's own company does."""

    def process(self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]) -> BoltResponse:
        """Answers another company's people with one sentence that they alone see."""
        if not outsider(req.body, me(req.context).team):
            return next()
        if req.context.response_url and (respond := req.context.respond):
            whisper(respond, cards.notice(REFUSED))
        return BoltResponse(status=200, body="")


def outsider(body: Mapping[str, Any], team: str) -> bool:
    """Whether a press comes from another company; within an Enterprise organisation the teams of one company differ."""
    user = body.get("user") if body.get("type") in PRESSES else None
    theirs = user.get("team_id") if isinstance(user, Mapping) else None
    return bool(theirs and team) and theirs != team and not body.get("enterprise")
