"""The week of a channel: summed up from its own rows, as a card with links, as a file for one person."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog

from bot import cards
from bot.cards import week as card
from bot.cards import weekfile, weekwords
from bot.cards.casework import person
from bot.delivery import uploads
from bot.delivery.delivery import Delivery
from bot.delivery.links import link
from bot.delivery.once import once
from bot.delivery.threads import Thread
from bot.drawing import bar_chart
from bot.store import Marked, Unsolved
from bot.terms import Message
from bot.trends.table import comma_separated
from bot.trends.turns import DAYS
from bot.trends.values import Named, Sort, Span, Week
from bot.trends.weeks import week

# So many open cases and unrecognised messages are counted, and so many are linked: each link asks Slack.
COUNTED, LINKED = 500, 3
UNKNOWN = "unknown server"

log = structlog.get_logger("bot.delivery")


def summed(delivery: Delivery, team: str, channel: str) -> Week:
    """The last seven days of a channel, beside the seven before."""
    trends, where = delivery.store.trends, (team, channel)
    span = spanned(delivery, where)
    now, before = (span.since, span.until), (span.before, span.since)
    return week(
        span,
        trends.tallied(where, *now),
        trends.tallied(where, *before),
        trends.known(where, span.since),
        lambda sort: named(delivery, sort),
        messages=(trends.messages(where, *now), trends.messages(where, *before)),
        solved=trends.solved(where, *now),
        solved_before=trends.solved(where, *before),
        open=len(delivery.store.unsolved(team, channel, most=COUNTED)),
        unknown=len(unrecognised(delivery, where, span.since)),
    )


def spanned(delivery: Delivery, where: tuple[str, str]) -> Span:
    """The two weeks up to now, how far the record reaches, and when the channel was not read."""
    trends = delivery.store.trends
    chosen = delivery.store.chosen(*where).get("")
    silent = (chosen.since, chosen.until) if chosen else (0.0, 0.0)
    return Span(trends.now(), trends.covered(where), silent, trends.kept_days)


def named(delivery: Delivery, sort: Sort) -> Named:
    """What a cause is called now; by its ids where the catalogue knows it no more."""
    entry, provider = delivery.catalogue.entries.get(sort[0]), delivery.catalogue.providers.get(sort[1])
    return Named(
        entry.title if entry else sort[0],
        entry.reason if entry else "",
        provider.name if provider else sort[1] or UNKNOWN,
    )


def unrecognised(delivery: Delivery, where: tuple[str, str], since: float) -> tuple[Marked, ...]:
    """What was not recognised or marked wrong since then, the latest first."""
    return tuple(one for one in delivery.store.marked(*where, COUNTED) if one.given_at > since)


def told(delivery: Delivery, team: str, channel: str) -> Message:
    """The card of a channel's week, for one person."""
    return shown(delivery, (team, channel), summed(delivery, team, channel))


def shown(delivery: Delivery, where: tuple[str, str], found: Week, *, public: bool = False, by: str = "") -> Message:
    """The card of a week, for one person or for all, saying ``by`` whom it was asked for."""
    team, channel = where
    oldest = delivery.store.unsolved(team, channel, most=LINKED)
    marked = unrecognised(delivery, where, found.span.since)[:LINKED]

    def address(thread: str, ts: str = "") -> str:
        return link(delivery.client, Thread(team, channel, thread), ts)

    linked = weekwords.Linked(
        tuple((case_title(delivery, case), address(case.thread)) for case in oldest),
        tuple((one.given_at, address(one.thread, one.ts)) for one in marked),
    )
    told_when = posted_by(by) if public else when_told(delivery, where)
    return card.week(found, linked, private=not public, told=told_when)


def case_title(delivery: Delivery, case: Unsolved) -> str:
    """What an open case is called."""
    entry = delivery.catalogue.entries.get(case.entry)
    return entry.title if entry else case.entry


def posted_by(user: str) -> str:
    """Who asked for a week, "" where it is told by itself."""
    return f"Asked for by {person(user)}." if user else ""


def when_told(delivery: Delivery, where: tuple[str, str]) -> str:
    """When the week is posted by itself, or how to ask for that."""
    wish = delivery.store.trends.asked(where)
    if wish is None:
        return f"To have it posted here: `/smtp week on {DAYS[0].lower()} 9:00`"
    return f"Posted here {wish.turn.said}: `/smtp week off` ends that."


def post(delivery: Delivery, team: str, channel: str, key: str, *, kind: str, by: str = "") -> str:
    """Posts a channel's week in it, once for a key; its ts, "" where another did or does it. Raises as ``once``.

    Where Slack refuses the chart, a picture of it follows in the thread, if files may be shared.
    """
    found, refused = summed(delivery, team, channel), list[str]()
    ts = once(
        delivery,
        (team, channel),
        key,
        lambda: shown(delivery, (team, channel), found, public=True, by=by),
        kind=kind,
        refused=refused.append,
    )
    if ts and refused and found.rows:
        picture = bar_chart(card.CHART, card.series(found), card.measured(found))
        uploads.in_thread(delivery.client, (channel, ts), "week.png", picture, card.spelled(found))
    return ts


def as_file(delivery: Delivery, team: str, channel: str, user: str) -> Message:
    """The week as comma-separated values, for one person: a file in their direct message, or else the text itself."""
    found = summed(delivery, team, channel)
    content = comma_separated(found)
    day = datetime.fromtimestamp(found.span.until, UTC).strftime("%Y-%m-%d")
    line = f"The week of <#{channel}> as CSV."
    if uploads.to_person(delivery.client, user, f"bounces-{day}.csv", content.encode(), line):
        return cards.notice("The week as CSV is in our direct message: you alone have it.")
    return weekfile.written_out(content)
