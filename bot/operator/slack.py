"""What Slack says of the tokens, their scopes, the channels and the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any

import msgspec
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.errors import code_of, trouble
from bot.delivery.paging import paged
from bot.delivery.posting import FAILURES
from bot.operator.lines import Line, mend, note, ok
from bot.settings import Settings
from bot.slack.scopes import CHOSEN, SCOPES
from bot.starting import refused, unreachable
from bot.written import CHANNEL_ID

AREA, SCOPE_AREA, CHANNEL_AREA = "Slack", "Scopes", "Channels"
# What manifest-least.json asks for: whoever installed that wants no more.
LEAST = frozenset(("commands", "chat:write", "app_mentions:read", "files:read"))
# Slack's requests are proved within five minutes; a minute off already makes reminders and sweeps wrong.
SKEW = 60.0
PAGES, PAGE = 20, 200


class Told(msgspec.Struct, frozen=True):
    """What auth.test answered, with the headers beside it."""

    team: str
    user: str
    scopes: frozenset[str]
    date: str


def examined(
    settings: Settings, client: WebClient, clock: Callable[[], float], *, watched: tuple[str, ...], meant: bool
) -> list[Line]:
    """All that can be asked of Slack; where it cannot be reached or refuses the token, that alone.

    ``watched`` are channels that are read because their people chose so, beside those of the settings; ``meant`` is
    whether tokens are set at all: some that cannot be right are left out of the settings.
    """
    if settings.practice and meant:
        return [note(AREA, "tokens", "not looked at: mend the tokens above first.")]
    if settings.practice:
        return [note(AREA, "tokens", "none: the bot opens its practice workspace, and asks nothing of Slack.")]
    try:
        said = told(client)
    except FAILURES as wrong:
        return [mend(AREA, "SLACK_BOT_TOKEN", failed(settings, "SLACK_BOT_TOKEN", wrong))]
    lines = [ok(AREA, "SLACK_BOT_TOKEN", f"@{said.user} in the workspace {said.team}")]
    lines += [app_token(settings, client), *clocked(said.date, clock())]
    lines += scoped(said.scopes, settings)
    if said.scopes and said.scopes.isdisjoint(("channels:read", "groups:read")):
        return [*lines, note(CHANNEL_AREA, "channels", "cannot be looked at without channels:read or groups:read.")]
    return [*lines, *channels((*settings.channels, *watched), client)]


def told(client: WebClient) -> Told:
    """Whose token it is; raises what the Web API raises."""
    said = client.auth_test()
    headers = {name.lower(): str(value) for name, value in said.headers.items()}
    scopes = frozenset(one.strip() for one in headers.get("x-oauth-scopes", "").split(",") if one.strip())
    return Told(str(said.get("team") or ""), str(said.get("user") or ""), scopes, headers.get("date", ""))


def failed(settings: Settings, key: str, wrong: Exception) -> str:
    """How to mend what stands between a token and Slack."""
    if isinstance(wrong, SlackApiError) and trouble(wrong) == "refused":
        return str(refused(key, wrong))
    return str(unreachable(settings, wrong))


def app_token(settings: Settings, client: WebClient) -> Line:
    """Whether a connection would open; the address that Slack gives for it is not used."""
    if settings.signed:
        return ok(AREA, "SLACK_SIGNING_SECRET", "Slack posts signed requests; no connection is opened")
    try:
        client.apps_connections_open(app_token=settings.app_token)
    except FAILURES as wrong:
        return mend(AREA, "SLACK_APP_TOKEN", failed(settings, "SLACK_APP_TOKEN", wrong))
    return ok(AREA, "SLACK_APP_TOKEN", "opens a connection")


def clocked(date: str, now: float) -> Iterator[Line]:
    """This machine's clock beside Slack's, as the Date of its answer tells it (RFC 9110, 6.6.1)."""
    try:
        off = now - parsedate_to_datetime(date).timestamp()
    except ValueError:
        yield note(AREA, "clock", "Slack did not say what time it is.")
        return
    if abs(off) > SKEW:
        way = "ahead of" if off > 0 else "behind"
        how = "have it set by NTP (timedatectl set-ntp true)"
        yield mend(AREA, "clock", f"{abs(off):.0f} seconds {way} Slack's: {how}.")
    else:
        yield ok(AREA, "clock", "agrees with Slack's")


def scoped(granted: frozenset[str], settings: Settings) -> Iterator[Line]:
    """A line for each scope: there, or what does not work without it."""
    if not granted:
        yield note(SCOPE_AREA, "scopes", "Slack did not say which scopes the token has.")
        return
    least = granted & frozenset(SCOPES) == LEAST
    for scope, (use, without) in SCOPES.items():
        if scope in granted:
            yield ok(SCOPE_AREA, scope, use)
        elif scope in CHOSEN and not settings.reaction:
            yield note(SCOPE_AREA, scope, f"not granted, and not needed: {use}")
        elif least:
            yield note(SCOPE_AREA, scope, f"left out by manifest-least.json: {without}")
        else:
            how = "add it under OAuth & Permissions, Bot Token Scopes, and install the app again"
            yield mend(SCOPE_AREA, scope, f"{how}; without it {without}.")


def channels(names: tuple[str, ...], client: WebClient) -> Iterator[Line]:
    """A line for each channel, by name or id: whether the bot is in it and may post there."""
    try:
        inside, others = listed(client, "users_conversations"), listed(client, "conversations_list")
    except FAILURES as wrong:
        yield mend(CHANNEL_AREA, "list", f"Slack does not list the channels ({code_of(wrong)}): try again.")
        return
    for wanted in dict.fromkeys(names):
        known = inside.get(wanted) or others.get(wanted) or {}
        name = f"#{known.get('name') or wanted}" if known or not CHANNEL_ID.fullmatch(wanted) else wanted
        if wanted in inside:
            yield joined(name, inside[wanted])
        elif wanted in others:
            yield mend(
                CHANNEL_AREA, name, f"the bot is not in it: type /invite @smtp-bot in #{others[wanted].get('name')}."
            )
        else:
            how = "correct it in SMTP_BOT_CHANNELS, or, where it is private, type /invite @smtp-bot there"
            yield mend(CHANNEL_AREA, name, f"no channel that the bot can see: {how}.")


def joined(name: str, channel: Mapping[str, Any]) -> Line:
    """A channel that the bot is in."""
    if channel.get("is_archived"):
        return mend(CHANNEL_AREA, name, "is archived: unarchive it, or take it out of SMTP_BOT_CHANNELS.")
    if channel.get("is_ext_shared"):
        return note(CHANNEL_AREA, name, "shared with another company: silent there until /smtp watch on")
    return ok(CHANNEL_AREA, name, "the bot is in it")


def listed(client: WebClient, method: str) -> dict[str, Mapping[str, Any]]:
    """Channels by their ids and, in lower case, their names; a kind whose scope is missing is left out."""
    found: dict[str, Mapping[str, Any]] = {}
    for kind in ("public_channel", "private_channel"):
        try:
            for page in islice(paged(getattr(client, method), types=kind, limit=PAGE), PAGES):
                for channel in page.get("channels") or []:
                    found |= {str(channel["id"]): channel, str(channel.get("name") or "").lower(): channel}
        except SlackApiError as wrong:
            if code_of(wrong) != "missing_scope":
                raise
    return found
