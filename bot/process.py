"""How the process uses memory and its threads take turns: memory that stays flat, and answers that come soon."""

from __future__ import annotations

import ctypes
import gc
import sys

MIB = 1_048_576
# M_ARENA_MAX, M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of glibc's malloc.h.
KEPT = ((-8, 1), (-3, MIB), (-1, MIB))
# How long a thread computes while others wait for their turn. With Python's own 5 ms a card that was asked for in a
# burst of a thousand messages took a quarter longer (tests.bench, Python 3.11); much less costs throughput.
TURN = 0.001


def one_heap() -> bool:
    """Has malloc keep one heap, and give back what is larger than a MiB; False where the C library is not glibc.

    glibc gives each processor eight heaps, and each grows to the largest paste that its threads have met: with 30
    threads memory rose by a quarter in an hour. It also keeps blocks as large as the largest that was ever freed.
    Python's threads take turns anyway, so they do not wait for each other here.
    """
    try:
        malloc = ctypes.CDLL(None)
        return all([malloc.mallopt(name, value) for name, value in KEPT])
    except (AttributeError, OSError, TypeError):
        # musl and macOS have no mallopt; Windows has no library without a name.
        return False


def prompt() -> None:
    """Makes the process ready to answer soon: what is loaded stays, and is not looked through for garbage any more."""
    sys.setswitchinterval(TURN)
    gc.collect()
    gc.freeze()
