"""The soak measures memory and its growth as they are."""

from __future__ import annotations

import os

import pytest

from benchmarks.soak import growth, private_mb


def test_growth_is_the_slope_an_hour() -> None:
    assert growth([(0.0, 100.0), (0.5, 105.0), (1.0, 110.0)]) == pytest.approx(10.0)
    assert growth([(0.0, 100.0), (1.0, 100.0)]) == pytest.approx(0.0)
    assert growth([(0.5, 100.0)]) == 0.0


def test_memory_is_that_of_the_process_alone() -> None:
    before = private_mb(os.getpid())
    held = bytearray(b"x") * 50_000_000
    assert 30 < private_mb(os.getpid()) - before < 100
    del held
    with pytest.raises(OSError, match="No such"):
        private_mb(99_999_999)
