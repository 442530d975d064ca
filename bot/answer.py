"""Text to answer: reads it, asks the catalogue what it means, weighs the findings, decides on silence. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bot.advice import retrying
from bot.reading import RANK, read
from bot.sides import side_of
from bot.suppression import WORDS_BASES, suppression, with_outages
from bot.terms import Answer, Cause, Diagnosis, Finding, Mode, Side
from catalogue import Catalogue, Clue, Entry, Match

NEAREST = 5


class Ours(msgspec.Struct, frozen=True):
    """Who the team is: its domains (lower case) and networks (CIDR)."""

    domains: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()


def explain(text: str, mode: Mode, catalogue: Catalogue, ours: Ours | None = None, *, offers: bool = True) -> Answer:
    """The answer to a text: causes grouped, the one that decided first; silence where a channel's talk is no bounce.

    ``offers``: whether to look for entries to offer to a person where the text decides nothing.
    """
    findings = read(text, mode)
    if mode == "channel" and not findings:
        return Answer(silent=True)
    diagnoses = [d for f in findings if (d := diagnose(f, catalogue, ours or Ours(), asked=mode == "asked"))]
    if not diagnoses and mode == "asked":
        diagnoses = group_of_codes(text, catalogue)
    careful = with_outages(diagnoses, text)
    silent = not careful or (
        mode == "channel" and all(d.finding.state == "delivered" and d.reason != "feedback" for d in careful)
    )
    return Answer(
        silent=silent,
        causes=grouped(careful),
        diagnoses=tuple(careful),
        nearest=nearest(text, careful, catalogue) if offers and mode == "asked" else (),
        unknown=unknown(careful),
        query=text[:300] if not careful else "",
        lines=text.count("\n") + 1,
    )


def together(parts: Iterable[tuple[str, Mode]], catalogue: Catalogue, ours: Ours | None = None) -> Answer:
    """The answer to several texts that belong together, each read by itself: their causes summed, refusals first."""
    answers = [explain(text, mode, catalogue, ours, offers=False) for text, mode in parts]
    found = [d for answer in answers if not answer.silent for d in answer.diagnoses]
    careful = with_outages(sorted(found, key=lambda d: RANK[d.finding.state]), "")
    return Answer(
        silent=not careful,
        causes=grouped(careful),
        diagnoses=tuple(careful),
        unknown=unknown(careful),
        lines=sum(answer.lines for answer in answers),
    )


def diagnose(found: Finding, catalogue: Catalogue, ours: Ours, *, asked: bool) -> Diagnosis | None:
    """What one finding means; None where it holds no code and no words that the catalogue knows."""
    match = catalogue.match(clue(found)) or unexplained(found, catalogue)
    if match is None or not (coded(found) or asked or reported(found) or found.host):
        return None
    side = side_of(found, ours.domains, ours.networks)
    return meant(match, found, catalogue, side)


def group_of_codes(text: str, catalogue: Catalogue) -> list[Diagnosis]:
    """What codes that begin so have in common, where somebody asks about 5.7, 4.x.x or 5xx; else empty."""
    group = next((entry for entry in catalogue.code(text) if not (entry.worded or entry.provider)), None)
    if group is None:
        return []
    return [meant(Match(group, "class", "", text.strip()), Finding(evidence=text.strip(), dialect="prose"), catalogue)]


def meant(match: Match, found: Finding, catalogue: Catalogue, side: Side = "") -> Diagnosis:
    """The diagnosis of a finding whose entry is known."""
    entry = match.entry
    if entry.reason in LISTING and (one := catalogue.lists.named_in(found.words)):
        found = msgspec.structs.replace(found, values=msgspec.structs.replace(found.values, list=one.name))
    suppress, why = suppression(match, found, catalogue)
    retry, advice = retrying(entry, found.state, found.values)
    provider = catalogue.providers.get(match.provider)
    return Diagnosis(
        finding=found,
        entry=entry,
        basis=match.basis,
        reason=entry.reason,
        provider=match.provider,
        provider_name=provider.name if provider else "",
        matched=match.matched,
        outlook=entry.outlook,
        actor=entry.actor,
        then_actor=entry.then_actor,
        retry=retry,
        retry_advice=advice,
        suppress=suppress,
        suppress_why=why,
        missing="" if match.basis in WORDS_BASES else entry.ask or MISSING,
        side=side,
    )


# The reasons whose replies name a blocklist that matters.
LISTING = frozenset(("blocked", "badreputation", "spamdetected"))
MISSING = "The full reply, all its lines, as the receiving server wrote it: this is only what the code alone says."


def coded(found: Finding) -> bool:
    """Whether a finding holds a code of any kind."""
    return found.reply is not None or found.enhanced is not None


def reported(found: Finding) -> bool:
    """Whether a report tells of a mail's fate, whatever its words."""
    return found.dialect != "prose" or (found.recipient is not None and found.state != "unknown")


def unexplained(found: Finding, catalogue: Catalogue) -> Match | None:
    """The class that a report without a known reason falls into: given up or still queued."""
    if coded(found) or not reported(found) or found.state == "delivered":
        return None
    match = catalogue.match(Clue("", reply="4xx" if found.state == "queued" else "5xx"))
    return match and msgspec.structs.replace(match, basis="class")


def clue(found: Finding) -> Clue:
    """A finding in the catalogue's own terms."""
    domain = (found.recipient or "").rpartition("@")[2]
    failed = {"given-up": True, "queued": False}.get(found.state)
    return Clue(found.words, found.reply, found.enhanced, found.phase, found.host, domain, failed)


def grouped(diagnoses: list[Diagnosis]) -> tuple[Cause, ...]:
    """The diagnoses by entry and state, in the order in which they came, with counts and recipients."""
    if len(diagnoses) == 1:
        only = diagnoses[0]
        return (Cause(only, 1, (only.finding.recipient,) if only.finding.recipient else ()),)
    groups: dict[tuple[str, str], list[Diagnosis]] = {}
    for d in diagnoses:
        groups.setdefault((d.entry.id, d.finding.state), []).append(d)
    return tuple(
        Cause(group[0], len(group), tuple(dict.fromkeys(d.finding.recipient for d in group if d.finding.recipient)))
        for group in groups.values()
    )


def unknown(diagnoses: list[Diagnosis]) -> str:
    """The code that nobody knows, where the first cause is only its class."""
    if not diagnoses or diagnoses[0].basis != "class":
        return ""
    found = diagnoses[0].finding
    return " ".join(code for code in (found.reply, found.enhanced) if code)


def nearest(text: str, diagnoses: list[Diagnosis], catalogue: Catalogue) -> tuple[Entry, ...]:
    """Entries to offer: those that a person's words find, or the neighbours of an unknown code."""
    if diagnoses and diagnoses[0].basis != "class":
        return ()
    if diagnoses:
        found = diagnoses[0].finding
        near = {e.id: e for code in (found.enhanced, found.reply) if code for e in catalogue.code(code)}
        return tuple(e for e in near.values() if e.id != diagnoses[0].entry.id)[:NEAREST]
    return catalogue.search(text, NEAREST)
