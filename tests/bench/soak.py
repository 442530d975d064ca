"""A day in miniature: an hour's worth of events every few seconds, and whether the process's memory stays flat."""

from __future__ import annotations

import os
import statistics
import sys
import time

from tests.bench.slack import pair

# A busy channel: so many messages an hour, one in twenty a bounce; an hour takes SECONDS.
# More of both for a longer look: SOAK_MESSAGES=2000 SOAK_SECONDS=12.5 makes 48,000 messages in five minutes.
HOURS, MESSAGES, SECONDS = 24, int(os.environ.get("SOAK_MESSAGES", "240")), float(os.environ.get("SOAK_SECONDS", "2.5"))
# The first hours fill caches that have bounds: 2,000 cases are kept at hand.
WARM = 4


def main() -> None:
    """Lives through the day and prints memory at its start, middle and end, and how fast it grows."""
    with pair(("ours",)) as apps:
        app = apps["ours"]
        app.start()
        seen: list[float] = []
        for hour in range(HOURS):
            began = time.monotonic()
            waits = app.workspace.ask("steady", MESSAGES / SECONDS, SECONDS, hour)
            time.sleep(max(0.0, began + SECONDS - time.monotonic()))
            seen.append(app.resident())
            if not waits:
                raise RuntimeError("An hour without a bounce measures nothing.")
    middle = HOURS // 2
    warm, late = rise(seen[WARM:]), rise(seen[middle:])
    sys.stdout.write(
        f"{HOURS} hours of {MESSAGES} messages in {HOURS * SECONDS / 60:.1f} minutes. Resident memory:"
        f" {seen[0]:.1f} MiB after the first hour, {seen[middle]:.1f} in the middle, {seen[-1]:.1f} at the end;"
        f" {warm:+.3f} MiB an hour after the first {WARM}, {late:+.3f} in the second half.\n"
        f"By the hour: {' '.join(f'{one:.1f}' for one in seen)}\n"
    )


def rise(hours: list[float]) -> float:
    """By how many MiB an hour memory rises over these hours."""
    return statistics.linear_regression(range(len(hours)), hours).slope


if __name__ == "__main__":
    main()
