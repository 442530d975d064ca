"""What people press, type and fill in: slash commands, buttons, menus, shortcuts, modals, the App Home."""

from __future__ import annotations

import threading
from collections.abc import Callable

from bot.practice import events, payloads
from bot.practice.api.views import cleared, created, replaced
from bot.practice.people import APP_ID, JSON, YOU
from bot.practice.wire import Parcel
from bot.practice.workspace import new_id
from bot.practice.writing import Writing


class Pressing(Writing):
    """The workspace seen from where people press; all of it reaches the app as Slack would send it."""

    def command(self, line: str, channel: str = "email-ops", user: str = YOU) -> None:
        """Somebody types a slash command; what the app does not acknowledge in time is said to them as Slack does."""
        name, _, text = line.strip().partition(" ")
        place, who = self.workspace.channel(channel), self.workspace.users[user]
        url = self.stage.hooks.url(place, user)
        stage = self.stage
        payload = payloads.command(
            name, text.strip(), place, who, token=stage.verification, trigger=stage.trigger(user), response_url=url
        )

        def answered(body: JSON | None) -> None:
            if body and (body.get("text") or body.get("blocks")):
                stage.hooks.respond(place, user, body)

        def lost(reason: str) -> None:
            self.slackbot(place, user, f'{name} failed with the error "{reason}"')

        stage.wire.send(Parcel("slash_commands", payload, answered, lost))

    def presses(self, what: str, message: JSON, user: str = YOU, *, block_id: str = "") -> None:
        """Somebody presses or chooses: ``what`` is an action_id, a visible text or an option's value.

        ``block_id`` says in which block, where it is in several.

        Raises LookupError where the message has nothing of the kind.
        """
        blocks = [block for block in message.get("blocks", ()) if block_id in ("", block["block_id"])]
        element, found_in, option = payloads.pick(blocks, what)
        place = self.workspace.channel(message["channel"])
        kept = {key: value for key, value in message.items() if key != "channel"}
        stage, ts = self.stage, message["ts"]
        payload = (
            self._interactive("block_actions", user)
            | payloads.of_message(kept, place)
            | {
                "response_url": stage.hooks.url(place, user, ts),
                "actions": [payloads.action(element, found_in, option, self.workspace.next_ts())],
            }
        )
        stage.wire.send(Parcel("interactive", payload, lost=self._losing(ts, user)))

    def shortcut(self, callback_id: str, message: JSON, user: str = YOU) -> None:
        """Somebody uses a message shortcut (``message_action``); raises LookupError where the manifest has none."""
        stage, place = self.stage, self.workspace.channel(message["channel"])
        stage.manifest.shortcut(callback_id, "message")
        kept = {key: value for key, value in message.items() if key != "channel"}
        payload = self._interactive("message_action", user) | {
            "callback_id": callback_id,
            "response_url": stage.hooks.url(place, user),
            "message_ts": message["ts"],
            "channel": {"id": place.id, "name": payloads.named(place)},
            "message": kept,
            "action_ts": self.workspace.next_ts(),
        }
        stage.wire.send(Parcel("interactive", payload, lost=self._losing(message["ts"], user)))

    def global_shortcut(self, callback_id: str, user: str = YOU) -> None:
        """Somebody uses a global shortcut (``shortcut``): no channel, no message, a trigger to open a modal with."""
        self.stage.manifest.shortcut(callback_id, "global")
        payload = self._interactive("shortcut", user) | {"callback_id": callback_id}
        self.stage.wire.send(Parcel("interactive", payload | {"action_ts": self.workspace.next_ts()}))

    def opens_home(self, user: str = YOU, tab: str = "home") -> None:
        """Somebody opens the app's Home or its messages (``app_home_opened``)."""
        home, direct = self.workspace.homes.get(user), self.workspace.open_direct(user)
        self.stage.tell(events.home_opened(user, direct, tab, home, self.workspace.next_ts()))

    def runs_step(self, callback_id: str, inputs: JSON, user: str = YOU, channel: str = "") -> str:
        """A workflow reaches a step of the app (``function_executed``); returns the execution's id.

        How it ended is in ``stage.steps``: ``outputs`` or ``error``. With a channel, the person is shown it there.
        """
        ident, ts = new_id("Fx"), self.workspace.next_ts()
        if channel:
            self.stage.shown_to[ident] = (channel, user)
        self.stage.steps[ident] = {}
        function = {"id": new_id("Fn"), "callback_id": callback_id, "type": "app", "app_id": APP_ID}
        event = {"type": "function_executed", "function": function, "inputs": inputs, "function_execution_id": ident}
        self.stage.tell(
            event | {"workflow_execution_id": new_id("Wx"), "event_ts": ts, "bot_access_token": self.stage.bot_token}
        )
        return ident

    def _interactive(self, kind: str, user: str) -> JSON:
        stage = self.stage
        who = self.workspace.users[user]
        return payloads.interactive(kind, who, token=stage.verification, trigger=stage.trigger(user))

    def _losing(self, ts: str, user: str) -> Callable[[str], None]:
        """Tells the page that the app did not answer to what was done at a message."""
        return lambda reason: self.workspace.publish({"type": "trouble", "ts": ts, "user": user, "reason": reason})

    def submits(self, view: JSON, values: JSON | None = None, user: str = YOU) -> None:
        """Somebody submits a modal, with values by action_id."""
        view["state"] = {"values": payloads.state_values(view["blocks"], values or {})}
        payload = self._of_view("view_submission", view, user) | {"response_urls": []}

        def answered(body: JSON | None) -> None:
            self._after_submission(view, user, body or {})

        def lost(reason: str) -> None:
            self.workspace.show(view, user, trouble=reason)

        self.stage.wire.send(Parcel("interactive", payload, answered, lost))

    def _after_submission(self, view: JSON, user: str, body: JSON) -> None:
        match body.get("response_action"):
            case "errors":
                self.workspace.show(view, user, errors=body.get("errors", {}))
            case "update":
                replaced(self.stage, view, body["view"])
            case "push":
                created(self.stage, body["view"], user, view)
            case "clear":
                cleared(self.stage, user)
                self.workspace.show(None, user)
            case _:
                self._leave(view, user)

    def closes(self, view: JSON, user: str = YOU) -> None:
        """Somebody closes a modal; the app hears of it where it asked to (``notify_on_close``)."""
        if view["notify_on_close"]:
            payload = self._of_view("view_closed", view, user) | {"is_cleared": False}
            self.stage.wire.send(Parcel("interactive", payload))
        self._leave(view, user)

    def _leave(self, view: JSON, user: str) -> None:
        self.workspace.views.pop(view["id"], None)
        self.workspace.show(self.workspace.views.get(view["previous_view_id"] or ""), user)

    def _of_view(self, kind: str, view: JSON, user: str) -> JSON:
        return self._interactive(kind, user) | {"view": {key: value for key, value in view.items() if key != "user"}}

    def presses_in_view(self, what: str, view: JSON, values: JSON | None = None, user: str = YOU) -> None:
        """Somebody presses or chooses in an open modal or in the App Home, where typing in an input may count too."""
        element, block_id, option = payloads.pick(view["blocks"], what)
        view["state"] = {"values": payloads.state_values(view["blocks"], values or {})}
        payload = self._of_view("block_actions", view, user)
        payload["container"] = {"type": "view", "view_id": view["id"]}
        pressed = payloads.action(element, block_id, option, self.workspace.next_ts())
        if option is None:
            pressed |= view["state"]["values"].get(block_id, {}).get(element["action_id"], {})
        payload["actions"] = [pressed]
        self.stage.wire.send(Parcel("interactive", payload))

    def asks_options(self, action_id: str, typed: str, where: JSON, user: str = YOU) -> list[JSON]:
        """The options that the app offers in an external select for what was typed (``block_suggestion``).

        ``where`` is the view or the message that holds it. Raises TimeoutError where the app does not answer.
        """
        element, block_id, _ = payloads.pick(where["blocks"], action_id)
        payload = self._interactive("block_suggestion", user) | {
            "action_id": element["action_id"],
            "block_id": block_id,
            "value": typed,
        }
        if "ts" in where:
            payload |= payloads.of_message(where, self.workspace.channel(where["channel"]))
        else:
            payload |= {"container": {"type": "view", "view_id": where["id"]}, "view": where}
        came, found = threading.Event(), list[JSON]()

        def answered(body: JSON | None) -> None:
            groups = [option for group in (body or {}).get("option_groups", ()) for option in group["options"]]
            found.extend([*(body or {}).get("options", ()), *groups][:100])
            came.set()

        self.stage.wire.send(Parcel("interactive", payload, answered))
        if not came.wait(self.stage.wire.within):
            raise TimeoutError("The app did not answer in time. Try again.")
        return found
