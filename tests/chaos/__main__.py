"""``make chaos``: pastes among chat while all goes wrong; exit status 1 where a paste has no answer, or two."""

from __future__ import annotations

import argparse
import pathlib
import random
import sys
import tempfile
import threading
import time
from collections import Counter

from bot.practice import Practice, workspace
from tests.bench.workspace import CHAT, PASTES
from tests.chaos.faults import Chance, repeat_events
from tests.chaos.processes import WAYS, Processes
from tests.hostile.__main__ import main as hostile

# Kills leave a gap in which a process can start, and then some for it to be in the middle of things.
GAP = (0.3, 3.0)
PATIENCE = 120.0


class Day:
    """One bad day of a workspace."""

    def __init__(self, practice: Practice, seed: int) -> None:
        self.practice, self.chance = practice, random.Random(seed)
        self.pasted: list[str] = []
        self._roots: list[str] = []

    def messages(self, pastes: int, chat: int) -> list[bool]:
        """Which of the day's messages are pastes, in their order."""
        kinds = [True] * pastes + [False] * chat
        self.chance.shuffle(kinds)
        return kinds

    def says(self, paste: bool) -> None:
        """Somebody writes: one paste in four goes into a thread, some of them into one that has a card."""
        if not paste:
            ts = self.practice.says(self.chance.choice(CHAT))
            self._roots = [*self._roots[-50:], ts]
            return
        thread = None
        if self._roots and self.chance.random() < 0.25:
            thread = self.chance.choice(self._roots)
        text = self.chance.choice(PASTES).replace("192.0.2.25", f"192.0.2.{self.chance.randint(1, 254)}")
        ts = self.practice.says(text, thread_ts=thread)
        self.pasted.append(ts)
        self._roots += [] if thread else [ts]

    def answers(self) -> Counter[str]:
        """How many answers each message has, by what they say they answer."""
        own = [m for m in self.practice.messages() if m.get("bot_id")]
        return Counter(str(m.get("metadata", {}).get("event_payload", {}).get("answers", "")) for m in own)

    def lost(self) -> list[str]:
        """The pastes without an answer."""
        found = self.answers()
        return [ts for ts in self.pasted if not found[ts]]


def strikes(processes: Processes, day: Day, kills: int, over: threading.Event, seed: int) -> None:
    """Kills processes (by SIGKILL, ``kills`` times at least) and cuts sockets until the day is over."""
    chance = random.Random(seed)
    done = 0
    while done < kills or not over.is_set():
        time.sleep(chance.uniform(*GAP))
        processes.watch()
        if chance.random() < 0.3:
            chance.choice((day.practice.cut, day.practice.refresh))()
        if done < kills:
            done += processes.strike()


def run(options: argparse.Namespace, folder: pathlib.Path) -> int:
    """Lives through one bad day and prints what came of it; the exit status."""
    seed: int = options.seed
    with Practice(ack_within=2.0) as practice:
        day, faults = Day(practice, seed), Chance(seed, options.faults)
        processes = Processes(practice, folder, seed)
        processes.start()
        practice.connected()
        # A start that Slack refuses ends at once, for its supervisor to try again; the bad day begins after the first.
        practice.stage.faults = practice.faults = faults
        repeat_events(practice, seed)
        over = threading.Event()
        striker = threading.Thread(target=strikes, args=(processes, day, options.kills, over, seed), daemon=True)
        # The bot reads a channel from the moment it is there: the day begins when it has looked round.
        time.sleep(1.0)
        striker.start()
        began, kinds = time.monotonic(), day.messages(options.pastes, options.chat)
        pace = options.kills * (sum(GAP) / 2 + 1.0) * len(WAYS) / (len(WAYS) - 1) / len(kinds)
        for n, paste in enumerate(kinds):
            time.sleep(max(0.0, began + n * pace - time.monotonic()))
            day.says(paste)
        over.set()
        striker.join()
        faults.end()
        status = settled(day, processes)
        report(options, day, processes, faults, time.monotonic() - began)
        processes.end()
    return status


def settled(day: Day, processes: Processes) -> int:
    """Waits until every paste has its answer, and a little longer for second ones; the exit status."""
    end = time.monotonic() + PATIENCE
    while day.lost() and time.monotonic() < end:
        processes.watch()
        time.sleep(0.5)
    time.sleep(6.0)
    found = day.answers()
    return int(bool(day.lost()) or any(found[ts] > 1 for ts in found) or bool(set(found) - set(day.pasted)))


def report(options: argparse.Namespace, day: Day, processes: Processes, faults: Chance, seconds: float) -> None:
    """Prints the figures."""
    found = day.answers()
    doubled = [ts for ts in found if found[ts] > 1]
    lines = (
        f"seed {options.seed}: {len(day.pasted)} pastes among {options.chat} chat messages in {seconds:.0f} s",
        f"processes: {dict(processes.count)}",
        f"failed calls: {sum(faults.count.values())} {dict(faults.count)}",
        f"cards lost: {len(day.lost())}, doubled: {len(doubled)}, to chat: {len(set(found) - set(day.pasted))}",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    for name, which in (("lost", day.lost()), ("doubled", doubled)):
        if which:
            sys.stdout.write(f"{name}: {' '.join(which[:20])}\n")
    sys.stdout.flush()


def main() -> int:
    """Reads the options and runs; ``hostile`` is another bad day, of payloads that nobody should send."""
    if sys.argv[1:2] == ["hostile"]:
        return hostile(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randint(1, 99_999))
    parser.add_argument("--pastes", type=int, default=1_000)
    parser.add_argument("--chat", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=50, help="how many processes are ended by kill -9")
    parser.add_argument("--faults", type=float, default=0.1, help="the share of Web API calls that fail")
    parser.add_argument("--log", type=pathlib.Path, help="where to keep what the processes wrote")
    options = parser.parse_args()
    # The bot looks back for what it missed: the day's messages must still be there.
    vars(workspace)["MESSAGES_KEPT"] = 1_000_000
    sys.stdout.write(f"seed {options.seed} (run it again with --seed {options.seed})\n")
    sys.stdout.flush()
    with tempfile.TemporaryDirectory() as name:
        status = run(options, pathlib.Path(name))
        if options.log:
            options.log.write_bytes((pathlib.Path(name) / "log").read_bytes())
    return status


if __name__ == "__main__":
    sys.exit(main())
