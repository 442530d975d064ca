"""All that is known of a case at once: what a card has no room for."""

from __future__ import annotations

from bot.advice import filled, listing, retrying
from bot.terms import Case, Say
from catalogue import Catalogue, Entry

CAUSES = 5


def details(case: Case, entry: Entry, catalogue: Catalogue, code: str) -> Say:
    """The meaning, the usual causes, retrying, the address, the checks, the blocklist, and the reply as it was."""
    address = case.suppress_why or entry.suppress_when
    points = (
        *(f"Usual cause: {filled(cause, case.values)}" for cause in entry.causes[:CAUSES]),
        f"Retry: {retrying(entry, case.state, case.values)[1]}",
        *((f"The address: {address}",) if address else ()),
        *(f"What the reply says of the checks: {check}" for check in case.values.checks),
        *listing(case.values, catalogue),
    )
    lead = filled(entry.meaning, case.values)
    return Say(lead, points, quote=case.quote, source=entry.sources[0].url, intent="details", next=("steps",))
