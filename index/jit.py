"""Just-in-time compilation: the ``compiled`` decorator, its cache on disk, a prefetch intrinsic.

A compiled function takes NumPy arrays and plain numbers, checks no bounds and releases the
interpreter lock, so requests run side by side.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from dis import opmap
from functools import cache
from hashlib import sha256
from itertools import chain
from types import CodeType
from typing import Any, TypeVar, cast, overload

from llvmlite import ir
from numba.core import cgutils, sigutils, types
from numba.core.caching import FunctionCache, IndexDataCacheFile
from numba.core.compiler_lock import global_compiler_lock
from numba.core.registry import CPUDispatcher
from numba.extending import intrinsic

CACHE_LINE = 64  # bytes
LAYERS = ("corpus", "index", "recommender", "api")  # packages whose code is part of a cache key
NOP = opmap["NOP"]
OPTIONS = {
    "nopython": True,
    "nogil": True,
    "boundscheck": False,
    "error_model": "numpy",  # a division by zero is infinite, as in NumPy; no branch to raise
    "no_cfunc_wrapper": True,  # it takes time to compile, and no C code calls a kernel
}

F = TypeVar("F", bound=Callable[..., Any])

_kernels: list[_Kernel] = []


@overload
def compiled(function: F, /) -> F: ...


@overload
def compiled(*, writes: tuple[str, ...]) -> Callable[[F], F]: ...


def compiled(function: F | None = None, /, *, writes: tuple[str, ...] = ()) -> F | Callable[[F], F]:
    """Return ``function`` compiled to machine code on first use and cached on disk.

    Parameters
    ----------
    function
        Takes NumPy arrays and plain numbers only.
    writes
        The names of the array parameters that it writes to. All others are read-only inside: one
        compiled form serves memory-mapped arrays and arrays in memory.
    """

    def decorated(function: F) -> F:
        _kernels.append(kernel := _Kernel(function, writes))
        return cast(F, kernel)

    return decorated if function is None else decorated(function)


def must_compile() -> bool:
    """Return whether a compiled function of the modules imported so far is missing in the cache.

    False where no folder can hold a cache, since each process compiles for itself then.
    """
    return any(kernel.is_missing() for kernel in _kernels)


class _Kernel(CPUDispatcher):  # type: ignore[misc]
    """A dispatcher with one compiled form for read-only and writable arrays."""

    def __init__(self, function: Callable[..., Any], writes: tuple[str, ...]) -> None:
        super().__init__(function, targetoptions=OPTIONS)
        code = function.__code__
        names = code.co_varnames[: code.co_argcount]
        if unknown := set(writes) - set(names):
            raise TypeError(f"{function.__qualname__} has no parameter {unknown}")
        self._written = [name in writes for name in names]
        self._forms: set[tuple[Any, ...]] = set()
        self._has_cache = False

    def compile(self, sig: Any) -> Any:
        """Return the entry point for arguments of the types ``sig``."""
        with global_compiler_lock:
            given, _ = sigutils.normalize_signature(sig)
            form = tuple(map(_compiled_type, given, self._written))
            self._open_kernel_cache()
            entry_point = super().compile(form)
            if form != given and given not in self._forms:
                # Calls with the types given find the same machine code without a conversion.
                self._forms.add(given)
                self._insert([one._code for one in given], entry_point, False)
            return entry_point

    def is_missing(self) -> bool:
        """Return whether there is a cache, without a compiled form for this processor."""
        self._open_kernel_cache()
        cache = self._cache
        return isinstance(cache, _KernelCache) and not cache.holds(self.targetctx.codegen())

    def _open_kernel_cache(self) -> None:
        if not self._has_cache:  # not before: the key needs all modules to be imported
            self._has_cache = True
            with suppress(RuntimeError):  # no writable folder: each process compiles for itself
                self._cache = _KernelCache(self.py_func)


class _KernelCache(FunctionCache):  # type: ignore[misc]
    """Machine code on disk, valid for a kernel's import closure.

    It lies beside the source, else in the user's cache folder. numba itself keeps it for a version
    of numba and of the processor, and for the time of change of one file; here, for its closure.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        name = f"{function.__module__}.{function.__qualname__}.{sys.implementation.cache_tag}"
        key = import_closure_key(function.__module__)
        self._cache_file = IndexDataCacheFile(self.cache_path, name.replace("<", "_"), key)

    def holds(self, codegen: Any) -> bool:
        """Return whether there is machine code for this processor."""
        try:
            keys = self._cache_file._load_index()
        except (OSError, EOFError, pickle.UnpicklingError):
            return False
        return any(key[1] == codegen.magic_tuple() for key in keys)

    def _index_key(self, sig: Any, codegen: Any) -> Any:
        types_of, processor, (_, cells) = super()._index_key(sig, codegen)
        return types_of, processor, cells  # the closure's key stands for the byte code

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return the machine code for ``sig``; None where there is none that can be read."""
        try:
            return super().load_overload(sig, target_context)
        except (EOFError, pickle.UnpicklingError):  # half a file
            with suppress(OSError):
                self.flush()
        except OSError:
            pass
        return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Save machine code; without it, where the disk is full, the next process compiles."""
        with suppress(OSError):
            super().save_overload(sig, data)


