"""The frozen values that the catalogue's TOML files are read into."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

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
Check = Literal["spf", "dkim", "dmarc", "ptr", "mx", "blocklist"]
Kind = Literal["mailbox", "filter", "blocklist", "mta", "service", "forwarder"]


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a fact was read, and on which day (ISO date, or "" with ``unchecked``)."""

    url: Annotated[str, Meta(description="The address where the fact was read.")]
    seen: Annotated[str, Meta(description="The day on which it was read: 2026-11-23, or 2026-11.")] = ""
    title: Annotated[str, Meta(description="What the page is called.")] = ""
    unchecked: Annotated[bool, Meta(description="true: nobody could check the page yet.")] = False


class Provider(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who wrote the replies of a file, and how to tell. All literals in lower case."""

    id: Annotated[str, Meta(description="A short name, unique: the first part of its entries' ids.")]
    name: Annotated[str, Meta(description="What people call it.")]
    kind: Annotated[Kind, Meta(description="What it runs.")]
    hosts: Annotated[tuple[str, ...], Meta(description="Ends of its servers' names: google.com.")] = ()
    tags: Annotated[tuple[str, ...], Meta(description="What only its replies hold: gsmtp.")] = ()
    urls: Annotated[tuple[str, ...], Meta(description="Beginnings of addresses in its replies, without https://.")] = ()
    domains: Annotated[tuple[str, ...], Meta(description="Domains of its mailboxes: a weak hint only.")] = ()
    contact: Annotated[str, Meta(description="Where its postmasters can be reached.")] = ""
    about: Annotated[str, Meta(description="What a reader should know about it, in a sentence or two.")] = ""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One meaning: what it matches, what it means, who acts, and what to advise."""

    id: Annotated[
        str, Meta(description="Unique and lasting: it is kept in cards and tables. The id of ours replaces ours.")
    ]
    title: Annotated[str, Meta(description="What happened, in one line of at most 80 characters, without a full stop.")]
    meaning: Annotated[str, Meta(description="The same in plain words, for somebody who is not a mail expert.")]
    reason: Annotated[str, Meta(description="The class of the cause: one of the closed list in vocabulary.toml.")]
    sources: Annotated[tuple[Source, ...], Meta(description="Where this was read; at least one.")]
    provider: Annotated[str, Meta(description="Whose reply it is; the file's [provider] unless given.")] = ""
    reply: Annotated[tuple[str, ...], Meta(description="Reply codes: 550, or 5xx for all of a class.")] = ()
    enhanced: Annotated[
        tuple[str, ...],
        Meta(description="Enhanced status codes: 5.7.1; x.7.1 for 4.7.1 and 5.7.1; 5.7 for all that begin so."),
    ] = ()
    words: Annotated[
        tuple[str, ...],
        Meta(description="The shortest unmistakable phrases: lower case, no codes, … for a gap. They beat codes."),
    ] = ()
    vague: Annotated[
        tuple[str, ...],
        Meta(
            description='Phrases that say little ("try again later"): other words and codes tell more. '
            "Where the entry has a phase, they count only there."
        ),
    ] = ()
    same_words_as: Annotated[
        str,
        Meta(description="An entry whose words, vague phrases and patterns are this one's too (its 4xx form, say)."),
    ] = ""
    needs_code: Annotated[
        bool, Meta(description="Whether these words alone mean another entry; only a code or a lost mail leads here.")
    ] = False
    needs_provider: Annotated[
        bool,
        Meta(description="Whether these words are anybody's: they lead here only from a host, tag or address of it."),
    ] = False
    patterns: Annotated[
        tuple[str, ...],
        Meta(
            description="Regular expressions, only where words cannot say it; each with a literal of four characters."
        ),
    ] = ()
    phase: Annotated[
        tuple[Phase, ...], Meta(description="Where in the dialogue it comes, if that tells it apart.")
    ] = ()
    outlook: Annotated[Outlook | None, Meta(description="Will it clear? Left out: it depends.")] = None
    actor: Annotated[Actor | None, Meta(description="Who must act first. Left out: it depends.")] = None
    then_actor: Annotated[Actor | None, Meta(description="Who must act after that.")] = None
    retry: Annotated[Retry, Meta(description="Whether it is worth sending again.")]
    retry_advice: Annotated[str, Meta(description="The same as a sentence, with times where they are known.")]
    suppress: Annotated[
        Suppress,
        Meta(description="Whether to drop the address: yes only where the reply's words say it is gone for good."),
    ]
    suppress_when: Annotated[str, Meta(description="When to drop it all the same: after three in two weeks.")] = ""
    causes: Annotated[tuple[str, ...], Meta(description="What may be behind it, the likeliest first.")] = ()
    steps: Annotated[
        tuple[str, ...],
        Meta(
            description="What to do, in order; the first can be checked in two minutes. "
            "{ip}, {domain}, {list} and {limit} are filled in from the reply."
        ),
    ] = ()
    checks: Annotated[
        tuple[Check, ...] | None,
        Meta(description="Which DNS look-ups help here, in order; left out: those of its reason; []: none."),
    ] = None
    ask: Annotated[str, Meta(description="What is missing where only the code is known: which line would tell.")] = ""
    samples: Annotated[tuple[str, ...], Meta(description="Replies that must lead here, without real addresses.")] = ()
    not_samples: Annotated[tuple[str, ...], Meta(description="Replies near by that must lead elsewhere.")] = ()
    note: Annotated[str, Meta(description="A remark for those who tend this file; not shown.")] = ""

    @property
    def worded(self) -> bool:
        """Whether words of a reply can lead here, not its codes alone."""
        return bool(self.words or self.vague or self.patterns or self.same_words_as)


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A team's own remark, shown with an entry of ours."""

    entry: Annotated[str, Meta(description="The entry's id: python -m bot catalogue search WORDS finds it.")]
    text: Annotated[str, Meta(description="The remark, as it is to stand on the card.")]


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class of causes, what other tools call it ("" where they have no such class), which DNS look-ups help."""

    id: str
    meaning: str
    checks: tuple[Check, ...] = ()
    sisimai: str = ""
    sparkpost: str = ""
    powermta: str = ""
    kumomta: str = ""


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a value of a closed list is called on cards (``label``), and in a sentence (``meaning``)."""

    id: str
    label: str
    meaning: str


class Doubt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that a plain "no such mailbox" does not hold: a reply that does may be about something else."""

    words: tuple[str, ...]


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The closed lists, each value once, with their words."""

    reason: tuple[Reason, ...]
    actor: tuple[Term, ...]
    outlook: tuple[Term, ...]
    retry: tuple[Term, ...]
    suppress: tuple[Term, ...]
    doubt: tuple[Doubt, ...] = ()


class Blocklist(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A DNS blocklist: ``zones`` and ``names`` are lower-case literals by which a reply names it."""

    id: Annotated[str, Meta(description="A short name, unique.")]
    name: Annotated[str, Meta(description="What people call it.")]
    lists: Annotated[str, Meta(description="What it lists, as a sentence.")]
    zones: Annotated[tuple[str, ...], Meta(description="Its DNS zones: zen.spamhaus.org.")] = ()
    names: Annotated[tuple[str, ...], Meta(description="What replies call it, where they give no zone.")] = ()
    alive: Annotated[bool, Meta(description="false: it is closed, and must not be asked any more.")] = True
    lookup: Annotated[
        str, Meta(description="The page that tells of one IP, with {ip} in it where the page takes it.")
    ] = ""
    delisting: Annotated[str, Meta(description="How a listing ends, and how long that takes.")] = ""
    form: Annotated[bool, Meta(description="false: nobody can ask to be taken off; it ends by itself.")] = True
    sources: Annotated[tuple[Source, ...], Meta(description="Where this was read.")] = ()


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A TOML file of the catalogue, ours or a team's own."""

    provider: Annotated[Provider | None, Meta(description="Whose replies the file holds, if one provider's.")] = None
    entry: Annotated[tuple[Entry, ...], Meta(description="Meanings of replies.")] = ()
    note: Annotated[tuple[Note, ...], Meta(description="Remarks shown with entries.")] = ()
    blocklist: Annotated[tuple[Blocklist, ...], Meta(description="DNS blocklists.")] = ()
