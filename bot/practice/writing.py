"""What people and other apps write in the workspace: messages, edits, files, mails, reactions, invitations."""

from __future__ import annotations

from bot.practice import encoding, events, files, reactions
from bot.practice.outgoing import identified
from bot.practice.people import BOT_USER, JSON, TEAM_ID, YOU, Channel
from bot.practice.stage import Stage
from bot.practice.workspace import Workspace

# docs.slack.dev/reference/methods/chat.postMessage: more is cut.
LONGEST = 40_000


class Writing:
    """The workspace seen from where people write; all of it reaches the app as Slack would send it."""

    stage: Stage
    workspace: Workspace

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

    def reacts(self, ts: str, name: str, channel: str = "email-ops", user: str = YOU) -> None:
        """Somebody adds a reaction (``reaction_added``); raises ReactionError where theirs is there already."""
        reactions.add(self.stage, self.workspace.channel(channel), ts, name, user)

    def unreacts(self, ts: str, name: str, channel: str = "email-ops", user: str = YOU) -> None:
        """Somebody takes their reaction back (``reaction_removed``)."""
        reactions.remove(self.stage, self.workspace.channel(channel), ts, name, user)

    def slackbot(self, channel: Channel, user: str, text: str) -> None:
        """Slackbot tells one person something."""
        self.workspace.whisper(channel, user, {"type": "message", "user": "USLACKBOT", "text": text})
