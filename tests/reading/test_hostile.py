"""Texts made to be slow are read to their end."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.bench.reading import HOSTILE, hostile

SIZE = 250_000
# A reader that is quadratic in one kind would take many minutes for it; all of them together take seconds.
PATIENCE = 120
SCRIPT = """
import sys
from bot.reading import read
for text in sys.stdin.read().split("\\0"):
    read(text, "asked")
    print("read", flush=True)
"""


@pytest.mark.parametrize("share", [0, 1])
def test_hostile_text_is_read_to_its_end(share: int) -> None:
    """Each kind that the measurements know, at a quarter of a million characters."""
    texts = [hostile(kind, SIZE) for kind in sorted(HOSTILE)[share::2]]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input="\0".join(texts),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert done.stdout.count("read\n") == len(texts)
