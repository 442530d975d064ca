"""A practice workspace that starts and stops, and what tests ask it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Self, TypeVar

from starlette.applications import Starlette

from bot.practice.acts import Acts
from bot.practice.faults import Fault
from bot.practice.manifest import Manifest, ours
from bot.practice.page import Page
from bot.practice.people import JSON, TEAM_ID, YOU, Channel, User
from bot.practice.server import LOOPBACK, Server
from bot.practice.signed import SignedRequests
from bot.practice.stage import Stage
from bot.practice.web import Web
from bot.practice.wire import Parcel, Wire
from bot.practice.workspace import Workspace, new_id

T = TypeVar("T")


class Practice(Acts):
    """A stand-in for Slack on this machine: page, Web API, Socket Mode. Everything is in memory and gone when it stops.

    ``port`` 0 takes a free one; ``ack_within`` is how long Slack waits for an acknowledgement, in seconds;
    ``request_url`` makes it post signed requests there instead of using Socket Mode; ``manifest`` stands in for ours.
    """

    def __init__(
        self,
        port: int = 0,
        clock: Callable[[], float] = time.time,
        *,
        ack_within: float = 3.0,
        request_url: str = "",
        manifest: Manifest | None = None,
    ) -> None:
        super().__init__(Stage(clock, Workspace(clock), Wire(ack_within), manifest=manifest or ours()))
        self._server = Server(port)
        self.port = self._server.port
        self.url = f"http://{LOOPBACK}:{self.port}/"
        self.api_url = f"{self.url}api/"
        self.stage.base = self.url
        self.bot_token = self.stage.bot_token
        self.app_token = self.stage.app_token
        self.signing_secret = self.stage.signing_secret
        self.faults = self.stage.faults
        self._request_url = request_url
        self._signed: SignedRequests | None = None
        self._apps: list[Callable[[], int]] = []

    def start(self) -> None:
        """Serves in a thread of its own; returns once requests are answered."""
        wire, loop = self.stage.wire, self._server.loop
        wire.bind(loop, self.stage.sockets)
        self.stage.schedule.later = wire.later
        if self._request_url:
            self.use_http(self._request_url)
        web, page = Web(self.stage), Page(self)
        application = Starlette(routes=[*web.routes(), *page.routes()])

        def stopping() -> None:
            wire.close()
            web.stopping.set()
            page.close()
            self.stage.sockets.cut()

        self._server.serve(page.guarded(application), stopping)

    def stop(self) -> None:
        """Ends the server and its connections."""
        if self._signed is not None:
            self._signed.close()
        self._server.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.stop()

    def use_http(self, request_url: str) -> None:
        """From now on payloads go as signed requests to this address."""
        wire = self.stage.wire
        self._signed = SignedRequests(
            request_url, self.signing_secret, self.stage.clock, self._server.loop, wire.within
        )
        wire.bind(self._server.loop, self._signed)

    # What there is to see

    def channel(self, name: str) -> Channel:
        """A channel by name or id; raises KeyError where there is none."""
        return self.workspace.channel(name)

    def direct(self, user: str = YOU) -> str:
        """The id of a person's direct message with the bot."""
        return self.workspace.open_direct(user).id

    def adds_person(self, name: str, *, guest: bool = False, team: str = TEAM_ID, tz: str = "Etc/UTC") -> str:
        """Adds somebody to #email-ops: a guest, or (``team``) somebody of another company; returns their id."""
        user = User(new_id("U"), name, name.title(), "#5f6b7a", guest=guest, team=team, tz=tz)
        self.workspace.users[user.id] = user
        self.channel("email-ops").members.add(user.id)
        return user.id

    def archives(self, channel: str) -> None:
        """Archives a channel: nobody can post there any more."""
        self.channel(channel).archived = True

    def adds_channel(self, name: str, *, bot: bool = True, private: bool = False, shared: bool = False) -> str:
        """Makes a channel with everybody in it, and the bot where it should be; ``shared`` with another company."""
        people = {user.id for user in self.workspace.users.values() if not user.is_bot}
        bots = {user.id for user in self.workspace.users.values() if user.name == "smtp-bot"} if bot else set()
        channel = Channel(new_id("C"), name, "group" if private else "channel", people | bots, shared=shared)
        self.workspace.channels[channel.id] = channel
        return channel.id

    def messages(self, channel: str = "email-ops") -> list[JSON]:
        """All messages of a channel, replies too, oldest first."""
        place = self.channel(channel)
        with self.workspace.changed:
            return [self._seen(message, place) for message in place.messages.values()]

    def thread(self, channel: str, ts: str) -> list[JSON]:
        """A message and its replies, oldest first."""
        place = self.channel(channel)
        with self.workspace.changed:
            return [self._seen(message, place) for message in self.workspace.thread(place, ts)]

    def replies(self, ts: str, channel: str = "email-ops") -> list[JSON]:
        """The replies to a message."""
        return self.thread(channel, ts)[1:]

    def ephemerals(self, user: str = YOU) -> list[JSON]:
        """What only this person sees, oldest first."""
        with self.workspace.changed:
            return [dict(message) for message in self.workspace.ephemerals if message["to"] == user]

    def modal(self, user: str = YOU) -> JSON | None:
        """The modal that is open before a person."""
        with self.workspace.changed:
            return next((view for view in reversed(self.workspace.views.values()) if view["user"] == user), None)

    def calls(self, method: str = "") -> list[tuple[str, JSON]]:
        """The calls the app made, oldest first: method and arguments; posts to response URLs are ``response_url``."""
        return [call for call in tuple(self.stage.calls) if not method or call[0] == method]

    @staticmethod
    def _seen(message: JSON, channel: Channel) -> JSON:
        return dict(message) | {"channel": channel.id}

    # Waiting

    def waits_for(self, seen: Callable[[], T], seconds: float = 10.0) -> T:
        """Waits until ``seen()`` is true-ish and returns it; raises TimeoutError saying what was there instead."""
        end = time.monotonic() + seconds
        with self.workspace.changed:
            while not (value := seen()):
                left = end - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"Waited {seconds} seconds in vain; the last look gave {value!r}.")
                self.workspace.changed.wait(min(left, 0.1))
            return value

    def attends(self, *depths: Callable[[], int]) -> None:
        """From now on ``idle`` asks apps in this very process how much they have in hand, instead of waiting long."""
        self._apps = list(depths)

    def idle(self, quiet: float | None = None, seconds: float = 15.0) -> None:
        """Waits until nothing is on its way, nothing has moved for ``quiet`` seconds, and no app has work in hand."""
        least = quiet if quiet is not None else 0.05 if self._apps else 0.3
        self.waits_for(lambda: self._still(least), seconds)

    def _still(self, quiet: float) -> bool:
        at_rest = self.stage.wire.quiet_for() >= quiet and not self.stage.busy
        return at_rest and not any(depth() for depth in self._apps) and self.stage.wire.quiet_for() >= quiet

    def connected(self, connections: int = 1, seconds: float = 15.0) -> None:
        """Waits until the app has so many Socket Mode connections."""
        self.waits_for(lambda: len(self.stage.sockets.connections) >= connections, seconds)

    # What goes wrong

    def fail_next(
        self,
        method: str,
        how: str | int = 500,
        times: int = 1,
        *,
        performed: bool = False,
        retry_after: int = 1,
        seconds: float = 60.0,
    ) -> None:
        """The next calls of a method fail: ``ratelimited``, any error's name, an HTTP status, or ``timeout``.

        ``performed``: the call is carried out, and only its answer is lost or bad.
        """
        self.faults.plan(method, Fault(how, performed, retry_after, seconds), times)

    def lose_acks(self, times: int = 1) -> None:
        """The next acknowledgements get lost, so that what was acknowledged comes again."""
        self.stage.wire.lose(times)

    def redeliver(self, ts: str, attempt: int = 1, reason: str = "timeout") -> int:
        """Sends the events of a message once more, with the same ``event_id``; returns how many there were."""
        found = [payload for payload in tuple(self.stage.wire.sent) if payload["event"].get("ts") == ts]
        for payload in found:
            self.stage.wire.send(Parcel("events_api", payload, attempt=attempt, reason=reason))
        return len(found)

    def refresh(self) -> None:
        """Asks the app to reconnect, as Slack does every few hours."""
        self._server.loop.call_soon_threadsafe(self.stage.sockets.refresh)

    def cut(self) -> None:
        """Cuts the app's connections."""
        self._server.loop.call_soon_threadsafe(self.stage.sockets.cut)
