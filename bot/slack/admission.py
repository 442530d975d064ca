"""Claims a message before Slack's event is acknowledged: a crash before that is covered by Slack's redelivery.

Bolt acknowledges an event after its global middleware and before its listener runs (slack_bolt/listener/thread_runner,
1.30), and does not acknowledge at all where a middleware raises: this middleware is the only place that can be both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from slack_bolt import BoltContext, BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from bot.delivery import Delivery
from bot.delivery.desk import Desk
from bot.delivery.reacting import Reacting
from bot.slack.events import CHANGES, Me, changed, found, posted, reacted

READ = ("message", "app_mention")
JOINED, REACTED = "member_joined_channel", "reaction_added"
OTHERS = (JOINED, "app_home_opened", "function_executed")
DONE = BoltResponse(status=200, body="")


class Admission(Middleware):
    """Claims messages and has them answered at the desk; lets edits, deletions and all that is no message through."""

    def __init__(self, delivery: Delivery, desk: Desk, reacting: Reacting) -> None:
        self._delivery, self._desk, self._reacting = delivery, desk, reacting

    def process(self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]) -> BoltResponse:
        """Acknowledges other events and ordinary chat at once; raises where the claim could not be made or refused."""
        event = req.body.get("event")
        if req.body.get("type") != "event_callback" or not isinstance(event, dict):
            return next()
        known = me(req.context)
        if event.get("type") == JOINED and event.get("user") == known.user and known.user:
            self._delivery.joined(known.team, str(event.get("channel") or ""), seconds(event.get("event_ts")))
        if event.get("type") == REACTED:
            return self._reacted(req)
        if event.get("type") not in READ:
            return next() if event.get("type") in OTHERS else DONE
        if str(event.get("subtype")) in CHANGES:
            return self._changed(req, next)
        if job := self._delivery.admit(posted(req.body, known)):
            self._desk.put(job)
        return DONE

    def _reacted(self, req: BoltRequest) -> BoltResponse:
        """An emoji on a message: the one that the settings name claims the message."""
        reaction, known = reacted(req.body, me(req.context)), me(req.context)
        job = self._reacting.admit(reaction, partial(found, me=known)) if reaction else None
        if job is not None:
            self._desk.put(job)
        return DONE

    def _changed(self, req: BoltRequest, next: Callable[[], BoltResponse]) -> BoltResponse:
        """An edit or a deletion: one that makes a message a bounce is claimed like any other; unfurls are no edits."""
        change = changed(req.body, me(req.context))
        if change is None:
            return DONE
        if not change.deleted and (job := self._delivery.admit(change.posted)):
            self._desk.put(job)
            return DONE
        req.context["change"] = change
        return next()


def me(context: BoltContext) -> Me:
    """Who the bot is, from the authorization that Bolt did before."""
    known = context.authorize_result
    return Me(team=(known.team_id if known else None) or "", user=context.bot_user_id or "", bot=context.bot_id or "")


def seconds(ts: object) -> float:
    """A Slack ts in seconds since 1970; 0 where it is none."""
    text = str(ts)
    return float(text) if re.fullmatch(r"\d{1,12}(?:\.\d{1,8})?", text) else 0.0
