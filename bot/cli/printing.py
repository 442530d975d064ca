"""An answer on a terminal: in colour there, plain when piped."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from bot.advice import who
from bot.terms import Answer, Cause
from catalogue import Catalogue, Entry

STEPS = 5
RECIPIENTS = 3


def show(answer: Answer, catalogue: Catalogue) -> None:
    """Prints each cause, then the entries to look at instead where nothing decided."""
    console = Console(highlight=False, soft_wrap=False)
    for number, cause in enumerate(answer.causes):
        if number:
            console.print()
        for line in lines(cause, catalogue):
            console.print(line)
    if answer.nearest:
        title = "Nearest entries:" if answer.causes else "Entries that fit these words:"
        console.print(Text(title, style="bold"))
        for entry in answer.nearest:
            console.print(offered(entry))
    elif not answer.causes:
        console.print(
            "Nothing in this looks like a mail server's reply. Give the whole line, or a code like 550 5.7.1."
        )


def lines(cause: Cause, catalogue: Catalogue) -> list[Text]:
    """One cause: title, who acts, the advice, the evidence, the steps, the source."""
    d = cause.diagnosis
    entry, found = d.entry, d.finding
    codes = " ".join(code for code in (found.reply, found.enhanced) if code)
    made = [Text.assemble((entry.title, "bold"), f"  {codes}", style="")]
    made.append(Text(who(d.actor, d.then_actor, catalogue)))
    made.append(labelled("Will it clear?", catalogue.label("outlook", d.outlook)))
    made.append(labelled("Retry", d.retry_advice))
    made.append(
        labelled(
            "Address",
            " ".join(part for part in (catalogue.label("suppress", d.suppress) + ".", d.suppress_why) if part),
        )
    )
    if cause.count > 1 or cause.recipients:
        shown = ", ".join(cause.recipients[:RECIPIENTS]) + (" …" if len(cause.recipients) > RECIPIENTS else "")
        made.append(labelled("Recipients", f"{cause.count}: {shown}" if shown else str(cause.count)))
    if found.evidence:
        made.append(Text(f"  | {found.evidence[:300]}", style="dim"))
    made.append(Text(entry.meaning))
    made += [Text(f"  {number}. {step}") for number, step in enumerate(d.steps[:STEPS], 1)]
    if d.missing:
        made.append(labelled("Missing", d.missing))
    source = entry.sources[0]
    made.append(
        Text(
            f"{entry.id} · by {d.basis} · {source.url}" + (f", seen {source.seen}" if source.seen else ""), style="dim"
        )
    )
    return made


def labelled(label: str, words: str) -> Text:
    """A label in bold and its words."""
    return Text.assemble((f"{label}: ", "bold"), words)


def offered(entry: Entry) -> Text:
    """An entry in one line."""
    codes = " ".join((*entry.reply[:1], *entry.enhanced[:1]))
    return Text.assemble("  ", (entry.title, "bold"), f"  {codes}  ", (entry.id, "dim"))


def first_upper(text: str) -> str:
    """A text with its first letter a capital."""
    return text[:1].upper() + text[1:]
