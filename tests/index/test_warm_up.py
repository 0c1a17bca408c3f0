"""Warming up compiles every kernel of the index."""

from __future__ import annotations

from index import jit
from index.warm_up import compile_indexing, compile_ranking, compile_search


def test_no_kernel_of_the_index_is_missing_afterwards() -> None:
    compile_indexing()
    compile_ranking()
    compile_search()
    own = [kernel for kernel in jit._kernels if kernel.py_func.__module__.startswith("index.")]
    assert len(own) > 20
    assert not [kernel.__name__ for kernel in own if kernel.is_missing()]