def _compiled_type(given: Any, written: bool) -> Any:
    """Return the type that an argument is compiled for."""
    plain = types.misc.unliteral(given)
    if isinstance(plain, types.Array) and plain.mutable and not written:
        return plain.copy(readonly=True)
    if isinstance(plain, types.containers.Tuple | types.containers.UniTuple) and not written:
        return types.containers.BaseTuple.from_types(
            [_compiled_type(one, written) for one in plain.types]
        )
    return plain


def import_closure_key(module: str) -> str:
    """Return a hash of a module and of our modules that it imports, directly or not.

    It is made of their byte code without docstrings and line numbers, so editing words compiles
    nothing. Byte code takes a third of the time of a syntax tree to make.
    """
    own = {*LAYERS, module.partition(".")[0]}
    closure: set[str] = set()
    waiting = [module]
    while waiting:
        if (name := waiting.pop()) not in closure:
            closure.add(name)
            waiting += [n for n in _modules_imported_by(name) if n.partition(".")[0] in own]
    digests = (f"{name} {_digest_of_module(name)}" for name in sorted(closure))
    return sha256("\n".join(digests).encode()).hexdigest()


@cache
def _compiled_module_code(module: str) -> CodeType | None:
    loader = getattr(getattr(sys.modules.get(module), "__spec__", None), "loader", None)
    if loader is None or not hasattr(loader, "get_source"):
        return None
    return compile(loader.get_source(module) or "", module, "exec", dont_inherit=True, optimize=2)


@cache
def _modules_imported_by(module: str) -> frozenset[str]:
    """Return the modules that a module's own level names in its imports."""
    if (code := _compiled_module_code(module)) is None:
        return frozenset()
    imported = {name for name in code.co_names if name in sys.modules}
    package = module.rpartition(".")[0]
    for parent in (*imported, package, module):  # from package import module
        imported |= {n for name in code.co_names if (n := f"{parent}.{name}") in sys.modules}
    return frozenset(imported)


@cache
def _digest_of_module(module: str) -> str:
    code = _compiled_module_code(module)
    return "" if code is None else sha256(repr(_content_of_code(code)).encode()).hexdigest()


def _content_of_code(code: CodeType) -> tuple[Any, ...]:
    """Return what a code object does, without where it stands."""
    instructions = zip(code.co_code[::2], code.co_code[1::2], strict=True)
    return (
        code.co_name,
        code.co_argcount,
        bytes(chain.from_iterable(i for i in instructions if i[0] != NOP)),  # left by a docstring
        code.co_names,
        code.co_varnames,
        [_content_of_constant(value) for value in code.co_consts],
    )


def _content_of_constant(value: object) -> object:
    if isinstance(value, CodeType):
        return _content_of_code(value)
    if isinstance(value, frozenset):  # its order is another in each process
        return sorted(map(repr, value))
    return value


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
