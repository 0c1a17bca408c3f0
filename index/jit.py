"""Compiled loops: the one place that knows the compiler.

``compiled`` marks a function over NumPy arrays that is compiled to machine code on first use and
kept on disk for the next start. Such functions release the interpreter lock, so requests run
side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.caching import FunctionCache
from numba.extending import intrinsic

CACHE_LINE = 64  # bytes

F = TypeVar("F", bound=Callable[..., Any])


SOURCES = sha256(
    b"".join(
        file.read_bytes()
        for folder in ("index", "recommender")
        for file in sorted((Path(__file__).parents[1] / folder).rglob("*.py"))
    )
).hexdigest()


def compiled(function: F) -> F:
    """Return ``function`` compiled; call it with NumPy arrays and plain numbers only.

    The machine code is kept for these very sources. The compiler itself looks at the time of one
    file only, but functions and constants of other files become part of the code too.
    """
    dispatcher = numba.njit(nogil=True, boundscheck=False)(function)
    cache = FunctionCache(function)
    key_of = cache._index_key
    cache._index_key = lambda *signature: (*key_of(*signature), SOURCES)
    dispatcher._cache = cache  # as ``cache=True`` has it
    return cast(F, dispatcher)


def _prefetch_row(_: Any, matrix: Any, row: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        row_bytes = builder.extract_value(array.strides, 0)
        pointer, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [pointer, number, number, number])
        ask = builder.module.declare_intrinsic("llvm.prefetch", [pointer], kind)
        at = builder.gep(
            builder.bitcast(array.data, pointer), [builder.mul(arguments[1], row_bytes)]
        )
        # to read, to keep in the nearest cache, data
        hints = [ir.Constant(number, hint) for hint in (0, 3, 1)]
        with cgutils.for_range_slice(
            builder, row_bytes.type(0), row_bytes, row_bytes.type(CACHE_LINE), inc=True
        ) as (offset, _):
            builder.call(ask, [builder.gep(at, [offset]), *hints])
        return context.get_dummy_value()

    return types.void(matrix, types.intp), generate


prefetch_row = cast(Callable[[Any, int], None], intrinsic(_prefetch_row))
"""In compiled code, ask for a row of a matrix that will be read soon, without waiting for it.

It changes no value. Rows of a table larger than the caches, read here and there, otherwise come one
after another.
"""
