"""All threads of the bot share one heap."""

from __future__ import annotations

import ctypes
import pathlib
import subprocess
import sys

# Eight threads at once take blocks that Python leaves to malloc; malloc_info lists its heaps.
MANY = """
import ctypes, sys, threading
from bot.heap import one_heap
if sys.argv[2] == "one":
    assert one_heap()
ready = threading.Barrier(8)
def work():
    ready.wait()
    bytearray(100_000)
    ready.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc = ctypes.CDLL(None)
libc.fopen.restype, libc.fopen.argtypes = ctypes.c_void_p, [ctypes.c_char_p] * 2
libc.malloc_info.argtypes, libc.fclose.argtypes = [ctypes.c_int, ctypes.c_void_p], [ctypes.c_void_p]
file = libc.fopen(sys.argv[1].encode(), b"w")
libc.malloc_info(0, file)
libc.fclose(file)
"""


def heaps(folder: pathlib.Path, how: str) -> int:
    """How many heaps a process has after eight of its threads took memory."""
    listed = folder / how
    subprocess.run([sys.executable, "-c", MANY, str(listed), how], check=True, timeout=60)
    return listed.read_text().count("<heap nr=")


def test_all_threads_share_one_heap(tmp_path: pathlib.Path) -> None:
    """With a heap for each thread, memory rose for hours; other C libraries than glibc have one anyway."""
    if hasattr(ctypes.CDLL(None), "mallopt"):
        assert heaps(tmp_path, "many") > 1
        assert heaps(tmp_path, "one") == 1
