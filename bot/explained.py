"""Explanations as JSON: one contract for ``--json``, ``--jsonl`` and the step of a workflow (see README)."""

from __future__ import annotations

import msgspec

from bot.answer import Ours, explain
from bot.terms import Answer, Diagnosis, Mode
from catalogue import Catalogue


class Found(msgspec.Struct, frozen=True, gc=False):
    """A finding and its diagnosis as other programs get them."""

    reply: str | None
    enhanced: str | None
    state: str
    reason: str
    recipient: str | None
    provider: str | None
    outlook: str | None
    actor: str | None
    retry: str
    suppress: str
    basis: str
    entry: str
    title: str
    evidence: str


class Explanation(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One explanation; ``id`` only where one was given."""

    silent: bool
    findings: list[Found]
    id: str | int | None = None


class Given(msgspec.Struct, gc=False):
    """One line of input."""

    text: str
    id: str | int | None = None
    mode: Mode = "asked"


def found(diagnosis: Diagnosis) -> Found:
    """A diagnosis as other programs get it."""
    said = diagnosis.finding
    return Found(
        said.reply,
        said.enhanced,
        said.state,
        diagnosis.reason,
        said.recipient,
        diagnosis.provider or None,
        diagnosis.outlook,
        diagnosis.actor,
        diagnosis.retry,
        diagnosis.suppress,
        diagnosis.basis,
        diagnosis.entry.id,
        diagnosis.entry.title,
        said.evidence,
    )


def explained(answer: Answer, most: int | None = None) -> Explanation:
    """An answer as other programs get it, with the first ``most`` of its findings."""
    return Explanation(answer.silent, [found(d) for d in answer.diagnoses[:most]])


def explanation(given: Given, catalogue: Catalogue, ours: Ours) -> Explanation:
    """The answer to one text."""
    answer = explain(given.text, given.mode, catalogue, ours, offers=False)
    return Explanation(answer.silent, [found(d) for d in answer.diagnoses], given.id)
