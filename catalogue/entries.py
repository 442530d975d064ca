"""The frozen values that the catalogue's TOML files are read into."""

from __future__ import annotations

from typing import Literal

import msgspec

Outlook = Literal["clears-with-time", "temporary-needs-fix", "permanent", "resend-after-fix"]
Actor = Literal[
    "sending-admin",
    "author",
    "recipient",
    "receiving-admin",
    "dns-owner",
    "ip-owner",
    "sending-service",
    "forwarder",
    "nobody",
]
Retry = Literal["queue", "later", "after-fix", "new-transaction", "no"]
Suppress = Literal["yes", "after-confirming", "no"]
Basis = Literal["provider", "words", "enhanced", "reply", "class"]
Phase = Literal["connect", "helo", "starttls", "auth", "mail", "rcpt", "data", "end-of-data", "queue"]
Kind = Literal["mailbox", "filter", "blocklist", "mta", "service", "forwarder"]


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a fact was read, and on which day (ISO date, or "" with ``unchecked``)."""

    url: str
    seen: str = ""
    title: str = ""
    unchecked: bool = False


class Provider(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who wrote a reply, and how to tell: all literals lower case.

    ``hosts`` are suffixes of host names (``google.com``), ``tags`` literals in the reply (``gsmtp``), ``urls`` the
    starts of addresses without their scheme (``support.google.com/``), ``domains`` recipient domains: a weak hint.
    """

    id: str
    name: str
    kind: Kind
    hosts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    contact: str = ""
    about: str = ""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One meaning: what it matches, what it means, who acts, and what to advise. See DESIGN in CONTRIBUTING.md.

    ``vague`` are phrases that say little ("try again later"): any other words, and a code, tell more than they do;
    where an entry has a phase, its vague phrases count at that phase only.
    ``same_words_as`` names an entry whose words, vague phrases and patterns are this one's too (its 4xx form, say).
    """

    id: str
    title: str
    meaning: str
    reason: str
    sources: tuple[Source, ...]
    provider: str = ""
    reply: tuple[str, ...] = ()
    enhanced: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    same_words_as: str = ""
    patterns: tuple[str, ...] = ()
    phase: tuple[Phase, ...] = ()
    outlook: Outlook | None = None
    actor: Actor | None = None
    then_actor: Actor | None = None
    retry: Retry
    retry_advice: str
    suppress: Suppress
    suppress_when: str = ""
    causes: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    ask: str = ""
    samples: tuple[str, ...] = ()
    not_samples: tuple[str, ...] = ()
    note: str = ""

    @property
    def worded(self) -> bool:
        """Whether words of a reply can lead here, not its codes alone."""
        return bool(self.words or self.vague or self.patterns or self.same_words_as)


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A team's own remark, shown with an entry of ours."""

    entry: str
    text: str


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One TOML file of entries: ``[provider]`` says whose they are, if they are one provider's."""

    provider: Provider | None = None
    entry: tuple[Entry, ...] = ()
    note: tuple[Note, ...] = ()


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class of causes, and what other tools call it ("" where they have no such class)."""

    id: str
    meaning: str
    sisimai: str = ""
    sparkpost: str = ""
    powermta: str = ""
    kumomta: str = ""


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a value of a closed list is called on cards (``label``), and in a sentence (``meaning``)."""

    id: str
    label: str
    meaning: str


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The closed lists, each value once, with their words."""

    reason: tuple[Reason, ...]
    actor: tuple[Term, ...]
    outlook: tuple[Term, ...]
    retry: tuple[Term, ...]
    suppress: tuple[Term, ...]


class Blocklist(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A DNS blocklist: ``zones`` and ``names`` are lower-case literals by which a reply names it."""

    id: str
    name: str
    lists: str
    zones: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    alive: bool = True
    lookup: str = ""
    delisting: str = ""
    sources: tuple[Source, ...] = ()
