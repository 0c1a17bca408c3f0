"""Law: machine code is kept for the sources that it was made of, and for no others."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import jit

CODE = """
from index.jit import compiled, prefetch_row

@compiled
def total(matrix):
    result = 0
    for row in range(matrix.shape[0]):
        prefetch_row(matrix, row)
        result += matrix[row].sum()
    return result
"""


def run(file: Path) -> Any:
    """Import ``file`` as a new process would, call its function, return what the cache did."""
    spec = importlib.util.spec_from_file_location("code_to_compile", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.total(np.arange(60, dtype=np.int8).reshape(3, 20)) == 59 * 30
    return module.total.stats


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "code_to_compile.py"
    path.write_text(CODE, encoding="utf-8")
    return path


def test_code_is_compiled_once_for_the_same_sources_and_again_for_changed_ones(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sum(run(file).cache_hits.values()) == 0
    assert sum(run(file).cache_hits.values()) == 1
    monkeypatch.setattr(jit, "SOURCES", "another file changed")
    assert sum(run(file).cache_hits.values()) == 0
    assert sum(run(file).cache_hits.values()) == 1
