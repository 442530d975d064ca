"""A message in Slack as the use case sees it, and what may be done about it: values and one pure decision."""

from __future__ import annotations

from typing import Literal

import msgspec

from bot.delivery.attached import Attached
from bot.reading.shape import worth_reading

Purpose = Literal["ignore", "read", "asked"]

# A message somebody wrote: plain, with a file, or a reply that was also sent to the channel. All others (edits,
# deletions, joins, unfurls) tell about messages that were seen before.
WRITTEN = frozenset(("", "file_share", "thread_broadcast", "bot_message"))


class Posted(msgspec.Struct, frozen=True):
    """One message: its place, who wrote it, and its text with Slack's damage undone and the bot's own name taken out.

    ``thread_ts`` is "" for a message that is in no thread; ``mention`` whether the bot is named; ``direct`` whether it
    is a direct message; ``own`` whether the bot wrote it; ``files`` what came with it;
    ``shared`` whether other companies are in the channel (Slack Connect), ``foreign`` whether one of theirs wrote it.
    """

    team: str
    channel: str
    ts: str
    text: str
    thread_ts: str = ""
    channel_type: str = ""
    user: str = ""
    bot_id: str = ""
    app_id: str = ""
    subtype: str = ""
    mention: bool = False
    own: bool = False
    files: tuple[Attached, ...] = ()
    shared: bool = False
    foreign: bool = False

    @property
    def direct(self) -> bool:
        """Whether the message is for the bot alone."""
        return self.channel_type == "im"

    @property
    def by_app(self) -> bool:
        """Whether an app wrote it, not a person."""
        return bool(self.bot_id or self.app_id) or self.subtype == "bot_message"

    @property
    def thread(self) -> str:
        """The thread in which an answer goes."""
        return self.thread_ts or self.ts

    @property
    def in_thread(self) -> bool:
        """Whether the message is a reply in a thread."""
        return bool(self.thread_ts) and self.thread_ts != self.ts


def ordinary(posted: Posted, *, threads: bool = False) -> bool:
    """Whether a message is ordinary chat, so that nothing else need be known of it: the bot's own, or not to the bot,
    without a file and anything that a server might have written; with ``threads`` also a question in a thread.
    """
    if posted.own:
        return True
    if posted.mention or posted.direct or posted.files or (posted.in_thread and not threads):
        return False
    return not worth_reading(posted.text)


def decide(posted: Posted, apps: frozenset[str]) -> Purpose:
    """Whether a message is left alone, read strictly, or a question to the bot; ``apps`` are the ids that are read.

    Forwarded emails come from Slackbot with a bot_id, and are read all the same. An app's replies in threads are left
    alone: two bots that answer each other's answers would never end.
    """
    if posted.own or posted.subtype not in WRITTEN or not (posted.team and posted.channel and posted.ts):
        return "ignore"
    if posted.by_app:
        known = any(file.kind == "mail" for file in posted.files) or not apps.isdisjoint((posted.bot_id, posted.app_id))
        return "read" if known and not posted.in_thread else "ignore"
    return "asked" if posted.mention or posted.direct else "read"
