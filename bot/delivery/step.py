"""The step of a workflow: a text in; verdict, actor, whether to keep the address, entry and JSON out."""

from __future__ import annotations

import msgspec

from bot import cards, conversation
from bot.answer import explain
from bot.delivery.delivery import Delivery
from bot.explained import explained
from catalogue.entries import Suppress

# An answer of a workflow's step is shown to people and kept by Slack: a log's first findings will do.
FINDINGS = 20
KEEP: dict[Suppress, str] = {"no": "yes", "after-confirming": "after-confirming", "yes": "no"}
UNRECOGNISED = "No SMTP error was recognised in the text. Keep the address, and look for the server's whole reply."


class Outcome(msgspec.Struct, frozen=True):
    """What a step gives, each as a text: manifest.json names the same.

    ``keep`` is yes, after-confirming (keep it until that is confirmed) or no; without a recognised error yes, for
    nothing says otherwise. ``actor`` and ``entry`` are ids of the catalogue, "" where there is none.
    """

    verdict: str
    actor: str
    keep: str
    entry: str
    json: str


def outcome(delivery: Delivery, text: str) -> Outcome:
    """What the step "Explain a bounce" gives for a text."""
    answer = explain(text, "asked", delivery.catalogue, delivery.ours, offers=False)
    written = msgspec.json.encode(explained(answer, FINDINGS)).decode()
    delivery.report.private(answer)
    if not answer.causes:
        return Outcome(UNRECOGNISED, "", "yes", "", written)
    case = conversation.case_of(answer, delivery.catalogue.version)
    return Outcome(
        cards.in_one_breath(case, delivery.catalogue, len(answer.causes) - 1),
        case.actor or "",
        KEEP[case.suppress],
        case.entry,
        written,
    )
