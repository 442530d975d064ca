"""``forget``: deletes what the database holds of channels or people, and takes back what Slack would still post."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Mapping

from slack_sdk import WebClient

from bot.delivery.errors import code_of
from bot.delivery.paging import paged
from bot.delivery.posting import FAILURES
from bot.settings import Settings
from bot.store import Store
from bot.written import CHANNEL_ID

DONE, MISUSED = 0, 2
USER_ID = re.compile(r"[UW][A-Z0-9]{4,}")
# What each table holds, in words.
HOLDS = {
    "answers": "which messages were answered",
    "cases": "cases",
    "sightings": "when a cause was seen",
    "tallies": "what the weekly summary counts",
    "surges": "when a cause was far above the usual",
    "weeklies": "the weekly summary's day and hour",
    "reminders": "reminders",
    "feedback": "what was marked right, wrong or unknown",
    "settings": "what was chosen with /smtp watch, pause and quiet",
    "watermarks": "how far a channel was read",
}


def run(options: argparse.Namespace, environ: Mapping[str, str], client: Callable[[Settings], WebClient]) -> int:
    """Says what is held, and with ``--yes`` deletes it; 2 where it cannot be told whom. Raises what settings raise."""
    channels, users = list(dict.fromkeys(options.channel)), list(dict.fromkeys(options.user))
    strange = [one for one in channels if not CHANNEL_ID.fullmatch(one)] + [
        one for one in users if not USER_ID.fullmatch(one)
    ]
    settings = Settings.read(environ)
    if strange or not channels + users or settings.practice:
        sys.stderr.write(f"{refusal(strange, settings)}\n")
        return MISUSED
    store = Store(settings.database_url)
    try:
        for line in forgotten(store, client(settings), channels, users, sure=options.yes):
            sys.stdout.write(f"{line}\n")
    finally:
        store.close()
    return DONE


def refusal(strange: list[str], settings: Settings) -> str:
    """Why nothing is done."""
    if settings.practice:
        return (
            "Without SLACK_BOT_TOKEN and SLACK_APP_TOKEN the bot practises, and keeps nothing that could be forgotten."
        )
    if strange:
        return f"{strange[0]!r} is no id: a channel's looks like C0123456789 (or D…, G…), a person's like U0123456789."
    return "Say what to forget: --channel C0123456789 or --user U0123456789, each as often as needed."


def forgotten(store: Store, client: WebClient, channels: list[str], users: list[str], *, sure: bool) -> Iterator[str]:
    """What is held, what was taken back at Slack's, and what was deleted, in sentences."""
    directs, unknown = direct(client, users)
    channels = [*channels, *(one for one in directs if one not in channels)]
    if unknown:
        yield f"Which direct messages these people have is not known ({unknown}): name them with --channel D… as well."
    held = store.held(channels, users)
    for table, count in held.items():
        yield f"{count:7}  {table}: {HOLDS.get(table, '')}"
    waiting = store.scheduled(channels, users)
    if not held:
        yield "Nothing is held of that."
        return
    if not sure:
        yield f"Nothing was deleted. With --yes it is; {len(waiting)} reminders would be taken back at Slack's."
        return
    kept = [code for channel, ident in waiting if (code := taken_back(client, channel, ident))]
    store.forget(channels, users)
    yield f"Forgotten. {len(waiting) - len(kept)} of {len(waiting)} reminders were taken back at Slack's."
    if kept:
        why = ", ".join(sorted(set(kept)))
        yield f"Slack did not take back {len(kept)} ({why}): they are posted when they are due."
    yield "Start a running bot again: it may still know of it. What was posted in Slack stays there: delete it there."


def direct(client: WebClient, users: list[str]) -> tuple[list[str], str]:
    """The direct messages that the bot has with these people, and Slack's word for why they are not known, or ""."""
    found: list[str] = []
    if not users:
        return found, ""
    try:
        for page in paged(client.users_conversations, types="im", limit=200):
            found += [str(one["id"]) for one in page.get("channels") or [] if one.get("user") in users]
    except FAILURES as wrong:
        return found, code_of(wrong)
    return found, ""


def taken_back(client: WebClient, channel: str, ident: str) -> str:
    """Takes back what Slack would post later; Slack's word for why not, "" where it did."""
    try:
        client.chat_deleteScheduledMessage(channel=channel, scheduled_message_id=ident)
    except FAILURES as wrong:
        return code_of(wrong)
    return ""
