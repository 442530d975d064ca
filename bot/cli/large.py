"""Big files summed up by cause, piece by piece."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bot.answer import Ours, explain
from bot.explained import Explanation, Found, found
from bot.reading.pieces import Piece
from bot.terms import Diagnosis
from catalogue import Catalogue

SAMPLES = 3
MOST_CAUSES = 500


class Sum(msgspec.Struct):
    """One cause: its first diagnosis, the most careful advice, how often, and a few of those it was about."""

    diagnosis: Diagnosis
    count: int = 0
    recipients: tuple[str, ...] = ()


class Tally(msgspec.Struct):
    """What a big file says: causes by entry and state; how many lines were read; whether any was cut."""

    sums: dict[tuple[str, str], Sum] = {}
    lines: int = 0
    cut: bool = False

    @property
    def causes(self) -> list[Sum]:
        """The causes, refusals first, then by how often they were met."""
        rank = {"given-up": 0, "unknown": 1, "queued": 2, "delivered": 3}
        return sorted(self.sums.values(), key=lambda s: (rank[s.diagnosis.finding.state], -s.count))


class Counted(Found, frozen=True, gc=False, kw_only=True):
    """A cause as other programs get it: its first finding, and how often it was met."""

    count: int = 1


class Summary(Explanation, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """The explanation of a big file: a finding for each cause; ``cut`` where a cap left something out."""

    lines: int = 0
    cut: bool = False


def tally(parts: Iterable[Piece], catalogue: Catalogue, ours: Ours) -> Tally:
    """Everything that the pieces say, summed up; in memory stay the causes, not the findings."""
    made = Tally()
    for part in parts:
        answer = explain(part.text, part.mode, catalogue, ours, offers=False)
        made.lines += part.text.count("\n")
        made.cut = made.cut or part.cut
        for diagnosis in () if answer.silent else answer.diagnoses:
            add(made, diagnosis)
    return made


def add(made: Tally, diagnosis: Diagnosis) -> None:
    """Counts one diagnosis in; the advice on the address is the most careful that was given for its cause."""
    key = (diagnosis.entry.id, diagnosis.finding.state)
    if key not in made.sums:
        if len(made.sums) >= MOST_CAUSES:
            made.cut = True
            return
        made.sums[key] = Sum(diagnosis)
    one = made.sums[key]
    one.count += 1
    to = diagnosis.finding.recipient
    if to and len(one.recipients) < SAMPLES and to not in one.recipients:
        one.recipients += (to,)
    if one.diagnosis.suppress == "yes" and diagnosis.suppress != "yes":
        one.diagnosis = msgspec.structs.replace(
            one.diagnosis, suppress=diagnosis.suppress, suppress_why=diagnosis.suppress_why
        )


def summary(made: Tally) -> Summary:
    """A tally as other programs get it."""
    rows = [Counted(**msgspec.structs.asdict(found(s.diagnosis)), count=s.count) for s in made.causes]
    return Summary(silent=not rows, findings=list(rows), lines=made.lines, cut=made.cut)
