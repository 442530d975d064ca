"""The frozen values that travel between the rooms: the leaf that every other room may import."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from catalogue.entries import Actor, Basis, Entry, Outlook, Phase, Retry, Suppress

Mode = Literal["asked", "channel"]
State = Literal["queued", "given-up", "delivered", "unknown"]
Side = Literal["", "sending", "receiving"]
Status = Literal["open", "taken", "waiting", "solved"]


class Values(msgspec.Struct, frozen=True, gc=False):
    """What a reply names: all as written in the text, "" where it does not; ``wait`` in seconds, 0 where unsaid.

    ``list`` is a known blocklist's name, ``checks`` the results of SPF, DKIM and DMARC, a line each.
    """

    ip: str = ""
    domain: str = ""
    url: str = ""
    list: str = ""
    limit: str = ""
    tag: str = ""
    wait: int = 0
    checks: tuple[str, ...] = ()


class Finding(msgspec.Struct, frozen=True, gc=False):
    """What a text *says* about one recipient and one reply; nothing about what that means.

    ``words`` is the reply in one line, codes of continuation lines taken out; ``evidence`` the line as it was written
    (neither is masked); ``host`` the server that said it; ``reporter`` the one that tells about it.
    """

    reply: str | None = None
    enhanced: str | None = None
    words: str = ""
    evidence: str = ""
    state: State = "unknown"
    recipient: str | None = None
    host: str = ""
    reporter: str = ""
    phase: Phase | None = None
    dialect: str = ""
    values: Values = Values()


class Diagnosis(msgspec.Struct, frozen=True, gc=False):
    """What a finding *means*: the entry, why that one, and the advice as it stands for this mail.

    The advice may be more careful than the entry's (``suppress_why`` and ``retry_advice`` say so); None: it depends.
    ``provider`` is the id of whoever wrote the reply, "" if that is not known; ``side`` the one that the team is on.
    """

    finding: Finding
    entry: Entry
    basis: Basis
    reason: str
    provider: str = ""
    provider_name: str = ""
    matched: str = ""
    outlook: Outlook | None = None
    actor: Actor | None = None
    then_actor: Actor | None = None
    retry: Retry = "no"
    retry_advice: str = ""
    suppress: Suppress = "no"
    suppress_why: str = ""
    missing: str = ""
    side: Side = ""


class Cause(msgspec.Struct, frozen=True, gc=False):
    """The findings of one paste that mean the same: the first one's diagnosis, and how often and for whom."""

    diagnosis: Diagnosis
    count: int = 1
    recipients: tuple[str, ...] = ()


class Answer(msgspec.Struct, frozen=True, gc=False):
    """What a text gets: causes (the one that decided first), or entries found by words, or silence.

    ``silent``: in a channel, that the bot says nothing; when asked, that nothing was recognised. ``nearest`` are the
    entries to offer where there is no cause, or where the code is unknown (``unknown`` holds it). ``lines`` is how many
    lines were read, ``cut`` whether a cap was reached.
    """

    silent: bool
    causes: tuple[Cause, ...] = ()
    nearest: tuple[Entry, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    unknown: str = ""
    query: str = ""
    lines: int = 0
    cut: bool = False


# About retrying where many unknown users at once are rather an outage; said by the card's data and in its thread.
CONFIRM_FIRST = "Not yet: ask the receiving side first. If it was an outage, send it again afterwards."


class Case(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a follow-up needs to know of a bounce; small, masked, fit for a button's value (under 2,000 characters)."""

    entry: str
    version: str = ""
    reply: str = ""
    enhanced: str = ""
    state: State = "unknown"
    basis: Basis = "class"
    provider: str = ""
    outlook: Outlook | None = None
    actor: Actor | None = None
    then_actor: Actor | None = None
    retry: Retry = "no"
    suppress: Suppress = "no"
    suppress_why: str = ""
    recipients: int = 0
    count: int = 1
    values: Values = Values()
    quote: str = ""
    asker: str = ""
    side: Side = ""
    others: tuple[str, ...] = ()


class Progress(msgspec.Struct, frozen=True):
    """Where a case stands: ``owner`` has it, ``by`` moved it there at ``at`` (seconds since 1970, 0: nobody yet).

    ``before`` is where it was ("taken:U1"), for the one step back; ``fixed`` the message that says what fixed it.
    """

    status: Status = "open"
    owner: str = ""
    by: str = ""
    at: float = 0.0
    before: str = ""
    fixed: str = ""


class Say(msgspec.Struct, frozen=True):
    """An answer to a follow-up, as plain text without markup: ``lead`` is the answer, ``points`` what supports it.

    ``notes`` stand before the points, where these are steps in their order.
    ``about`` is the subject of a fix (spf, dkim …); ``next`` are the questions to offer, a fix as ``steps.spf``.
    """

    lead: str
    points: tuple[str, ...] = ()
    ordered: bool = False
    notes: tuple[str, ...] = ()
    quote: str = ""
    source: str = ""
    intent: str = ""
    about: str = ""
    next: tuple[str, ...] = ()


class Screen(msgspec.Struct, frozen=True):
    """What is shown at one point: ``choices`` are answers (path and label) to a question, else it is a step or the end.

    ``path`` is where it stands, ``next`` where "still failing" and "skip" lead; "" at the end.
    """

    path: str
    lead: str
    points: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    next: str = ""
    end: bool = False


class Message(msgspec.Struct, frozen=True):
    """What is sent to Slack: ``text`` (at most 300 characters) for notifications and screen readers, and blocks.

    ``simpler`` is what to show instead, one after the other, in a workspace that refuses the blocks.
    """

    text: str
    blocks: tuple[dict[str, Any], ...] = ()
    metadata: dict[str, Any] | None = None
    simpler: tuple[tuple[dict[str, Any], ...], ...] = ()


class Standing(msgspec.Struct, frozen=True):
    """Whether a channel is read, and why: ``named`` by the settings, or ``by`` somebody's choice ("": nobody's).

    ``shared`` whether other companies are in it; ``until`` when a pause ends (seconds since 1970), 0 for none.
    """

    reading: bool
    named: bool = False
    shared: bool = False
    by: str = ""
    until: float = 0.0


class Public(msgspec.Struct, frozen=True):
    """An answer that everybody in the channel sees, since it changes something for all of them."""

    message: Message
