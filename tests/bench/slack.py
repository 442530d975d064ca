"""Slack's side beside a bare Bolt app: time to card, messages a second, start-up, memory; interleaved, medians.

Server, bare app and bot are processes of their own; each app has a server of its own, so that the two take turns.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.table import Table

from tests.bench.workspace import CHANNELS, Workspace

PROJECT = pathlib.Path(__file__).parents[2]
STARTS, ROUNDS, PASTED, MESSAGES, STEADY, HALVES = 3, 5, 20, 1_000, 12.0, 3
COMMANDS = {"bare": [sys.executable, "-m", "tests.bench.bare"], "ours": [sys.executable, "-m", "bot"]}


class App:
    """One of the two apps and its server."""

    def __init__(self, name: str, folder: pathlib.Path) -> None:
        self.workspace, self._command, self._folder = Workspace(), COMMANDS[name], folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Starts the app; seconds from the start of its process to its connection."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SLACK_", "SMTP_BOT_"))}
        # Every paste gets a card of its own: the same incident again would get a short one, then a count.
        own = {
            "PYTHONPATH": str(PROJECT),
            "SMTP_BOT_DATABASE_URL": f"sqlite:///{self._folder / 'bot.sqlite3'}",
            "SMTP_BOT_INCIDENT_HOURS": "0",
            "SMTP_BOT_CHANNELS": ",".join(CHANNELS),
        }
        began = time.time()
        self._process = subprocess.Popen(
            self._command,
            cwd=self._folder,
            env=kept | own | self.workspace.environment,
            stdout=subprocess.DEVNULL,
            stderr=(self._folder / "log").open("ab"),
        )
        return float(self.workspace.ask("connected")) - began

    def stop(self) -> None:
        """Ends the app."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
            self.workspace.ask("left")

    def memory(self) -> float:
        """The most memory that the process has used, in MiB (Linux; elsewhere 0)."""
        return self._status("VmHWM")

    def resident(self) -> float:
        """The memory that the process uses now, in MiB (Linux; elsewhere 0)."""
        return self._status("VmRSS")

    def _status(self, field: str) -> float:
        assert self._process is not None
        with contextlib.suppress(OSError):
            for line in pathlib.Path(f"/proc/{self._process.pid}/status").read_text().splitlines():
                if line.startswith(field):
                    return int(line.split()[1]) / 1024
        return 0.0

    def spent(self) -> float:
        """The processor time that the process has used so far, in seconds (Linux; elsewhere 0)."""
        assert self._process is not None
        with contextlib.suppress(OSError):
            fields = pathlib.Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return 0.0


@contextlib.contextmanager
def pair(names: tuple[str, ...] = tuple(COMMANDS)) -> Iterator[dict[str, App]]:
    """The bare app and ours, or those that are named; not started."""
    with tempfile.TemporaryDirectory() as folder:
        apps = {}
        for name in names:
            place = pathlib.Path(folder) / name
            place.mkdir()
            apps[name] = App(name, place)
        try:
            yield apps
        finally:
            for app in apps.values():
                app.stop()
                app.workspace.close()


def each(apps: dict[str, App], rounds: int, measure: Callable[[App, int], list[float]]) -> dict[str, list[float]]:
    """What both apps give, in turns, so that a busy moment of the machine meets both."""
    found: dict[str, list[float]] = {name: [] for name in apps}
    for n in range(rounds):
        for name in sorted(apps, reverse=bool(n % 2)):
            try:
                found[name] += measure(apps[name], n)
            except RuntimeError as wrong:
                raise RuntimeError(f"{name}: {wrong}") from wrong
    return found


def started(app: App, _round: int) -> list[float]:
    """Seconds of one start."""
    app.stop()
    return [app.start()]


def loaded(app: App, number: int) -> list[float]:
    """Messages a second, and the processor time for a thousand of them, in one burst."""
    before = app.spent()
    rate = float(app.workspace.ask("load", MESSAGES, number))
    return [rate, (app.spent() - before) * 1_000 / MESSAGES]


def main() -> None:
    """Measures both and prints the table."""
    with pair() as apps:
        starts = each(apps, STARTS, started)
        for app in apps.values():
            app.workspace.ask("latency", 5)
        cards = each(apps, ROUNDS, lambda app, _: app.workspace.ask("latency", PASTED))
        bursts = each(apps, ROUNDS, loaded)
        rates, spent = ({name: found[part::2] for name, found in bursts.items()} for part in (0, 1))
        memory = {name: [app.memory()] for name, app in apps.items()}
        half = statistics.median(rates["ours"]) / 2
        waits = each(apps, HALVES, lambda app, n: app.workspace.ask("steady", half, STEADY / HALVES, n))
        spread = each(apps, HALVES, lambda app, n: app.workspace.ask("steady", half, STEADY / HALVES, n, len(CHANNELS)))
    table = Table("", "bare app", "smtp-bot", "ratio", "aim")
    row(table, "paste to card, median, ms", cards, 1_000, "<= 1.3")
    row(table, "messages a second, 95 % chat, median", rates, 1, ">= 0.8")
    row(table, "processor seconds for 1,000 messages", spent, 1, "")
    row(table, f"paste to card at {half:.0f} messages a second, median, ms", waits, 1_000, "")
    row(table, "the same, p99, ms", tails(waits), 1_000, "")
    row(table, f"the same over {len(CHANNELS)} channels, median, ms", spread, 1_000, "")
    row(table, f"the same over {len(CHANNELS)} channels, p99, ms", tails(spread), 1_000, "")
    row(table, "start to connected, median, s", starts, 1, "")
    row(table, "peak memory, MiB", memory, 1, "")
    Console(width=110).print(table)


def row(table: Table, name: str, found: dict[str, list[float]], scale: float, aim: str) -> None:
    """One line: both medians and ours over the bare app's."""
    bare, ours = (statistics.median(found[name]) * scale for name in ("bare", "ours"))
    table.add_row(name, f"{bare:.2f}", f"{ours:.2f}", f"{ours / bare:.2f}" if bare else "-", aim)


def tails(found: dict[str, list[float]]) -> dict[str, list[float]]:
    """The value of each app that 99 of its 100 are below."""
    return {name: [percentile(values)] for name, values in found.items()}


def percentile(found: list[float]) -> float:
    """The value that 99 of 100 are below."""
    return sorted(found)[min(len(found) - 1, int(len(found) * 0.99))]


if __name__ == "__main__":
    main()
