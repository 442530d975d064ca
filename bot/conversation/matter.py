"""What an answer in a thread is about: the case, its entry, what was asked, and what the team knows besides."""

from __future__ import annotations

import msgspec

from bot.advice import outage, retrying
from bot.terms import CONFIRM_FIRST, Case
from catalogue import Catalogue, Entry
from catalogue.drafts import Sought, Text, chosen

SURE = {
    "provider": "the provider's own words",
    "words": "the words of the reply",
    "enhanced": "the enhanced status code alone",
    "reply": "the reply code alone",
    "class": "the class of the code alone",
}
UNSURE = ("enhanced", "reply", "class")
MISSING = "The full reply, all its lines, would tell more: paste it here."
# The questions whose answer lies in a check: which reasons speak of which.
ABOUT = {
    "authfailure": ("spf", "dkim", "dmarc"),
    "requireptr": ("ptr", "helo"),
    "failedstarttls": ("tls",),
    "hostunknown": ("mx",),
    "notaccept": ("mx",),
}


class Facts(msgspec.Struct, frozen=True):
    """What is known beside the case: the kind of sending server ("" if no setting says), and what was seen before.

    ``seen`` is how often this cause was seen in the channel (0 where nobody counted) since ``since`` ("" or a date),
    ``threads`` in how many threads before this one, ``fixed`` a link to what ended it last time,
    ``solved`` whether this case is marked as solved.
    """

    queue: str = ""
    seen: int = 0
    since: str = ""
    threads: int = 0
    today: int = 0
    fixed: str = ""
    solved: bool = False


class Matter(msgspec.Struct, frozen=True):
    """All that an answer may use. ``code`` is the code asked about, ``topic`` a fix's subject, ``said`` the question."""

    case: Case
    entry: Entry
    catalogue: Catalogue
    code: str = ""
    topic: str = ""
    said: str = ""
    facts: Facts = Facts()

    @property
    def retrying(self) -> str:
        """The sentence about retrying, for the state of this mail; where many are unknown at once, not the entry's."""
        if self.outage:
            return CONFIRM_FIRST
        return retrying(self.entry, self.case.state, self.case.values)[1]

    @property
    def outage(self) -> bool:
        """Whether many are unknown at one domain at once, which is rather an outage there."""
        return outage(self.entry, self.case)

    @property
    def listed(self) -> bool:
        """Whether a blocklist is named: by the reply, or because it is one that wrote the entry."""
        return bool(self.case.values.list) or self.quoted

    @property
    def named(self) -> str:
        """The list or provider that can be written to; "" where the reply names none (a mail server's maker is none)."""
        provider = self.catalogue.providers.get(self.entry.provider or self.case.provider)
        known = provider is not None and provider.kind not in ("mta", "forwarder")
        return self.case.values.list or (provider.name if provider and known else "")

    @property
    def texts(self) -> tuple[Text, ...]:
        """What can be written about it, and to whom."""
        bounce = Sought(
            self.entry.reason,
            self.case.actor,
            self.case.reply,
            self.case.retry,
            self.entry.title,
            listed=bool(self.named and self.listed),
            outage=self.outage,
        )
        one = self.catalogue.lists.called(self.case.values.list)
        asked = bool(self.named) and (one is None or one.form)
        return tuple(text for text in chosen(bounce) if text.to != "provider" or asked)

    @property
    def missing(self) -> tuple[str, ...]:
        """What would make the answer surer, where only a code decided."""
        return ((self.entry.ask or MISSING),) if self.case.basis in UNSURE else ()

    @property
    def codes(self) -> str:
        """The codes of the reply, as written."""
        return " ".join(code for code in (self.case.reply, self.case.enhanced) if code)

    def label(self, kind: str, value: str | None) -> str:
        """What a value of a closed list is called."""
        return self.catalogue.label(kind, value)

    @property
    def provider(self) -> str:
        """The name of whoever wrote the reply, or ""."""
        known = self.catalogue.providers.get(self.case.provider or self.entry.provider)
        return known.name if known else ""

    @property
    def quoted(self) -> bool:
        """Whether the one named is a blocklist, which a server's reply only quotes."""
        known = self.catalogue.providers.get(self.case.provider or self.entry.provider)
        return known is not None and known.kind == "blocklist"

    def concerns(self, topic: str) -> bool:
        """Whether this bounce is about a check: its reason, its words or its entry name it."""
        words = " ".join((self.case.quote, self.entry.title, *self.entry.steps, *self.case.values.checks)).lower()
        names = {"ptr": ("ptr", "reverse", "rdns"), "tls": ("tls", "certificate"), "mx": (" mx ", "mail server")}
        return topic in ABOUT.get(self.entry.reason, ()) or any(n in f" {words} " for n in names.get(topic, (topic,)))


def capital(text: str) -> str:
    """A text with its first letter a capital."""
    return text[:1].upper() + text[1:]


def plural(count: int, noun: str) -> str:
    """A count and its noun."""
    return f"{count} {noun}{'s' if count != 1 else ''}"
