"""What is written to whom about a bounce, as data: the first text whose conditions hold."""

from __future__ import annotations

import functools
import pathlib
from typing import Literal, get_args

import msgspec
import rtoml

from catalogue.entries import Actor, Retry

FILE = pathlib.Path(__file__).parent / "thread" / "drafts.toml"
To = Literal["sender", "admin", "provider", "owner"]


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text for one addressee, "" where nothing is written to them, and when it counts; () and None: always.

    ``titles`` are words of the entry's title.
    """

    to: To
    text: str
    label: str = ""
    reasons: tuple[str, ...] = ()
    actors: tuple[Actor, ...] = ()
    replies: tuple[str, ...] = ()
    retries: tuple[Retry, ...] = ()
    titles: tuple[str, ...] = ()
    listed: bool | None = None
    outage: bool | None = None


class Sought(msgspec.Struct, frozen=True):
    """A bounce as its texts are chosen: ``listed`` a blocklist is named, ``outage`` many are unknown at once."""

    reason: str
    actor: Actor | None
    reply: str
    retry: Retry
    title: str = ""
    listed: bool = False
    outage: bool = False


@functools.cache
def texts() -> tuple[Text, ...]:
    """All texts in their order."""
    return msgspec.convert(rtoml.loads(FILE.read_text(encoding="utf-8"))["draft"], tuple[Text, ...])


def fits(text: Text, bounce: Sought) -> bool:
    """Whether all conditions of a text hold for a bounce."""
    given = (
        (text.reasons, bounce.reason),
        (text.actors, bounce.actor),
        (text.replies, bounce.reply),
        (text.retries, bounce.retry),
    )
    flags = ((text.listed, bounce.listed), (text.outage, bounce.outage))
    titled = not text.titles or any(word in bounce.title.lower() for word in text.titles)
    plain = all(not some or one in some for some, one in given)
    return titled and plain and all(flag in (None, is_so) for flag, is_so in flags)


def chosen(bounce: Sought) -> tuple[Text, ...]:
    """The texts for a bounce: one for each addressee to whom something is written."""
    first = (next((text for text in texts() if text.to == to and fits(text, bounce)), None) for to in get_args(To))
    return tuple(text for text in first if text is not None and text.text)
