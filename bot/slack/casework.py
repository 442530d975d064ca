"""The listeners of a case's buttons and windows: each takes Slack's arguments apart, makes one call, and sends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
import structlog
from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import cards
from bot.cards import actions, casework, menu
from bot.delivery import Press
from bot.delivery.casework import LOST, Casework, thread_of
from bot.delivery.errors import code_of
from bot.delivery.reminders import Reminders
from bot.slack.admission import me
from bot.slack.events import chosen, ephemeral, press
from bot.slack.payloads import carried, stamp
from bot.slack.sending import replace, whisper, whisper_in_thread
from bot.terms import Case

GUIDE = re.compile(r"^guide\.")
MOVES: dict[str, Literal["take", "reopen", "undo"]] = {
    casework.TAKE: "take",
    casework.REOPEN: "reopen",
    casework.UNDO: "undo",
}
NOTED = "Thank you. It is on the list of /smtp unknown, for who looks after the catalogue."
LATE = "Slack gave me no window in time. Press once more."

Listener = Callable[[Ack, dict[str, Any], BoltContext, WebClient, Respond], None]

log = structlog.get_logger("bot.slack")


def register(app: App, work: Casework, reminders: Reminders) -> dict[str, Listener]:
    """Adds the listeners of cases to the app, before the general ones for questions; gives those of a card's menu."""
    listeners = CaseListeners(work, reminders)
    for action in MOVES:
        app.action(action)(listeners.move)
    app.action(casework.SOLVE)(listeners.solve)
    app.action(casework.MENU)(listeners.menu)
    app.action(f"{casework.MENU}.{menu.TICKET}")(listeners.menu)
    app.action(GUIDE)(listeners.guide)
    app.action(casework.DRAFT)(listeners.draft)
    app.action(casework.RIGHT)(listeners.mark)
    app.action(casework.WRONG)(listeners.mark)
    app.view(casework.SOLVED)(listeners.solved)
    app.view(casework.HANDED)(listeners.handed)
    app.view(casework.COPIED)(lambda ack: ack())
    by_menu = dict.fromkeys((menu.HAND, menu.WAIT, menu.LATER, menu.MORNING, menu.TICKET), listeners.menu)
    return {**by_menu, "draft": listeners.draft, menu.RIGHT: listeners.mark, menu.WRONG: listeners.mark}


