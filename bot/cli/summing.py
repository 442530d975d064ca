"""A big file's summary on a terminal: how far it is while it is read, then a line for each cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from bot.cli.large import SAMPLES, Sum, Tally
from bot.reading.pieces import Piece
from catalogue import Catalogue

STATES = {"given-up": "given up", "queued": "still queued", "delivered": "delivered", "unknown": "refused"}


def watched(parts: Iterable[Piece], name: str, size: int | None) -> Iterator[Piece]:
    """The pieces as they come, with a progress bar on standard error where that is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(name, total=size)
        for part in parts:
            yield part
            progress.advance(task, part.size)


def show_sums(made: Tally, catalogue: Catalogue) -> None:
    """Prints the causes of a big file with their counts, the refusals first."""
    console = Console(highlight=False)
    total = sum(one.count for one in made.causes)
    if not total:
        console.print(
            f"{made.lines:,} lines read: none tells of a refusal. Give the part with the bounce, if there is one."
        )
        return
    causes = f"{len(made.causes)} {'cause' if len(made.causes) == 1 else 'causes'}"
    console.print(Text(f"{made.lines:,} lines read, {total:,} refusals and delays, {causes}", style="bold"))
    width = max(len(f"{one.count:,}") for one in made.causes)
    for one in made.causes:
        for line in lines(one, width, catalogue):
            console.print(line)
    if made.cut:
        console.print("A part was too long to be read whole, so something may be missing: give that part by itself.")
    first = made.causes[0].diagnosis.finding
    again = " ".join(code for code in (first.reply, first.enhanced) if code)
    if again:
        console.print(Text(f"More on one of them: python -m bot explain {again}", style="dim"))


def lines(one: Sum, width: int, catalogue: Catalogue) -> tuple[Text, Text]:
    """One cause: how often, what became of the mails and why; then the advice on the address, and whom it was about."""
    d = one.diagnosis
    codes = " ".join(code for code in (d.finding.reply, d.finding.enhanced) if code)
    first = Text.assemble(
        (f"{one.count:>{width},}", "bold"), f"  {STATES[d.finding.state]}: ", (d.entry.title, "bold"), f"  {codes}"
    )
    shown = ", ".join(one.recipients) + (" …" if one.count > SAMPLES and one.recipients else "")
    under = " · ".join(part for part in (catalogue.label("suppress", d.suppress), shown) if part)
    return first, Text(f"{' ' * width}  {under}", style="dim")
