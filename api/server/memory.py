"""Memory of a server: one heap for all its threads, so that what is freed is used again."""

from __future__ import annotations

import ctypes
import platform

_M_ARENA_MAX = -8  # of mallopt(3)


def share_one_heap() -> bool:
    """Let all threads of this process allocate from one heap; call it before they start.

    glibc gives each thread a heap of its own, up to eight for each core, and the arrays of a search
    leave holes in all of them: a server of 48,436 articles held more than 100 MB of freed memory
    after three minutes, where one heap held 29 (an hour of use, ``benchmarks/README.md``).

    Returns
    -------
    bool
        Whether it is so from now on: the C library is glibc.
    """
    if platform.libc_ver()[0] != "glibc":
        return False
    return bool(ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1))
