"""``make chaos ARGS="hostile --payloads 100000"``: hostile payloads on every way in; exit status 1 where one does harm."""

from __future__ import annotations

import argparse
import gc
import logging
import pathlib
import random
import sys
import tempfile
import threading
import time

import structlog

from bot.process import one_heap
from catalogue import load
from tests.hostile.driving import Driver, Figures
from tests.hostile.room import Room

STEPS = 10


def main(arguments: list[str]) -> int:
    """Reads the options and runs."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos hostile", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randint(1, 99_999))
    parser.add_argument("--payloads", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first payload, to make a find again")
    options = parser.parse_args(arguments)
    one_heap()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    say(f"seed {options.seed} (run it again with --seed {options.seed})")
    with tempfile.TemporaryDirectory() as name:
        room = Room(load(), pathlib.Path(name))
        room.fill()
        try:
            figures = driven(Driver(room), options.seed, options.payloads, options.first)
        finally:
            room.close()
    return int(bool(figures.finds))


def driven(driver: Driver, seed: int, payloads: int, first: int) -> Figures:
    """The figures of a whole run, with the memory of the process after each tenth of it."""
    figures, began, told = Figures(), time.monotonic(), 0
    say(f"{len(driver.recorded)} real payloads, one of each name; {held()}")
    for step in range(STEPS):
        here = first + payloads * step // STEPS
        driver.run(seed, first + payloads * (step + 1) // STEPS - here, first=here, figures=figures)
        say(f"{sum(figures.names.values())} payloads: {held()}")
        told = tell(figures, told)
    seconds = time.monotonic() - began
    by_kind = {kind: sum(figures.names[one.name] for one in listed) for kind, listed in driver.by_kind.items()}
    say(f"by way in: {by_kind} in {seconds:.0f} s; {figures.refused} refused at the door, {figures.posts} answers")
    say(f"not acknowledged: {figures.taken - figures.acknowledged}; slowest {figures.slowest:.2f} s")
    say(f"finds: {len(figures.finds)}")
    return figures


def tell(figures: Figures, told: int) -> int:
    """Says what was found since it was last said, so that a run that is stopped has said it; how many finds now."""
    for find in figures.finds[told:50]:
        say(f"{find.name} (--seed {find.seed} --first {find.number} --payloads 1): {find.what!a}")
    return len(figures.finds)


def held() -> str:
    """What the process holds now. Memory also counts what is free again but still the process's; blocks do not."""
    gc.collect()
    return f"{memory():.1f} MiB, {sys.getallocatedblocks():,} blocks in use, {threading.active_count()} threads"


def memory() -> float:
    """The resident memory of this process in MiB, where the system tells it; else 0."""
    status = pathlib.Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def say(line: str) -> None:
    """Prints a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
