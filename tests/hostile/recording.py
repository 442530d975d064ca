"""Real payloads of every kind: a day in the practice workspace, in which everything that can be pressed is pressed."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Literal

import msgspec

from bot.cards import lookups
from bot.practice.payloads import choices, elements
from bot.practice.people import BOT_USER, JSON, YOU
from bot.slack.commands import COMMANDS
from tests.hostile.room import Room

# An action's id may end with the channel that it switches, or with the answer that it gives.
ONE_OF_MANY = re.compile(r"^(home\.set\.\w+|guide\.pick)\.\w+$")
Kind = Literal["events_api", "slash_commands", "interactive"]
GOOGLE = "550 5.1.1 The email account that you tried to reach does not exist. https://support.google.com/mail/ - gsmtp"
SPF = "550-5.7.26 Unauthenticated email from example.com is not accepted; SPF [example.com] with ip: [192.0.2.7] = did not pass"
SEVERAL = f"{GOOGLE}\n451 4.7.1 Greylisting in action, try again in 300 seconds\n552 5.2.2 mailbox full"


class Recorded(msgspec.Struct, frozen=True):
    """A payload as Slack sends it, and ``name``: what it is, as ``block_actions ask.retry``."""

    kind: Kind
    name: str
    payload: JSON


def recorded(room: Room) -> list[Recorded]:
    """One payload of each name, from a day in the room; afterwards nothing that is sent reaches the app."""
    day = Day(room)
    day.messages()
    day.commands()
    day.windows()
    day.everything()
    room.carrier.live = False
    found: dict[str, Recorded] = {}
    for parcel in room.carrier.parcels:
        name = named(parcel.payload)
        found.setdefault(name, Recorded(parcel.kind, name, parcel.payload))
    return list(found.values())


def named(payload: JSON) -> str:
    """What a payload is: its type, and what it is about."""
    event, action = payload.get("event", {}), (payload.get("actions") or [{}])[0]
    option = str(action.get("selected_option", {}).get("value", "")).split(";")[1:2]
    about = (
        payload.get("command"), event.get("type"), event.get("subtype"), event.get("channel_type"),
        ONE_OF_MANY.sub(r"\1", action.get("action_id", "")), *option, payload.get("callback_id"), payload.get("view", {}).get("callback_id"),
    )  # fmt: skip
    first = str(payload.get("text", "")).split(" ")[0] if "command" in payload else ""
    return " ".join(str(one) for one in (payload.get("type"), *about, first) if one)


class Day:
    """What people do in the room."""

    def __init__(self, room: Room) -> None:
        self.room, self.practice = room, room.practice
        self.pressed: set[str] = set()

    def idle(self) -> None:
        """Waits until nothing moves: what is acknowledged here is done, but for answers that wait in their lanes."""
        while self.practice.stage.wire.quiet_for() == 0.0 or self.room.desk._lanes.jobs():
            time.sleep(0.001)

    def messages(self) -> None:
        """Messages of every kind, their edits and deletions, files, mails, apps, reactions, invitations."""
        acts = self.practice
        ts = acts.says(GOOGLE)
        acts.says(SPF), acts.says(SEVERAL), acts.says("good morning"), acts.says(f"@smtp-bot {GOOGLE}")
        acts.says("451 4.7.1", channel=acts.direct())
        self.idle()
        for asked in ("do we retry?", "@smtp-bot whom do we contact?", "done, still failing", SPF):
            acts.says(asked, thread_ts=ts)
        acts.broadcasts("is it us?", ts)
        edited, gone = acts.says(SPF), acts.says(GOOGLE)
        self.idle()
        acts.edits(edited, GOOGLE)
        acts.deletes(gone)
        acts.uploads("bounce.txt", SPF.encode(), comment="look")
        acts.uploads("bounce.eml", b"Subject: x\n\n" + SPF.encode())
        acts.uploads("snippet.txt", GOOGLE.encode(), snippet=True)
        acts.forwards_email("Undelivered Mail", GOOGLE)
        acts.app_says(GOOGLE, blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": GOOGLE}}])
        acts.app_says(GOOGLE, name="Hook", webhook=True)
        plain = acts.says("is this one? 550 5.7.1 rejected by policy")
        acts.reacts(plain, self.room.settings.reaction)
        acts.unreacts(plain, self.room.settings.reaction)
        acts.adds_channel("new-one", bot=False)
        acts.invites("new-one")
        for tab in ("home", "messages"):
            acts.opens_home(tab=tab)
        acts.runs_step("explain_bounce", {"text": GOOGLE})
        self.idle()

    def commands(self) -> None:
        """Every command, and things to explain."""
        for line in (
            "",
            "451",
            "4.7.1",
            SPF,
            SEVERAL,
            "greylisting",
            *(one.usage.removeprefix("/smtp ") for one in COMMANDS),
        ):
            self.practice.command(f"/smtp {line}")
        self.idle()

    def windows(self) -> None:
        """The shortcuts and their windows."""
        message = self.practice.messages()[0]
        self.practice.shortcut("explain_bounce", message)
        self.practice.global_shortcut("explain_paste")
        self.idle()
        self.submitted("paste", SPF)

    def submitted(self, field: str = "", text: str = "") -> None:
        """Submits the window that is open, and closes what is left."""
        view = self.practice.modal()
        if view is None:
            return
        dns = view["callback_id"] == lookups.WINDOW
        given = {} if dns else {element["action_id"]: YOU if "users" in element["type"] else text or "the key was rotated"
                 for element, _ in elements(view["blocks"])}  # fmt: skip
        self.practice.submits(view, given)
        self.idle()
        if left := self.practice.modal():
            self.practice.closes(left | {"notify_on_close": True})
            self.idle()

    def everything(self) -> None:
        """Presses each button and chooses each option that is on any message or the Home, until none is new."""
        while todo := [one for one in self.seen() if one[0] not in self.pressed]:
            for name, where, what, block_id in todo:
                if name in self.pressed:
                    continue
                self.pressed.add(name)
                if "ts" in where:
                    self.practice.presses(what, where, block_id=block_id)
                else:
                    self.practice.presses_in_view(what, where, {what: "451 4.7.1"})
                self.idle()
                self.submitted()

    def seen(self) -> list[tuple[str, JSON, str, str]]:
        """What can be pressed now: a name for it, where it is, and how to press it."""
        workspace = self.practice.workspace
        own = [m for m in self.practice.messages() if m.get("user") == BOT_USER]
        direct = self.practice.messages(self.practice.direct())
        places = [*own, *direct, *self.practice.ephemerals(), *workspace.homes.values()]
        found = []
        for where in places:
            for element, block_id in elements(where.get("blocks", [])):
                options: Sequence[JSON | None] = choices(element) or [None]
                for option in options:
                    value = str(option["value"]) if option else ""
                    what = value or element["action_id"]
                    name = f"{element['action_id']} {value.split(';')[1] if ';' in value else value[:12]}"
                    found.append((f"{name} {'whispered' if where.get('is_ephemeral') else ''}", where, what, block_id))
        return found