class CaseListeners:
    """What is done with cases, for one casework."""

    def __init__(self, work: Casework, reminders: Reminders) -> None:
        self._work, self._reminders = work, reminders

    def move(self, ack: Ack, body: dict[str, Any], context: BoltContext, respond: Respond) -> None:
        """[I take it], [Reopen], [Undo]: moves the case on, for all to see."""
        ack()
        pressed = on_case(body, context)
        move = MOVES[chosen(body)[0]]
        tell(respond, pressed, self._work.move(pressed, move, message(body)))

    def solve(self, ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond) -> None:
        """[Solved]: asks what fixed it."""
        ack()
        pressed = on_case(body, context)
        if self._work.kept(thread_of(pressed), message(body)) is None:
            tell(respond, pressed, LOST)
        else:
            self._open(client, body, casework.solving(where(pressed)), respond, pressed)

    def menu(self, ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond) -> None:
        """The menu of a case: hand over, waiting, reminders, a ticket's text."""
        ack()
        pressed, choice = on_case(body, context), choice_of(body)
        if choice == menu.WAIT:
            tell(respond, pressed, self._work.move(pressed, "wait", message(body)))
        elif choice in (menu.LATER, menu.MORNING):
            self._work.kept(thread_of(pressed), message(body))
            tell(respond, pressed, self._reminders.set(pressed, "later" if choice == menu.LATER else "morning"))
        elif choice == menu.HAND:
            self._open(client, body, casework.handing(where(pressed)), respond, pressed)
        elif choice == menu.TICKET:
            self._texts(client, body, pressed, respond, None)

    def draft(self, ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond) -> None:
        """[Draft a message]: shows the texts in a window, to who pressed only."""
        own, _ = actions.asked(*chosen(body))
        ack()
        self._texts(client, body, on_case(body, context), respond, own)

    def guide(self, ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond) -> None:
        """[Next step] and the guide's own buttons: the next screen, in the place of the one before."""
        ack()
        action, value = chosen(body)
        path, entry, thread = casework.unguided(value)
        pressed = on_case(body, context)
        pressed = msgspec.structs.replace(pressed, thread=pressed.thread or stamp(thread))
        if action == "guide.works":
            self._open(client, body, casework.solving(where(pressed)), respond, pressed)
            return
        shown = self._work.guide(pressed, path, entry, message(body))
        if ephemeral(body):
            replace(respond, shown)
        else:
            whisper_in_thread(
                client, shown, {"channel": pressed.channel, "user": pressed.user, "thread_ts": pressed.thread}
            )

    def mark(self, ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond) -> None:
        """[This was right], [This was wrong], also in the menu: keeps it, and thanks."""
        ack()
        action, value = chosen(body)
        pressed = on_case(body, context)
        entry = actions.asked(action, value)[0].entry if action == actions.MENU else value
        right = choice_of(body) == menu.RIGHT or action == casework.RIGHT
        self._work.mark(pressed, "right" if right else "wrong", entry)
        tell(respond, pressed, "Thank you, noted." if right else NOTED)

    def solved(
        self, ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, client: WebClient
    ) -> None:
        """The window that asks what fixed it, submitted: solves the case once."""
        ack()
        pressed = submitted(body, view, context)
        fixed = str(field(view, "fixed").get("value") or "")
        if refused := self._work.solve(pressed, fixed, {}):
            told(client, pressed, refused)

    def handed(
        self, ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, client: WebClient
    ) -> None:
        """The window that asks who takes it, submitted."""
        ack()
        pressed, person = submitted(body, view, context), str(field(view, "person").get("selected_user") or "")
        if person.isalnum() and (refused := self._work.move(pressed, "hand", {}, person)):
            told(client, pressed, refused)

    def _texts(
        self, client: WebClient, body: dict[str, Any], pressed: Press, respond: Respond, own: Case | None
    ) -> None:
        """The drafts of a case, of which the button carries its ``own``; without one the case's text for a ticket."""
        now, ticket = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), own is None
        made = self._work.texts(pressed, message(body), now, ticket=ticket, own=own)
        if made is None:
            tell(respond, pressed, LOST)
            return
        title = "Copy for a ticket" if ticket else "Draft a message"
        self._open(client, body, casework.texts(title, made, where(pressed)), respond, pressed)

    def _open(
        self, client: WebClient, body: dict[str, Any], view: dict[str, Any], respond: Respond, pressed: Press
    ) -> None:
        try:
            client.views_open(trigger_id=str(body.get("trigger_id") or ""), view=view)
        except SlackApiError as wrong:
            log.warning("no_window", code=code_of(wrong))
            tell(respond, pressed, LATE)


def on_case(body: Mapping[str, Any], context: BoltContext) -> Press:
    """A press on a case: its thread is the card's own message where the card stands in the channel itself."""
    pressed = press(body, me(context).team)
    ts = str((body.get("container") or {}).get("message_ts") or "")
    return pressed if pressed.thread or ephemeral(body) else msgspec.structs.replace(pressed, thread=ts)


def choice_of(body: Mapping[str, Any]) -> str:
    """What was chosen in a menu: the whole value in menus from before, else its first field."""
    action, value = chosen(body)
    return actions.asked(action, value)[1] if action == actions.MENU else value


def message(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The message whose button was pressed; empty where one person only saw it, for it cannot be read again."""
    return {} if ephemeral(body) else body.get("message") or {}


def where(pressed: Press) -> str:
    """What a window carries to find its case again."""
    return f"{pressed.team}|{pressed.channel}|{pressed.thread}"


def submitted(body: Mapping[str, Any], view: Mapping[str, Any], context: BoltContext) -> Press:
    """A window submitted, as a press on its case; submitting it again gives the same key.

    Raises CaseError where the window does not carry a case of the team that submits it.
    """
    place = carried(str(view.get("private_metadata") or ""))
    if place is None or place.team != me(context).team:
        raise actions.CaseError
    user = str((body.get("user") or {}).get("id") or "")
    return Press(place.team, place.channel, place.thread, user, str(view.get("id") or "")[:80])


def field(view: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """What a window's field holds."""
    values = (view.get("state") or {}).get("values") or {}
    found: Mapping[str, Any] = (values.get(name) or {}).get(name) or {}
    return found


def tell(respond: Respond, pressed: Press, sentence: str) -> None:
    """Tells who pressed, beside the button, what the card does not show; nothing where there is no sentence."""
    if sentence:
        whisper(respond, cards.notice_markup(sentence), thread=pressed.thread)


def told(client: WebClient, pressed: Press, sentence: str) -> None:
    """The same after a window, which has no response URL."""
    place = {"channel": pressed.channel, "user": pressed.user, "thread_ts": pressed.thread}
    whisper_in_thread(client, cards.notice_markup(sentence), place)
