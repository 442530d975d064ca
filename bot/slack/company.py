"""Who may press what: people of other companies nothing (Slack Connect), guests what changes nothing for others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from bot import cards
from bot.cards import actions, casework, menu
from bot.delivery.people import People
from bot.slack.admission import me
from bot.slack.events import chosen
from bot.slack.sending import whisper

PRESSES = ("block_actions", "message_action", "shortcut", "view_submission")
REFUSED = (
    "These buttons are for the company that runs me. You can read the cards here; ask your colleagues there to press."
)
GUESTS = (
    "Guests can ask me anything and read all cards, but a case is moved by members. Ask one of them, or say in the"
    " thread what you found."
)
# What moves a case or makes a thread quiet; what informs, and what marks an answer, anybody may press.
MOVING = frozenset((casework.TAKE, casework.SOLVE, casework.REOPEN, casework.UNDO, "guide.works", actions.SPEAK))
CHOICES = frozenset((menu.HAND, menu.WAIT, menu.LATER, menu.MORNING, actions.QUIET))
WINDOWS = frozenset((casework.SOLVED, casework.HANDED))


class Company(Middleware):
    """Lets through what people may do, and tells the others so in one sentence that they alone see."""

    def __init__(self, people: People) -> None:
        self._people = people

    def process(self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]) -> BoltResponse:
        """Passes a press on, or answers it with a refusal."""
        said = refusal(req.body, me(req.context).team, self._people)
        if not said:
            return next()
        if req.context.response_url and (respond := req.context.respond):
            thread = str((req.body.get("container") or {}).get("thread_ts") or "")
            whisper(respond, cards.notice(said), thread=thread)
        return BoltResponse(status=200, body="")


def refusal(body: Mapping[str, Any], team: str, people: People) -> str:
    """Why a press is refused, in a sentence; "" where it is not."""
    user = body.get("user") if body.get("type") in PRESSES else None
    if not isinstance(user, Mapping):
        return ""
    if outsider(body, user, team, people):
        return REFUSED
    return GUESTS if moves(body) and people.of(str(user.get("id") or "")).guest else ""


def outsider(body: Mapping[str, Any], user: Mapping[str, Any], team: str, people: People) -> bool:
    """Whether somebody is of another company; within an organisation (Enterprise Grid) the teams of one differ."""
    theirs = str(user.get("team_id") or "")
    if not theirs or not team or theirs == team:
        return False
    ours = str((body.get("enterprise") or {}).get("id") or "")
    if not ours:
        return True
    person = people.of(str(user.get("id") or ""))
    return bool(person.team) and person.enterprise != ours


def moves(body: Mapping[str, Any]) -> bool:
    """Whether a press changes something for all: where a case stands, or whether the bot speaks in a thread."""
    if body.get("type") == "view_submission":
        return (body.get("view") or {}).get("callback_id") in WINDOWS
    action, value = chosen(body)
    if action == casework.MENU:
        return value in CHOICES
    if action != actions.MENU:
        return action in MOVING
    try:
        return actions.asked(action, value)[1] in CHOICES
    except actions.CaseError:
        return False
