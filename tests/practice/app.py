"""A small Bolt app on the practice workspace: it keeps what it is sent, publishes a Home, opens modals, gives options."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt import Ack, App, Complete, Fail
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.practice import Practice
from bot.practice.manifest import of
from bot.practice.people import YOU, first_channels

JSON = dict[str, Any]
MANIFEST = of(
    {
        "features": {
            "app_home": {"home_tab_enabled": True},
            "slash_commands": [{"command": "/smtp", "usage_hint": "a code"}],
            "shortcuts": [
                {"name": "Explain this bounce", "type": "message", "callback_id": "explain"},
                {"name": "Paste a bounce", "type": "global", "callback_id": "paste", "description": "For you alone"},
            ],
        },
        "settings": {
            "event_subscriptions": {
                "bot_events": [
                    "app_home_opened",
                    "app_mention",
                    "function_executed",
                    "member_joined_channel",
                    "message.channels",
                    "message.im",
                    "reaction_added",
                    "reaction_removed",
                ]
            }
        },
    }
)


def plain(text: str) -> JSON:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def field(label: str, element: JSON, block_id: str, **more: Any) -> JSON:
    """An input block."""
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


HOME: JSON = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Search the catalogue")},
        field("Words or a code", {"type": "plain_text_input", "action_id": "search"}, "search", dispatch_action=True),
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "*Open cases*: none"},
            "accessory": {"type": "button", "action_id": "help", "text": plain("Help")},
        },
    ],
}
MODAL: JSON = {
    "type": "modal",
    "callback_id": "pasted",
    "title": plain("Paste a bounce"),
    "submit": plain("Explain"),
    "notify_on_close": True,
    "blocks": [
        field("The reply", {"type": "plain_text_input", "action_id": "text", "multiline": True}, "text"),
        field(
            "Entry", {"type": "external_select", "action_id": "entry", "min_query_length": 2}, "entry", optional=True
        ),
    ],
}
OPTIONS = [{"text": plain(name), "value": name} for name in ("greylisting", "mailbox full")]


class Recorder:
    """The app, and the bodies that it got."""

    def __init__(self, practice: Practice) -> None:
        self.practice = practice
        client = WebClient(practice.bot_token, base_url=practice.api_url)
        logger = logging.getLogger("recorder")
        logger.setLevel(logging.CRITICAL)
        self.app = App(client=client, logger=logger)
        self.client = client
        self.bodies: list[JSON] = []
        self.app.use(self._keep)
        self.app.event("app_home_opened")(self._home)
        self.app.shortcut("paste")(self._opened)
        self.app.shortcut("explain")(lambda ack: ack())
        self.app.options("entry")(self._options)
        self.app.view("pasted")(self._submitted)
        self.app.view_closed("pasted")(lambda ack: ack())
        self.app.action("search")(self._search)
        self.app.action("help")(lambda ack: ack())
        for event in ("message", "app_mention", "reaction_added", "reaction_removed", "member_joined_channel"):
            self.app.event(event)(lambda: None)
        self.app.function("explain")(self._step)
        self.app.command("/smtp")(lambda ack: ack())

    def _keep(self, body: JSON, next: Callable[[], Any]) -> None:
        self.bodies.append(body)
        next()

    def _step(self, inputs: JSON, complete: Complete, fail: Fail) -> None:
        if inputs.get("text"):
            complete(outputs={"verdict": "keep the address"})
        else:
            fail("There was no text.")

    def _home(self, event: JSON, client: WebClient) -> None:
        if event["tab"] == "home":
            client.views_publish(user_id=event["user"], view=HOME)

    def _opened(self, ack: Ack, shortcut: JSON, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=shortcut["trigger_id"], view=MODAL)

    def _options(self, ack: Ack, payload: JSON) -> None:
        ack(options=[one for one in OPTIONS if payload["value"] in one["value"]])

    def _submitted(self, ack: Ack, view: JSON) -> None:
        text = view["state"]["values"]["text"]["text"]["value"]
        if not text:
            ack(response_action="errors", errors={"text": "Paste the reply first."})
            return
        done = {**MODAL, "blocks": [{"type": "section", "text": plain(f"Explained: {text}")}]}
        ack(response_action="update", view={k: v for k, v in done.items() if k != "submit"})

    def _search(self, ack: Ack, body: JSON, client: WebClient) -> None:
        ack()
        words = body["actions"][0]["value"]
        found = [*HOME["blocks"], {"type": "section", "text": plain(f"Found for {words}")}]
        client.views_publish(user_id=body["user"]["id"], view={**HOME, "blocks": found})

    def afresh(self) -> None:
        """Forgets what was said and sent before."""
        self.practice.idle()
        workspace = self.practice.workspace
        workspace.channels = first_channels(int(workspace.now()))
        for kept in (workspace.ephemerals, workspace.homes, workspace.views, self.bodies):
            kept.clear()

    def modal(self, user: str = YOU) -> JSON:
        """The modal before a person, once it is open."""
        return self.practice.waits_for(lambda: self.practice.modal(user) or {})

    def events(self, kind: str) -> list[JSON]:
        """The events of a kind, once all is quiet."""
        self.practice.idle()
        return [body["event"] for body in self.bodies if body.get("event", {}).get("type") == kind]

    def payloads(self, kind: str) -> list[JSON]:
        """The interactive payloads of a kind, once all is quiet."""
        self.practice.idle()
        return [body for body in self.bodies if body.get("type") == kind]


@contextmanager
def recording(practice: Practice) -> Iterator[Recorder]:
    """A recorder that is connected to a running practice workspace."""
    recorder = Recorder(practice)
    handler = SocketModeHandler(recorder.app, practice.app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    practice.connected()
    try:
        yield recorder
    finally:
        handler.close()  # type: ignore[no-untyped-call]
