"""Leads through a case one step at a time: at most one question, at most four screens, and whom to turn to at the end."""

from __future__ import annotations

from bot.advice import filled
from bot.advice import steps as steps_of_entry
from bot.conversation.answers import contact
from bot.conversation.matter import Matter
from bot.terms import Screen
from catalogue.guides import Guide, guide_for

SCREENS = 4


def screen(m: Matter, path: str = "") -> Screen:
    """The screen at a path ("" the first, "own" an answer, "own:2" its second step); a path that is none is the first."""
    guide = None if m.outage else guide_for(m.entry.reason, m.entry.title)
    answer, _, number = path.partition(":")
    if guide is not None and answer not in {a.id for a in guide.answer}:
        return Screen("", guide.question, choices=tuple((a.id, a.label) for a in guide.answer))
    steps = steps_of(m, guide, answer)
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else 1
    if at > len(steps):
        said = contact(m)
        lead = "Those were the steps. If it still fails, turn to whoever can act:"
        return Screen(path, lead, (said.lead, *said.points), end=True)
    return Screen(path, f"Step {at} of {len(steps)}", (steps[at - 1],), next=f"{answer}:{at + 1}")


def steps_of(m: Matter, guide: Guide | None, answer: str) -> tuple[str, ...]:
    """The steps behind an answer: no more than the screens allow, at least one."""
    own = next((a.steps for a in guide.answer if a.id == answer), ()) if guide else ()
    steps = tuple(filled(step, m.case.values) for step in own) or steps_of_entry(m.entry, m.case) or (m.retrying,)
    return steps[: SCREENS - (guide is not None)]
