"""Makes the case of an answer: small and masked, so that it can travel with the card."""

from __future__ import annotations

import msgspec

from bot.masking import mask
from bot.terms import Answer, Case, Values

QUOTE = 600
OTHERS = 10


def masked(values: Values) -> Values:
    """The values of a reply without anybody's address: links and check results can hold one."""
    return msgspec.structs.replace(
        values, url=mask(values.url), tag=mask(values.tag), checks=tuple(mask(check) for check in values.checks)
    )


def case_of(answer: Answer, version: str, asker: str = "") -> Case:
    """The case of an answer's first cause; ``version`` is the catalogue's, ``asker`` who asked. Needs a cause."""
    first = answer.causes[0]
    d = first.diagnosis
    found = d.finding
    return Case(
        entry=d.entry.id,
        version=version,
        reply=found.reply or "",
        enhanced=found.enhanced or "",
        state=found.state,
        basis=d.basis,
        provider=d.provider,
        outlook=d.outlook,
        actor=d.actor,
        then_actor=d.then_actor,
        retry=d.retry,
        suppress=d.suppress,
        suppress_why=d.suppress_why[:200],
        recipients=len(first.recipients),
        count=first.count,
        values=masked(found.values),
        quote=mask(found.evidence)[:QUOTE],
        asker=asker,
        side=d.side,
        others=tuple(cause.diagnosis.entry.id for cause in answer.causes[1 : 1 + OTHERS]),
    )
