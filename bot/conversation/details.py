"""All that is known of a case at once: what a card has no room for."""

from __future__ import annotations

from bot.advice import filled, listing
from bot.conversation.matter import Matter
from bot.terms import Say

CAUSES = 5


def details(m: Matter) -> Say:
    """The meaning, the usual causes, retrying, the address, the checks, the blocklist, and the reply as it was."""
    address = m.case.suppress_why or m.entry.suppress_when
    points = (
        *(f"Usual cause: {filled(cause, m.case.values)}" for cause in m.entry.causes[:CAUSES]),
        f"Retry: {m.retrying}",
        *((f"The address: {address}",) if address else ()),
        *(f"What the reply says of the checks: {check}" for check in m.case.values.checks),
        *listing(m.case.values, m.catalogue),
    )
    lead = filled(m.entry.meaning, m.case.values)
    source = m.entry.sources[0].url
    return Say(lead, points, quote=m.case.quote, source=source, intent="details", next=("why",))
