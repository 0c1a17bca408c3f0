"""The soak measures memory and its growth as they are."""

from __future__ import annotations

import subprocess
import sys

import pytest

from benchmarks.soak import growth, private_mb
from tests.api.cli.program import ROOT


def test_growth_is_the_slope_an_hour() -> None:
    assert growth([(0.0, 100.0), (0.5, 105.0), (1.0, 110.0)]) == pytest.approx(10.0)
    assert growth([(0.0, 100.0), (1.0, 100.0)]) == pytest.approx(0.0)
    assert growth([(0.5, 100.0)]) == 0.0


def test_memory_is_that_of_the_process_alone() -> None:
    # In a process of its own: this one may give what earlier tests left free.
    program = """import os
from benchmarks.soak import private_mb
before = private_mb(os.getpid())
held = bytearray(b"x") * 50_000_000
print(private_mb(os.getpid()) - before)"""
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert 30 < float(ran.stdout) < 100
    with pytest.raises(OSError, match="No such"):
        private_mb(99_999_999)
