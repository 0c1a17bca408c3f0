"""Compilation ahead of use: the loops that building and serving need, once per installation."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context

from corpus.progress import Say
from index.cpu import cpu_count
from index.jit import must_compile
from index.warm_up import compile_indexing, compile_ranking, compile_search
from recommender.warm_up import compile_questions, compile_related


def compile_ahead(say: Say) -> None:
    """Compile whatever is not in the cache, and say so; do nothing where all is.

    Where there are two processors, two halves are compiled side by side. Workers that start later
    load the machine code.
    """
    if not must_compile():
        return
    say("Compiling (once per installation) ...")
    if cpu_count() > 1:
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            other = pool.submit(compile_ranking)
            _compile_ahead_others()
            # Where it was killed, what it would have compiled is compiled below.
            with suppress(BrokenExecutor):
                other.result()
    else:
        _compile_ahead_others()
        compile_ranking()
    compile_search()


def _compile_ahead_others() -> None:
    compile_indexing()
    compile_questions()
    compile_related()
