"""All threads of the bot share one heap, and what is large goes back to the system."""

from __future__ import annotations

import ctypes
import pathlib
import re
import subprocess
import sys

# Eight threads at once take blocks that Python leaves to malloc, and a large one is taken, freed and taken again.
# malloc_info lists the heaps, and what is outside them.
MANY = """
import ctypes, sys, threading
from bot.process import one_heap
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
large = bytearray(20_000_000)
del large
large = bytearray(20_000_000)
libc = ctypes.CDLL(None)
libc.fopen.restype, libc.fopen.argtypes = ctypes.c_void_p, [ctypes.c_char_p] * 2
libc.malloc_info.argtypes, libc.fclose.argtypes = [ctypes.c_int, ctypes.c_void_p], [ctypes.c_void_p]
file = libc.fopen(sys.argv[1].encode(), b"w")
libc.malloc_info(0, file)
libc.fclose(file)
"""


def kept(folder: pathlib.Path, how: str) -> tuple[int, bool]:
    """How many heaps a process has, and whether a large block is outside them, so that it goes back when it is freed."""
    listed = folder / how
    subprocess.run([sys.executable, "-c", MANY, str(listed), how], check=True, timeout=60)
    outside = re.findall(r'<total type="mmap" count="\d+" size="(\d+)"/>', listed.read_text())
    return listed.read_text().count("<heap nr="), int(outside[-1]) > 20_000_000


def test_memory_is_kept_in_one_place_and_given_back(tmp_path: pathlib.Path) -> None:
    """With a heap for each thread, memory rose for hours; other C libraries than glibc have one anyway."""
    if hasattr(ctypes.CDLL(None), "mallopt"):
        heaps, outside = kept(tmp_path, "many")
        assert heaps > 1
        assert not outside
        assert kept(tmp_path, "one") == (1, True)
