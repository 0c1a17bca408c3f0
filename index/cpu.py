"""Processors that this process may use."""

from __future__ import annotations

import os


def cpu_count() -> int:
    """Return how many processors this process may use, >= 1: fewer than there are in a container.

    ``os.process_cpu_count`` of Python 3.13, for older versions too.
    """
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
