"""What somebody does on the page: each deed takes what the page sends, and is refused in words for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.practice.acts import Acts
from bot.practice.manifest import Manifest
from bot.practice.people import BOT_USER, JSON, YOU, Channel
from bot.practice.workspace import Workspace
from bot.practice.writing import LONGEST

Deed = Callable[[JSON], JSON | None]
INVITE = {"/invite": "[@smtp-bot]"}
REFUSALS = {"already_reacted": "You reacted so already.", "no_reaction": "That reaction is gone."}


class Refusal(ValueError):
    """What somebody did on the page cannot be done; the words are for them."""


def person(workspace: Workspace, asked: Mapping[str, Any]) -> str:
    """Who sits before the page (``as``): the first person where it names nobody."""
    user = str(asked.get("as") or YOU)
    return user if user in workspace.users and not workspace.users[user].is_bot else YOU


def commands(manifest: Manifest) -> dict[str, str]:
    """The slash commands that the page offers, with what may follow them."""
    return {**manifest.commands, **INVITE}


def deeds(acts: Acts) -> dict[str, Deed]:
    """All that can be done on the page, by its address."""
    doer = Deeds(acts)
    return {
        "send": doer.send,
        "email": doer.email,
        "press": doer.press,
        "suggest": doer.suggest,
        "shortcut": doer.shortcut,
        "step": doer.step,
        "react": doer.react,
        "edit": doer.edit,
        "delete": doer.delete,
        "submit": doer.submit,
        "close": doer.close_view,
        "home": doer.home,
    }


class Deeds:
    """Carries out what somebody does on the page."""

    def __init__(self, acts: Acts) -> None:
        self.acts = acts
        self.workspace = acts.workspace

    def _who(self, body: JSON) -> str:
        return person(self.workspace, body)

    def _place(self, body: JSON) -> Channel:
        return self.workspace.channel(str(body.get("channel", "")))

    def email(self, body: JSON) -> None:
        """A mail arrives at the channel's address."""
        subject, text = str(body.get("subject", "")).strip(), str(body.get("text", ""))
        if not subject or not text.strip():
            raise Refusal("A mail needs a subject and a text.")
        sender = str(body.get("sender") or "mailer-daemon@mx.example.com")
        self.acts.forwards_email(subject[:200], text[:LONGEST], self._place(body).id, sender[:200])

    def shortcut(self, body: JSON) -> None:
        """Somebody uses a shortcut: on a message, or (without ``ts``) a global one."""
        name, who = str(body.get("callback_id")), self._who(body)
        if body.get("ts"):
            self.acts.shortcut(name, self._message(body), who)
        else:
            self.acts.global_shortcut(name, who)

    def step(self, body: JSON) -> None:
        """Somebody starts a workflow of one step of the app, with what is in the composer; its end is shown to them."""
        text, name = str(body.get("text", "")), str(body.get("callback_id"))
        if not text.strip():
            raise Refusal("Paste a bounce into the box first: the step reads what is in it.")
        if name not in {one["callback_id"] for one in self.acts.stage.manifest.steps}:
            raise Refusal("The manifest has no such step.")
        self.acts.runs_step(name, {"text": text}, self._who(body), self._place(body).id)

    def react(self, body: JSON) -> None:
        """Somebody adds a reaction, or takes it back."""
        act = self.acts.unreacts if body.get("remove") else self.acts.reacts
        try:
            act(str(body.get("ts")), str(body.get("name")), self._place(body).id, self._who(body))
        except ValueError as wrong:
            raise Refusal(REFUSALS.get(str(wrong), "That message is gone.")) from None

    def home(self, body: JSON) -> None:
        """Somebody opens the app's Home, or its messages."""
        self.acts.opens_home(self._who(body), "messages" if body.get("tab") == "messages" else "home")

    def suggest(self, body: JSON) -> JSON:
        """Somebody types into a menu whose options the app gives."""
        where = self._view(body) if body.get("view_id") else self._message(body)
        found = self.acts.asks_options(str(body.get("action_id")), str(body.get("text", "")), where, self._who(body))
        return {"options": found}

    def _message(self, body: JSON) -> JSON:
        ts, place = str(body.get("ts")), self._place(body)
        message = self.workspace.whispered(ts) or place.messages.get(ts)
        if message is None:
            raise Refusal("That message is gone.")
        return message | {"channel": place.id}

    def send(self, body: JSON) -> None:
        """Somebody sends what is in the composer: a message, or a slash command."""
        text, place, who = str(body.get("text", "")), self._place(body), self._who(body)
        thread_ts = str(body["thread_ts"]) if body.get("thread_ts") else None
        if not text.strip():
            raise Refusal("There is nothing to send.")
        name = text.split(maxsplit=1)[0]
        known = commands(self.acts.stage.manifest)
        if not text.startswith("/") or "/" in name[1:] or not name[1:]:
            self.acts.says(text, place.id, thread_ts, who)
        elif name not in known:
            self.acts.slackbot(place, who, f"{name} is not a valid command. There is {' and '.join(known)}.")
        elif thread_ts:
            # Slack says so too: there are no commands in threads (python-slack-sdk#1570).
            raise Refusal(f"{name} is not supported in threads. Sorry!")
        elif name in INVITE:
            self._invite(place, who)
        else:
            self.acts.command(text, place.id, who)

    def _invite(self, place: Channel, who: str) -> None:
        if BOT_USER in place.members:
            self.acts.slackbot(place, who, "smtp-bot is already in this channel.")
        else:
            self.acts.invites(place.id, who)

    def press(self, body: JSON) -> None:
        """Somebody presses a button or chooses from a menu."""
        what, who = str(body.get("option") or body.get("action_id")), self._who(body)
        if body.get("view_id"):
            self.acts.presses_in_view(what, self._view(body), body.get("values") or {}, who)
        else:
            self.acts.presses(what, self._message(body), who, block_id=str(body.get("block_id") or ""))

    def edit(self, body: JSON) -> None:
        """Somebody changes a message of theirs."""
        ts, channel = self._mine(body)
        self.acts.edits(ts, str(body.get("text", ""))[:LONGEST], channel, self._who(body))

    def delete(self, body: JSON) -> None:
        """Somebody deletes a message of theirs."""
        ts, channel = self._mine(body)
        self.acts.deletes(ts, channel)

    def _mine(self, body: JSON) -> tuple[str, str]:
        ts, place = str(body.get("ts")), self._place(body)
        if place.messages.get(ts, {}).get("user") != self._who(body):
            raise Refusal("Only your own messages can be changed.")
        return ts, place.id

    def submit(self, body: JSON) -> None:
        """Somebody submits a modal."""
        self.acts.submits(self._view(body), body.get("values") or {}, self._who(body))

    def close_view(self, body: JSON) -> None:
        """Somebody closes a modal."""
        self.acts.closes(self._view(body), self._who(body))

    def _view(self, body: JSON) -> JSON:
        ident, home = str(body.get("view_id")), self.workspace.homes.get(self._who(body))
        view = home if home and home["id"] == ident else self.workspace.views.get(ident)
        if view is None:
            raise Refusal("That window is closed already.")
        return view
