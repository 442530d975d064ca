"""Holds the rates on the third-party corpus to the floors reached, where that corpus lies beside the project.

``python -m tests.floors`` compares, ``python -m tests.floors --raise`` also writes down what has become better: floors
only go up. The corpus is not part of the project (its texts are others'), so elsewhere this check is left out, and says so.
"""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
import tomllib

FLOORS = pathlib.Path(__file__).parent / "corpus_floors.toml"
CORPUS = pathlib.Path(__file__).parents[2] / "shared" / "corpus"
# What score.py shows but nobody should raise: words alone are talk in a channel, and how many entries are used is no merit.
NO_AIM = frozenset(("answered · line without a code", "entries used by these lines"))
HEADING = (
    "# The rates reached on the third-party corpus, as [right, of]. They only go up: python -m tests.floors --raise\n\n"
)


def rates() -> dict[str, tuple[int, int]]:
    """Every rate as it is now: how many are right, of how many."""
    bot = f"{sys.executable} -m bot explain --jsonl"
    done = subprocess.run(
        [sys.executable, str(CORPUS / "score.py"), "--bot", bot, "--json", "--no-speed"],
        capture_output=True,
        check=True,
        cwd=FLOORS.parents[1],
    )
    made = json.loads(done.stdout).items()
    return {name: (rate["right"], rate["of"]) for name, rate in made if name not in NO_AIM}


def floors() -> dict[str, tuple[int, int]]:
    """The rates that were reached."""
    return {name: (right, of) for name, (right, of) in tomllib.loads(FLOORS.read_text(encoding="utf-8")).items()}


def below(now: dict[str, tuple[int, int]], floor: dict[str, tuple[int, int]]) -> list[str]:
    """A line for each rate that fell below its floor, or that is no longer measured."""
    missing = [f"{name} is no longer measured" for name in floor if name not in now]
    fallen = [
        f"{name} is {now[name][0]}/{now[name][1]}, its floor is {right}/{of}"
        for name, (right, of) in floor.items()
        if name in now and now[name][0] * of < right * now[name][1]
    ]
    return missing + fallen


def write(best: dict[str, tuple[int, int]]) -> None:
    """Writes the floors down."""
    rows = (f"{json.dumps(name, ensure_ascii=False)} = [{right}, {of}]\n" for name, (right, of) in sorted(best.items()))
    FLOORS.write_text(HEADING + "".join(rows), encoding="utf-8")


def main() -> int:
    """The exit status: 0 where every floor holds or the corpus is not there, 1 where a rate fell."""
    if not (CORPUS / "score.py").exists():
        print(
            "Left out: the third-party corpus (../shared/corpus) is not beside the project, so its rates are not held."
        )
        return 0
    now, floor = rates(), floors()
    fallen = below(now, floor)
    print("\n".join(fallen) or f"All {len(floor)} rates on the third-party corpus are at or above their floors.")
    if "--raise" in sys.argv[1:]:
        better = {
            name: rate
            for name, rate in now.items()
            if name not in floor or rate[0] * floor[name][1] > floor[name][0] * rate[1]
        }
        write(floor | better)
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
