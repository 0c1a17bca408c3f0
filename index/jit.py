"""Compiled loops: the one place that knows the compiler.

``compiled`` marks a function over NumPy arrays that is compiled to machine code on first use and
kept on disk for the next start. Such functions release the interpreter lock, so requests run
side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Return ``function`` compiled; call it with NumPy arrays and plain numbers only."""
    return cast(F, numba.njit(cache=True, nogil=True, boundscheck=False)(function))
