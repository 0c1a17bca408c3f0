"""Settings that hold for every test."""

from __future__ import annotations

import gc

from hypothesis import settings

# A loop that compiles on its first call is slow once; the same examples every time keep CI honest.
settings.register_profile("divedeeper", deadline=None, derandomize=True)
# `make proofs`: other examples every time, and many.
settings.register_profile("long", deadline=None, max_examples=2_000)
settings.load_profile("divedeeper")


def pytest_collection_finish() -> None:
    """Keep modules and tests out of every later collection of garbage, of which there are many."""
    gc.collect()
    gc.freeze()
