"""Warming up compiles every kernel of the recommender."""

from __future__ import annotations

from index import jit
from recommender.warm_up import compile_questions, compile_related


def test_no_kernel_of_the_recommender_is_missing_afterwards() -> None:
    compile_questions()
    compile_related()
    own = [k for k in jit._kernels if k.py_func.__module__.startswith("recommender.")]
    assert len(own) > 5
    assert not [kernel.__name__ for kernel in own if kernel.is_missing()]
