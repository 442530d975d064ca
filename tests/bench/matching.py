"""How the catalogue's engine grows: time a line with 100 entries, 500 and all, and what loading costs.

``python -m tests.bench.matching`` prints ratios of one run; they are noisy on a busy machine, so compare several.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterable

from catalogue import Catalogue, Clue, Entry, load
from catalogue.checking import clue
from catalogue.matching import Matcher

SHARES = (100, 500)
ROUNDS = 5
LONG = "the mail system of the receiving side had this to say about your message and its many recipients today "
BARE = "import ahocorasick_rs, msgspec, rtoml, re, pathlib, hashlib, difflib, functools, collections"
WHOLE = "import catalogue; catalogue.load()"


def clues(catalogue: Catalogue) -> list[Clue]:
    """Clues from the samples of the entries that are always there, so that each line is understood each time."""
    kept = fewer(catalogue.entries.values(), SHARES[0])
    return [
        clue(f"{sample} (ref {number:x})", catalogue, entry.provider)
        for number, (entry, sample) in enumerate((e, s) for e in kept.values() if e.worded for s in e.samples * 5)
    ]


def fewer(entries: Iterable[Entry], count: int) -> dict[str, Entry]:
    """So many entries, taken evenly from all of them; those that decide by codes alone are always there."""
    every = list(entries)
    step = max(1, len(every) // count)
    return {e.id: e for n, e in enumerate(every) if n % step == 0 or not e.worded}


def microseconds(matcher: Matcher, given: list[Clue]) -> float:
    """The time that one clue takes, the median of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        for one in given:
            matcher.match(one)
        rounds.append(time.perf_counter() - begun)
    return statistics.median(rounds) / len(given) * 1e6


def started(code: str) -> float:
    """The seconds that a new Python takes for this code, the best of some."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        best = min(best, time.perf_counter() - begun)
    return best


def main() -> None:
    """Prints the figures: per line by number of entries, per character by length of the text, and loading."""
    catalogue = load()
    given = clues(catalogue)
    worded = sum(entry.worded for entry in catalogue.entries.values())
    base = 0.0
    for count in (*SHARES, worded):
        entries = fewer(catalogue.entries.values(), count) if count < worded else dict(catalogue.entries)
        took = microseconds(Matcher(entries, catalogue.providers), given)
        base = base or took
        print(f"match, {count:5} entries with words  {took:8.1f} µs a line   {took / base:.2f} of the first")
    whole = Matcher(dict(catalogue.entries), catalogue.providers)
    for repeat in (1, 10, 100, 1000):
        text = LONG * repeat
        took = microseconds(whole, [Clue(text, reply="550")])
        print(
            f"match, {len(text):7} characters        {took:8.0f} µs          {took / len(text) * 1000:.1f} ns a character"
        )
    bare, loaded = started(BARE), started(WHOLE)
    print(f"load, {len(catalogue.entries)} entries   {loaded - bare:.3f} s over the bare imports ({bare:.3f} s)")


if __name__ == "__main__":
    main()
