"""The App Home, and the hello where the bot is invited."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot import cards
from bot.cards import home, overview
from bot.delivery import Delivery, arrival, explaining
from bot.delivery.errors import Undeliverable, code_of
from bot.delivery.membership import Membership
from bot.delivery.overview import seen
from bot.delivery.posting import FAILURES, Place
from bot.delivery.recent import Recent
from bot.slack import commands, scopes
from bot.slack.admission import me
from bot.slack.events import chosen
from bot.terms import Public

# How long what auth.test says counts: the workspace's address, and what the app may do there.
KEPT = 600.0
STRANGER = "You are not in that channel (any more), or I am not: nothing was changed."

log = structlog.get_logger("bot.slack")


def register(app: App, delivery: Delivery, *, emoji: str, version: str) -> None:
    """Adds the listeners to the app; ``emoji`` is the one that asks the bot ("": none), ``version`` the bot's own."""
    listeners = HomeListeners(delivery, emoji, version)
    app.event("app_home_opened")(listeners.opened)
    app.event("member_joined_channel")(listeners.joined)
    app.action(home.SEARCH)(listeners.searched)
    app.action(re.compile(rf"^{re.escape(overview.PAGE)}\."))(listeners.turned)
    app.action(re.compile(rf"^{re.escape(overview.SET)}\."))(listeners.switched)


class HomeListeners:
    """What people do on their Home, for one delivery."""

    def __init__(
        self, delivery: Delivery, emoji: str, version: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._delivery, self._emoji, self._version = delivery, emoji, version
        self._membership = Membership(delivery.client, clock=clock)
        self._workspace: Recent[str, tuple[str, frozenset[str]]] = Recent(1, KEPT, clock)

    def opened(self, event: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        """Somebody opens the Home: it is made afresh, so that an upgrade shows."""
        if event.get("tab") == "home":
            self._publish(client, context, str(event["user"]))

    def searched(self, ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        """A search on the Home: the answer comes under it."""
        ack()
        self._publish(client, context, str(body["user"]["id"]), query=chosen(body)[1].strip())

    def turned(self, ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        """[Next], [Previous]: another page of cases or channels."""
        ack()
        self._publish(client, context, str(body["user"]["id"]), page=overview.turned(chosen(body)[1]))

    def switched(self, ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        """A switch of a channel: for all in it, and said there with who did it."""
        ack()
        user, (choice, _, channel) = str(body["user"]["id"]), chosen(body)[1].partition("|")
        typed = commands.Typed(me(context).team, channel, user, {"end": "off"}.get(choice, choice))
        key = f"switch:{body['actions'][0].get('action_ts')}"
        self._publish(client, context, user, note=self._switch(typed, key, pause=choice not in ("on", "off")))

    def joined(self, event: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        """Somebody came into a channel; the bot says hello where that is itself."""
        who = me(context)
        self._membership.moved(str(event.get("user") or ""), ourselves=event.get("user") == who.user)
        if event.get("user") == who.user:
            shared = body.get("is_ext_shared_channel") is True
            arrival.arrived(self._delivery, who.team, str(event["channel"]), shared=shared)

    def _switch(self, typed: commands.Typed, key: str, *, pause: bool) -> str:
        """Switches as the command would, and says in the channel what has changed; the line for who pressed."""
        if typed.channel not in {room.id for room in self._membership.common(typed.user) or ()}:
            return STRANGER
        if self._delivery.people.of(typed.user).guest:
            return commands.GUESTS
        answer = (commands.paused if pause else commands.watched)(self._delivery, typed)
        if not isinstance(answer, Public):
            return answer.text
        try:
            self._delivery.poster.post(Place(typed.channel, "", key), answer.message)
        except Undeliverable as wrong:
            return f"{answer.message.text} (Slack did not let me say so in the channel: {wrong.code}.)"
        return answer.message.text

    def _publish(
        self,
        client: WebClient,
        context: BoltContext,
        user: str,
        *,
        query: str = "",
        note: str = "",
        page: tuple[int, int] = (0, 0),
    ) -> None:
        """Puts a person's Home before them; one line in the log where Slack does not take it."""
        base, granted = self._asked(client)
        about = home.About(
            self._delivery.contact,
            len(self._delivery.catalogue.entries),
            self._version,
            self._emoji,
            scopes.missing(granted, scopes.CHOSEN if self._emoji else frozenset()),
        )
        found = explaining.in_window(self._delivery, query) if query else None
        usage = cards.help(self._delivery.named, tuple((one.usage, one.does) for one in commands.COMMANDS))
        shown = seen(self._delivery, self._membership, (me(context).team, user), base, page)
        try:
            client.views_publish(user_id=user, view=home.home(shown, usage, about, found, query=query, note=note))
        except FAILURES as wrong:
            log.warning("home_unpublished", code=code_of(wrong))

    def _asked(self, client: WebClient) -> tuple[str, frozenset[str]]:
        """The workspace's address and the scopes that were granted; nothing of both where Slack does not tell now."""
        known = self._workspace.get("")
        if known is None:
            known = scopes.workspace(client)
            if known[0]:
                self._workspace.put("", known)
        return known
