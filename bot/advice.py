"""An entry's advice as it stands for one mail: its sentences with what the reply names, and what its state changes."""

from __future__ import annotations

import re

from bot.sides import yours
from bot.terms import Case, Side, State, Values
from catalogue import Actor, Catalogue, Entry, Retry, lookup
from catalogue.guides import guide_for

GIVEN_UP = "The sending server has given this mail up and retries nothing: once the cause has passed, send it again."


# The answer in guides.toml that many at once give.
SEVERAL = "several"
QUERY = re.compile(r"(https?://[^\s?`]+)\?[^\s`]*\{ip\}")
COMMAND = re.compile(r"`[^`]*`")
# The recipient's domain in a masked address.
RECIPIENT = re.compile(r"…@(?P<domain>(?:[a-z0-9-]+\.)+[a-z]{2,24})", re.IGNORECASE)
MX = re.compile(r"\bMX\b")
# The domain that the catalogue writes where it means the one in question; mx.example.com is a server's name.
EXAMPLE = re.compile(r"(?:(?<=_dmarc\.)|(?<=_domainkey\.)|(?<![\w.-]))example\.com(?![\w-])")
UNKNOWN = {"{ip}": "the sending IP", "{domain}": "the domain", "{list}": "the list", "{limit}": "the limit"}


def filled(sentence: str, values: Values) -> str:
    """A sentence of the catalogue with what the reply names put in, or the plain words for it.

    Where the IP is not known, an address is given without it, and a command says IP.
    """
    if "{" not in sentence:
        return sentence
    if not values.ip and "{ip}" in sentence:
        sentence = COMMAND.sub(lambda command: command[0].replace("{ip}", "IP"), QUERY.sub(r"\1", sentence))
    known = {"{ip}": values.ip, "{domain}": values.domain, "{list}": values.list, "{limit}": values.limit}
    for name, value in known.items():
        sentence = sentence.replace(name, value or UNKNOWN[name])
    return sentence


def outage(entry: Entry, case: Case) -> bool:
    """Whether many are unknown at one domain at once: the case then says to retry later where its entry says no."""
    return (entry.retry, case.retry) == ("no", "later")


def steps(entry: Entry, case: Case) -> tuple[str, ...]:
    """The steps of an entry with what the reply names put in; in an outage those for several good addresses."""
    guide = guide_for(entry.reason) if outage(entry, case) else None
    several = next((answer.steps for answer in guide.answer if answer.id == SEVERAL), ()) if guide else ()
    return tuple(placed(filled(step, case.values), case) for step in several or entry.steps)


def placed(step: str, case: Case) -> str:
    """A step whose look-ups ask for this bounce's domains where it names them, not for example.com."""
    recipient = RECIPIENT.search(case.quote)
    theirs, ours = recipient["domain"].lower() if recipient else "", case.values.domain

    def asking(command: re.Match[str]) -> str:
        domain = theirs if MX.search(command[0]) else ours if "TXT" in command[0] else ""
        return EXAMPLE.sub(domain, command[0]) if domain else command[0]

    return COMMAND.sub(asking, step)


def retrying(entry: Entry, state: State, values: Values) -> tuple[Retry, str]:
    """Whether to retry, and the sentence about it; a mail that was given up is retried by nobody any more."""
    if state == "given-up" and entry.retry in ("queue", "new-transaction"):
        return "later", GIVEN_UP
    wait = values.wait
    if entry.retry == "queue" and wait:
        return "queue", f"{filled(entry.retry_advice, values)} The reply says to wait {spoken(wait)}."
    return entry.retry, filled(entry.retry_advice, values)


def who(actor: Actor | None, then: Actor | None, catalogue: Catalogue, side: Side = "") -> str:
    """Who acts first and who then, as one sentence; "you" where the team is on that ``side``."""
    if actor is None:
        return "Who must act depends on the full text."
    label, afterwards = (
        catalogue.label("actor", one) + (" (you)" if yours(one, side) else "") if one else "" for one in (actor, then)
    )
    if actor == "nobody":
        return f"Nobody has to act now: wait. If it lasts: {afterwards}." if then else "Nobody has to act: wait."
    return f"{label[:1].upper()}{label[1:]} acts first{f', then {afterwards}' if then else ''}."


def listing(values: Values, catalogue: Catalogue) -> tuple[str, ...]:
    """What is known of the blocklist that a reply names: what it lists, where to look this IP up, how it ends."""
    one = catalogue.lists.called(values.list)
    if one is None:
        return ()
    alive = "" if one.alive else " This list is closed: whoever still asks it must take it out."
    page = lookup(one, values.ip)
    said = (f"{one.name}: {one.lists}{alive}", f"Look it up: {page}" if page else "", one.delisting)
    return tuple(part for part in said if part)


def spoken(seconds: int) -> str:
    """A time in the unit in which people say it."""
    for unit, size in (("hour", 3600), ("minute", 60), ("second", 1)):
        if seconds >= size and seconds % size == 0:
            return f"{seconds // size} {unit}{'s' if seconds != size else ''}"
    return f"{seconds} seconds"
