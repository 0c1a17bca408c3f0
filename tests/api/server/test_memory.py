"""Memory of a server: its threads share one heap."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from api.server import memory

# Threads that allocate at the same time; then glibc tells how many heaps there are.
PROGRAM = """
import ctypes, sys, threading
from api.server.memory import share_one_heap
if sys.argv[1] == "shared":
    assert share_one_heap()
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
together = threading.Barrier(4)
def allocate():
    together.wait()
    libc.malloc(5_000)
    together.wait()
threads = [threading.Thread(target=allocate) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
file = ctypes.c_void_p(libc.fopen(sys.argv[2].encode(), b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
"""


def heaps(how: str, folder: Path) -> int:
    file = folder / f"{how}.xml"
    subprocess.run([sys.executable, "-c", PROGRAM, how, str(file)], check=True)
    return file.read_text(encoding="ascii").count("<heap nr=")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="heaps of threads are glibc's")
def test_threads_share_one_heap_where_each_had_its_own(tmp_path: Path) -> None:
    assert heaps("own", tmp_path) > 1
    assert heaps("shared", tmp_path) == 1


def test_another_c_library_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: ("", ""))
    assert not memory.share_one_heap()
