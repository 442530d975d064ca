"""What people and other apps do in the workspace: write, edit, upload, press, type commands, fill in modals."""

from __future__ import annotations

from bot.practice import encoding, events, files, payloads
from bot.practice.api.views import created, replaced
from bot.practice.outgoing import identified
from bot.practice.people import BOT_USER, JSON, TEAM_ID, YOU, Channel
from bot.practice.stage import Stage
from bot.practice.wire import Parcel

# docs.slack.dev/reference/methods/chat.postMessage: more is cut.
LONGEST = 40_000
COMMANDS = {"/smtp": "[code, words or a pasted line]", "/invite": "[@smtp-bot]"}


class Acts:
    """The workspace seen from where people sit; everything they do reaches the app as Slack would send it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.workspace = stage.workspace

    def says(self, text: str, channel: str = "email-ops", thread_ts: str | None = None, user: str = YOU) -> str:
        """Somebody writes; ``text`` as typed (``@smtp-bot`` mentions). Returns the ``ts``."""
        return str(self._write(self.workspace.channel(channel), text, user, thread_ts)["ts"])

    def broadcasts(self, text: str, thread_ts: str, channel: str = "email-ops", user: str = YOU) -> str:
        """A reply in a thread, also sent to the channel (``thread_broadcast``)."""
        place = self.workspace.channel(channel)
        root = dict(place.messages[thread_ts])
        return str(self._write(place, text, user, thread_ts, {"subtype": "thread_broadcast", "root": root})["ts"])

    def _write(self, place: Channel, text: str, user: str, thread_ts: str | None, more: JSON | None = None) -> JSON:
        if len(text) > LONGEST:
            raise ValueError(f"Slack takes at most {LONGEST} characters in a message; these are {len(text)}.")
        written, blocks = encoding.encode(text, self.workspace.names())
        message = events.user_message(user, written, blocks, thread_ts) | (more or {})
        with self.workspace.changed:
            kept = self.workspace.add(place, message)
            self.stage.announce(place, kept)
        return kept

    def edits(self, ts: str, text: str, channel: str = "email-ops", user: str = YOU) -> None:
        """Somebody changes a message (``message_changed``)."""
        place = self.workspace.channel(channel)
        written, blocks = encoding.encode(text, self.workspace.names())
        before = dict(place.messages[ts])
        edited = {"user": user, "ts": self.workspace.next_ts()}
        message = self.workspace.alter(place, ts, {"text": written, "blocks": blocks, "edited": edited})
        self.stage.announce_change(place, message, before)

    def deletes(self, ts: str, channel: str = "email-ops") -> None:
        """Somebody deletes a message (``message_deleted``)."""
        place = self.workspace.channel(channel)
        self.stage.announce_removal(place, self.workspace.remove(place, ts))

    def uploads(
        self,
        name: str,
        content: bytes,
        channel: str = "email-ops",
        comment: str = "",
        *,
        thread_ts: str | None = None,
        snippet: bool = False,
        connect: bool = False,
        user: str = YOU,
    ) -> str:
        """Somebody shares a file (``file_share``), with a comment or without; ``connect``: from another company."""
        base, now = self.stage.base, int(self.workspace.now())
        file = self.workspace.keep_file(files.uploaded(name, content, user, base, now, snippet=snippet), content)
        shown = files.unseen(file) if connect else file
        more = {"subtype": "file_share", "files": [shown], "upload": True, "display_as_bot": False}
        return str(self._write(self.workspace.channel(channel), comment, user, thread_ts, more)["ts"])

    def forwards_email(
        self, subject: str, plain_text: str, channel: str = "email-ops", sender: str = "mailer-daemon@mx.example.com"
    ) -> str:
        """An e-mail arrives at the channel's address: Slackbot shares it, with a ``bot_id`` and an empty text."""
        base, now = self.stage.base, int(self.workspace.now())
        body = f"<html><body><pre>{encoding.escape(plain_text)}</pre></body></html>".encode()
        to = f"{self.workspace.channel(channel).name}@example-mail.slack.example"
        file = self.workspace.keep_file(
            files.forwarded(subject, plain_text, sender=sender, to=to, base=base, now=now), body
        )
        more = {"subtype": "file_share", "files": [file], "upload": True, "bot_id": "BSLACKBOT"}
        return str(self._write(self.workspace.channel(channel), "", "USLACKBOT", None, more)["ts"])

    def app_says(
        self,
        text: str,
        channel: str = "email-ops",
        *,
        name: str = "Grafana",
        blocks: list[JSON] | None = None,
        webhook: bool = False,
        thread_ts: str | None = None,
    ) -> str:
        """Another app posts: most carry ``bot_id`` and no subtype, webhooks still say ``bot_message``."""
        place, ident = self.workspace.channel(channel), name.upper().replace(" ", "")
        message: JSON = {"type": "message", "bot_id": f"B0{ident}", "app_id": f"A0{ident}", "text": text}
        profile = {"id": f"B0{ident}", "name": name, "app_id": f"A0{ident}", "team_id": TEAM_ID}
        own = {"subtype": "bot_message", "username": name} if webhook else {"user": f"U0{ident}", "team": TEAM_ID}
        message |= own | ({} if webhook else {"bot_profile": profile}) | ({"thread_ts": thread_ts} if thread_ts else {})
        if blocks:
            message["blocks"] = identified(blocks)
        kept = self.workspace.add(place, message)
        self.stage.announce(place, kept)
        return str(kept["ts"])

    def invites(self, channel: str, user: str = YOU) -> None:
        """Somebody invites the bot to a channel (``member_joined_channel``)."""
        place = self.workspace.channel(channel)
        place.members.add(BOT_USER)
        ts = self.workspace.next_ts()
        notice = {"type": "message", "subtype": "channel_join", "user": BOT_USER, "inviter": user, "ts": ts}
        self.workspace.add(place, notice | {"text": f"<@{BOT_USER}> has joined the channel"})
        self.workspace.publish({"type": "channel", "channel": place.id, "bot": True})
        self.stage.tell(events.joined(BOT_USER, user, place, ts))

    def removes_bot(self, channel: str) -> None:
        """The bot is taken out of a channel."""
        place = self.workspace.channel(channel)
        place.members.discard(BOT_USER)
        self.workspace.publish({"type": "channel", "channel": place.id, "bot": False})

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

    def slackbot(self, channel: Channel, user: str, text: str) -> None:
        """Slackbot tells one person something."""
        self.workspace.whisper(channel, user, {"type": "message", "user": "USLACKBOT", "text": text})

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
        payload = payloads.interactive(
            "block_actions", self.workspace.users[user], token=stage.verification, trigger=stage.trigger(user)
        )
        payload |= payloads.of_message(kept, place) | {
            "response_url": stage.hooks.url(place, user, ts),
            "actions": [payloads.action(element, found_in, option, self.workspace.next_ts())],
        }

        def lost(reason: str) -> None:
            self.workspace.publish({"type": "trouble", "ts": ts, "user": user, "reason": reason})

        stage.wire.send(Parcel("interactive", payload, lost=lost))

    def shortcut(self, callback_id: str, message: JSON, user: str = YOU) -> None:
        """Somebody uses a message shortcut (``message_action``)."""
        place = self.workspace.channel(message["channel"])
        stage = self.stage
        payload = payloads.interactive(
            "message_action", self.workspace.users[user], token=stage.verification, trigger=stage.trigger(user)
        )
        kept = {key: value for key, value in message.items() if key != "channel"}
        payload |= {
            "callback_id": callback_id,
            "response_url": stage.hooks.url(place, user),
            "message_ts": message["ts"],
            "channel": {"id": place.id, "name": payloads.named(place)},
            "message": kept,
            "action_ts": self.workspace.next_ts(),
        }
        stage.wire.send(Parcel("interactive", payload))

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
                self.workspace.views.clear()
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
        stage = self.stage
        who = self.workspace.users[user]
        payload = payloads.interactive(kind, who, token=stage.verification, trigger=stage.trigger(user))
        return payload | {"view": {key: value for key, value in view.items() if key != "user"}}

    def presses_in_view(self, what: str, view: JSON, values: JSON | None = None, user: str = YOU) -> None:
        """Somebody presses or chooses in an open modal."""
        element, block_id, option = payloads.pick(view["blocks"], what)
        view["state"] = {"values": payloads.state_values(view["blocks"], values or {})}
        payload = self._of_view("block_actions", view, user)
        payload["container"] = {"type": "view", "view_id": view["id"]}
        payload["actions"] = [payloads.action(element, block_id, option, self.workspace.next_ts())]
        self.stage.wire.send(Parcel("interactive", payload))
