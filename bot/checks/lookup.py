"""One place that asks DNS: with a timeout a question, a cap on questions, and an answer that says why there is none."""

from __future__ import annotations

import re
from typing import Any

import msgspec

# A check asks at most so many questions, and waits so long for each and for all.
MOST, EACH, ALL = 30, 2.0, 5.0
NAME = re.compile(r"(?=.{1,253}\.?$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}\.?", re.IGNORECASE)
SHOWN = 10


class Unavailable(Exception):
    """DNS cannot be asked; the message says what to do."""


class Answered(msgspec.Struct, frozen=True):
    """What a question got: ``rows`` as text, or why there are none: ``missing``, ``empty`` or ``failed``."""

    rows: tuple[str, ...] = ()
    why: str = ""


class Lookup:
    """Asks for records. ``servers`` are the resolvers' addresses (those of this machine by default)."""

    def __init__(self, servers: tuple[str, ...] = (), port: int = 53) -> None:
        try:
            from dns import resolver
        except ModuleNotFoundError:
            mend = "SMTP_BOT_DNS needs dnspython: install smtp-bot with its dns extra (smtp-bot[dns])."
            raise Unavailable(mend) from None
        self._resolver: Any = resolver.Resolver(configure=not servers)
        self._resolver.timeout, self._resolver.lifetime = EACH, EACH
        self._resolver.cache = resolver.LRUCache(500)
        if servers:
            self._resolver.nameservers, self._resolver.port = list(servers), port

    def ask(self, name: str, kind: str) -> Answered:
        """The records of a kind (TXT, A, MX …) of a name; never raises, whatever the name holds."""
        from dns import exception, resolver

        if not NAME.fullmatch(name):
            return Answered(why="missing")
        try:
            found = self._resolver.resolve(name, kind, search=False)
        except resolver.NXDOMAIN:
            return Answered(why="missing")
        except resolver.NoAnswer:
            return Answered(why="empty")
        except (exception.DNSException, OSError, UnicodeError):
            return Answered(why="failed")
        return Answered(tuple(text_of(row, kind) for row in found)[:100])


def text_of(row: Any, kind: str) -> str:
    """A record as it is read: a TXT's strings joined (RFC 7208 section 3.3), names without their last dot."""
    if kind == "TXT":
        return b"".join(row.strings).decode("utf-8", "replace")
    text = str(row.to_text())
    return text[:-1] if text.endswith(".") and len(text) > 1 and not text.endswith(" .") else text


class Counted:
    """A look-up for one check: no more than ``most`` questions and not beyond ``ends`` on the clock."""

    def __init__(self, lookup: Lookup, clock: Any, most: int = MOST) -> None:
        self._lookup, self._clock, self.left, self._ends = lookup, clock, most, clock() + ALL
        self.asked: list[str] = []

    def ask(self, name: str, kind: str) -> Answered:
        """The answer, or ``failed`` where questions or time have run out."""
        if self.left <= 0 or self._clock() > self._ends:
            return Answered(why="failed")
        self.left -= 1
        self.asked.append(f"{kind} {name}")
        return self._lookup.ask(name, kind)
