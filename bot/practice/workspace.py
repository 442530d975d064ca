"""The workspace in memory: channels, messages, threads, files, what only one person sees; every change is published."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.practice.encoding import Names
from bot.practice.people import BOT_USER, JSON, MESSAGES_KEPT, YOU, Channel, first_channels, first_users

EPHEMERALS_KEPT = 500
FILES_KEPT = 200


class Workspace:
    """All that is in the practice workspace. Safe to use from several threads; nothing is written to disk."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.changed = threading.Condition(threading.RLock())
        self.users = first_users()
        self.channels = first_channels(int(clock()))
        self.ephemerals: list[JSON] = []
        self.files: dict[str, JSON] = {}
        self.contents: dict[str, bytes] = {}
        self.views: dict[str, JSON] = {}
        self.homes: dict[str, JSON] = {}
        self._watchers: list[Callable[[JSON], None]] = []
        self._last = 0

    def now(self) -> float:
        """The time in seconds since 1970, by the workspace's clock."""
        return self._clock()

    def next_ts(self) -> str:
        """A message's ``ts``: the time in microseconds, never the same twice."""
        with self.changed:
            self._last = max(self._last + 1, int(self._clock() * 1_000_000))
            return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def names(self) -> Names:
        """Whom ``@name`` and ``#name`` mean when somebody types them."""
        users = {user.name: user.id for user in self.users.values()}
        return Names(users, {c.name: c.id for c in self.channels.values() if c.kind != "im"})

    def find(self, name: str) -> Channel | None:
        """The channel of this id or name (``#`` may lead); a user's id finds the direct message with the bot."""
        with self.changed:
            if name in self.channels:
                return self.channels[name]
            plain = name.removeprefix("#")
            named = (c for c in self.channels.values() if c.kind != "im" and c.name == plain)
            return next(named, None) or self._direct(name)

    def channel(self, name: str) -> Channel:
        """As ``find``; raises KeyError where there is no such channel."""
        found = self.find(name)
        if found is None:
            raise KeyError(
                f"There is no channel {name!r}. There are: {', '.join(c.name for c in self.channels.values())}"
            )
        return found

    def _direct(self, user: str) -> Channel | None:
        return next((c for c in self.channels.values() if c.kind == "im" and user in c.members - {BOT_USER}), None)

    def open_direct(self, user: str) -> Channel:
        """The direct message between a person and the bot, made where there is none yet."""
        with self.changed:
            found = self._direct(user)
            if found is None:
                found = Channel(f"D{user[1:]}", self.users[user].name, "im", {user, BOT_USER}, created=int(self.now()))
                self.channels[found.id] = found
            return found

    def add(self, channel: Channel, message: JSON) -> JSON:
        """Keeps a message, gives it its ``ts``, counts it in its thread, and tells who watches."""
        with self._change("message", channel) as change:
            message.setdefault("ts", self.next_ts())
            channel.messages[message["ts"]] = message
            root = channel.messages.get(message.get("thread_ts", ""))
            if root is not None and root is not message:
                self._count(channel, root, message)
            if len(channel.messages) > MESSAGES_KEPT:
                oldest = next(iter(channel.messages))
                del channel.messages[oldest]
                channel.replies.pop(oldest, None)
            change["message"] = message
        return message

    def _count(self, channel: Channel, root: JSON, reply: JSON) -> None:
        replies = channel.replies.setdefault(root["ts"], [])
        replies.append(reply["ts"])
        who = dict.fromkeys([*root.get("reply_users", ()), reply.get("user", reply.get("bot_id", ""))])
        root.update(
            thread_ts=root["ts"],
            reply_count=len(replies),
            reply_users=list(who),
            reply_users_count=len(who),
            latest_reply=reply["ts"],
        )

    def alter(self, channel: Channel, ts: str, changes: JSON) -> JSON:
        """A message with other contents (None takes a field away); raises KeyError where it is gone."""
        with self._change("message", channel) as change:
            message = channel.messages[ts]
            message.update(changes)
            for key in [key for key, value in changes.items() if value is None]:
                del message[key]
            change["message"] = message
        return message

    def remove(self, channel: Channel, ts: str) -> JSON:
        """Takes a message away and returns it; raises KeyError where it is gone."""
        with self._change("deleted", channel) as change:
            message = channel.messages.pop(ts)
            root = channel.messages.get(message.get("thread_ts", ""))
            if root is not None and ts in channel.replies.get(root["ts"], ()):
                channel.replies[root["ts"]].remove(ts)
                root["reply_count"] = len(channel.replies[root["ts"]])
            change["ts"] = ts
            change["root"] = root
        return message

    def thread(self, channel: Channel, ts: str) -> list[JSON]:
        """A message and its replies, oldest first; empty where there is no such message."""
        with self.changed:
            root = channel.messages.get(ts)
            replies = (channel.messages.get(reply) for reply in channel.replies.get(ts, ()))
            return [] if root is None else [root, *(reply for reply in replies if reply is not None)]

    def whisper(self, channel: Channel, user: str, message: JSON) -> JSON:
        """Keeps a message that only one person sees."""
        with self._change("ephemeral", channel) as change:
            message.setdefault("ts", self.next_ts())
            message.update(channel=channel.id, to=user, is_ephemeral=True)
            self.ephemerals.append(message)
            del self.ephemerals[:-EPHEMERALS_KEPT]
            change["message"] = message
        return message

    def whispered(self, ts: str) -> JSON | None:
        """The message of this ``ts`` that only one person sees."""
        with self.changed:
            return next((one for one in self.ephemerals if one["ts"] == ts), None)

    def rewhisper(self, ts: str, changes: JSON | None) -> None:
        """Changes what only one person sees, or takes it away (None)."""
        with self.changed:
            message = self.whispered(ts)
            if message is None:
                return
            if changes is None:
                self.ephemerals.remove(message)
                self.publish({"type": "deleted", "channel": message["channel"], "ts": ts, "ephemeral": True})
                return
            message.update(changes)
            self.publish({"type": "ephemeral", "channel": message["channel"], "message": message})

    def keep_file(self, file: JSON, content: bytes) -> JSON:
        """Keeps an uploaded file; the oldest go when there are too many."""
        with self.changed:
            self.files[file["id"]] = file
            self.contents[file["id"]] = content
            while len(self.files) > FILES_KEPT:
                oldest = next(iter(self.files))
                del self.files[oldest], self.contents[oldest]
        return file

    def show(self, view: JSON | None, user: str = YOU, **more: object) -> None:
        """Tells who watches that a person's modal is open, has changed, or (None) is closed."""
        self.publish({"type": "view", "user": user, "view": view, **more})

    def watch(self, watcher: Callable[[JSON], None]) -> Callable[[], None]:
        """Calls ``watcher`` with every change from now on; the function returned ends that."""
        with self.changed:
            self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def publish(self, change: JSON) -> None:
        """Tells who watches, and wakes who waits."""
        with self.changed:
            for watcher in tuple(self._watchers):
                watcher(change)
            self.changed.notify_all()

    @contextmanager
    def _change(self, kind: str, channel: Channel) -> Iterator[JSON]:
        with self.changed:
            change: JSON = {"type": kind, "channel": channel.id}
            yield change
            self.publish(change)


def new_id(letter: str) -> str:
    """An id as Slack makes them: a letter and capitals and digits."""
    return letter + secrets.token_hex(5).upper()
