"""Where the command line writes: laid out and in colour on a terminal, one line a fact when piped."""

from __future__ import annotations

import re
import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from catalogue import Entry

WIDEST = 100  # longer lines are hard to follow
QUOTED = 600
Row = tuple[str, str, str]  # label, words, style
ITEM = re.compile(r"(?P<mark>\d+\.|-) (?P<words>.*)", re.DOTALL)
LINES = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


class Paper:
    """Standard output; every method writes at once. What a text brings along can neither colour nor move the cursor."""

    def __init__(self) -> None:
        self.console = Console(highlight=False, markup=False, emoji=False)
        self.laid_out = self.console.is_terminal
        if self.laid_out:
            self.console = Console(highlight=False, markup=False, emoji=False, width=min(self.console.width, WIDEST))

    def gap(self) -> None:
        """An empty line, between one thing and the next."""
        self.line(Text())

    def breath(self) -> None:
        """An empty line within one thing, on a terminal only."""
        if self.laid_out:
            self.gap()

    def title(self, words: str, codes: str = "") -> None:
        """What happened, with its codes."""
        parts = (safe(words), "bold"), (f"  {safe(codes)}" if codes else "", "cyan")
        self.line(Text.assemble(*parts))

    def say(self, words: str, style: str = "") -> None:
        """A sentence of its own."""
        self.line(Text(safe(words), style=style))

    def quote(self, words: str) -> None:
        """A server's own words, as they came, lines kept, cut where they are long."""
        shown = words if len(words) <= QUOTED else f"{words[:QUOTED]} …"
        lines = [safe(line).strip() for line in LINES.split(shown)]
        grid = Table.grid(padding=(0, 1))
        for line in filter(None, lines):
            if self.laid_out:
                grid.add_row(Text(" │", style="dim"), Text(line, style="italic"))
            else:
                self.line(Text(f"  | {line}"))
        if self.laid_out:
            self.console.print(grid)

    def rows(self, rows: list[Row]) -> None:
        """Labels and what they say, the words of all aligned; a row without a label goes on with the one before."""
        rows = [row for row in rows if row[1]]
        if not self.laid_out:
            for label, words, _ in rows:
                self.line(
                    Text(f"{label}{'' if label.endswith('?') else ':'} {safe(words)}" if label else f"  {safe(words)}")
                )
            return
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        for label, words, style in rows:
            grid.add_row(Text(label, style="bold"), cell(safe(words), style))
        self.console.print(grid)

    def offer(self, entry: Entry) -> None:
        """An entry to choose, in one line."""
        codes = " ".join((*entry.reply[:1], *entry.enhanced[:1]))
        self.line(
            Text.assemble(
                "  ", (safe(entry.title), "bold"), (f"  {codes}" if codes else "", "cyan"), "  ", (entry.id, "dim")
            )
        )

    def line(self, text: Text) -> None:
        """One line: wrapped on a terminal, whole when piped."""
        if self.laid_out:
            self.console.print(text)
        else:
            sys.stdout.write(f"{text.plain.rstrip()}\n")


def cell(words: str, style: str) -> Text | Table:
    """What a label says; an item of a list hangs behind its mark."""
    if not (item := ITEM.fullmatch(words)):
        return Text(words, style=style)
    grid = Table.grid(padding=(0, 1))
    grid.add_row(item["mark"], Text(item["words"], style=style))
    return grid


def safe(text: str) -> str:
    """Text in which only what can be seen is left: no escape, control or direction marks, all on one line."""
    return "".join(char if char.isprintable() else " " if char.isspace() else "" for char in text)
