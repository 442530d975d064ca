"""DNS look-ups on request: which checks fit, with which names, and what DNS says beside what the reply claims."""

from __future__ import annotations

from typing import Any, get_args

from bot import checks
from bot.cards import lookups
from bot.checks import Lookup, Names
from bot.terms import Case
from catalogue import Catalogue, Check

FIELDS = {
    "domain": ("The sender's domain", "This is no domain name. Write it like news.example.com."),
    "ip": ("The IP that the mail left from", "This is no IP address. Write it like 192.0.2.1."),
    "selector": ("The DKIM selector (s=)", "This is no selector. Write what stands behind s=, like s1."),
    "to": ("The recipient's domain", "This is no domain name. Write it like example.org."),
}


def wanted(case: Case, topic: str, catalogue: Catalogue) -> tuple[Check, ...]:
    """The checks that fit a case: the one that was spoken of, else those that its entry names."""
    if topic in checks.NEEDS:
        return tuple(check for check in get_args(Check) if check == topic)
    entry = catalogue.entries.get(case.entry)
    return catalogue.checks(entry) if entry else ()


def window(case: Case, topic: str, catalogue: Catalogue) -> dict[str, Any] | None:
    """The window in which names and addresses can be changed before DNS is asked; None where no check fits."""
    fit = wanted(case, topic, catalogue)
    return lookups.asking(case, fields(fit, checks.names_in(case)), choices(fit), fit) if fit else None


def fields(fit: tuple[Check, ...], names: Names) -> tuple[tuple[str, str, str], ...]:
    """What the checks need, with what is known of it."""
    needs = {need for check in fit for need in checks.NEEDS[check][1]}
    return tuple((name, label, getattr(names, name)) for name, (label, _) in FIELDS.items() if name in needs)


def choices(fit: tuple[Check, ...]) -> tuple[tuple[str, str], ...]:
    """The checks with their names."""
    return tuple((check, checks.NEEDS[check][0]) for check in fit)


def typed(case: Case, given: dict[str, str]) -> tuple[Names, dict[str, str]]:
    """The names as somebody typed them, and a sentence for each field that holds none; a list is the reply's own."""
    clean = {name: text.strip().strip(".").lower() for name, text in given.items() if name in FIELDS}
    wrong = {name: FIELDS[name][1] for name, text in clean.items() if text and not fits(name, text)}
    return Names(**clean, list=case.values.list), wrong


def fits(name: str, text: str) -> bool:
    """Whether a text is what its field asks for."""
    if name == "ip":
        return checks.is_ip(text)
    return checks.NAME.fullmatch(f"{text}.example.com" if name == "selector" else text) is not None


def looked(
    lookup: Lookup,
    case: Case,
    names: Names,
    catalogue: Catalogue,
    *,
    ticked: tuple[str, ...],
    offered: tuple[str, ...],
) -> dict[str, Any]:
    """The window with what DNS says, and the fields to ask once more; ``offered`` are the checks that can be ticked.

    Where the window named none that is known, those of the entry can be, or all.
    """
    named = tuple(check for check in get_args(Check) if check in offered)
    fit = named or wanted(case, "", catalogue) or get_args(Check)
    chosen = tuple(check for check in fit if check in ticked)
    made = checks.run(names, chosen, catalogue, lookup)
    rows = tuple(
        (one.check, one.verdict or one.found, one.found if one.verdict else "", listed(one.asked)) for one in made
    )
    return lookups.asking(case, fields(fit, names), choices(fit), chosen, lookups.found(rows, case.values.checks))


def listed(asked: tuple[str, ...]) -> str:
    """What was asked, in a line."""
    return ", ".join(asked[:8]) + (f" and {len(asked) - 8} more" if len(asked) > 8 else "")
