"""One heap for all threads of the process, so that its memory stays flat."""

from __future__ import annotations

import ctypes

# M_ARENA_MAX of glibc's malloc.h.
ARENAS = -8


def one_heap() -> bool:
    """Has malloc keep one heap instead of one per thread; False where the C library is another than glibc.

    glibc gives up to eight heaps to each processor, and each grows to the largest paste that its threads have met: with
    30 threads memory rose for hours by a quarter. Python's threads take turns anyway, so they do not wait for it.
    """
    try:
        return bool(ctypes.CDLL(None).mallopt(ARENAS, 1))
    except (AttributeError, OSError, TypeError):
        # musl and macOS have no mallopt; Windows has no library without a name.
        return False
