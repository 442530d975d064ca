"""An answer on the command line: what happened, who acts, what to do next, and what it rests on."""

from __future__ import annotations

from bot.advice import filled, listing, who
from bot.cli.entry import KEEPING, OUTLOOKS, keeping, listed, sentence, source
from bot.cli.paper import Paper, Row
from bot.terms import Answer, Cause
from catalogue import Catalogue

STEPS = 5
RECIPIENTS = 3
BASES = {
    "provider": "the provider's own words or code",
    "words": "known words",
    "enhanced": "the enhanced code alone",
    "reply": "the reply code alone",
    "class": "only the class of the code",
}
UNKNOWN = "Nothing in this looks like a mail server's reply. Give the whole line, or a code like 550 5.7.1."


def show(answer: Answer, catalogue: Catalogue) -> None:
    """Prints each cause, then the entries to look at instead where nothing decided."""
    paper = Paper()
    if len(answer.causes) > 1:
        paper.say(f"{len(answer.causes)} causes, the one that decides first:", "bold")
        paper.gap()
    for number, cause in enumerate(answer.causes):
        if number:
            paper.gap()
        explained(paper, cause, catalogue)
    if answer.cut:
        paper.say("Only the beginning was read: the text is very long.")
    if answer.unknown:
        paper.gap()
        paper.say(f"{answer.unknown} is in no list we know: this is only what its class says.", "bold")
    if answer.nearest:
        paper.say("Nearest entries:" if answer.causes else "Entries that fit these words:", "bold")
        for entry in answer.nearest:
            paper.offer(entry)
    elif not answer.causes:
        paper.say(UNKNOWN)


def explained(paper: Paper, cause: Cause, catalogue: Catalogue) -> None:
    """One cause: title and who acts, the evidence, the meaning, then label by label."""
    d = cause.diagnosis
    codes = " ".join(code for code in (d.finding.reply, d.finding.enhanced) if code)
    paper.title(d.entry.title, codes)
    paper.say(who(d.actor, d.then_actor, catalogue, d.side))
    if d.finding.words:
        paper.quote(d.finding.evidence)
    paper.breath()
    if d.entry.meaning.rstrip(".") != d.entry.title.rstrip("."):
        paper.say(filled(d.entry.meaning, d.finding.values))
        paper.breath()
    paper.rows(rows(cause, catalogue))


def rows(cause: Cause, catalogue: Catalogue) -> list[Row]:
    """What is advised for a cause, label by label."""
    d = cause.diagnosis
    return [
        ("Will it clear?", sentence(catalogue.label("outlook", d.outlook)), OUTLOOKS.get(d.outlook or "", "")),
        ("Retry", d.retry_advice, ""),
        ("The address", keeping(catalogue.label("suppress", d.suppress), d.suppress_why), KEEPING[d.suppress]),
        ("Recipients", recipients(cause), ""),
        *listed("Checks", d.finding.values.checks),
        *listed("Blocklist", listing(d.finding.values, catalogue)),
        *listed("First", tuple(filled(step, d.finding.values) for step in d.entry.steps[:STEPS]), numbered=True),
        ("Missing", d.missing, ""),
        *(("Your note", note, "") for note in catalogue.notes(d.entry.id)),
        ("Source", source(d.entry.sources[0]), "dim"),
        ("Entry", f"{d.entry.id}, by {BASES[d.basis]}{f' ({d.provider_name})' if d.provider_name else ''}", "dim"),
    ]


def recipients(cause: Cause) -> str:
    """How many were refused so, and the first of them."""
    shown = ", ".join(cause.recipients[:RECIPIENTS]) + (" …" if len(cause.recipients) > RECIPIENTS else "")
    if cause.count == 1:
        return shown
    return f"{cause.count}: {shown}" if shown else str(cause.count)
