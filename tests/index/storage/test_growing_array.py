"""What is appended to an array on disk is what NumPy reads, however much it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.storage.growing_array import ArrayInMemory, GrowingArray

PARTS = st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=50), max_size=8)


@given(PARTS)
def test_the_file_holds_all_parts_one_after_the_other(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[int]]
) -> None:
    path = tmp_path_factory.mktemp("array") / "a.npy"
    grown, held = GrowingArray(path, np.uint32), ArrayInMemory(np.uint32)
    for part in parts:
        grown.extend(np.array(part, np.uint32))
        held.extend(np.array(part, np.uint32))
    expected = [value for part in parts for value in part]
    assert len(grown) == len(held) == len(expected)
    for found in (grown.finish(), held.finish(), np.load(path)):
        assert found.dtype == np.uint32
        assert found.tolist() == expected


def test_a_file_is_the_one_that_numpy_would_write(tmp_path: Path) -> None:
    values = np.arange(100_000, dtype=np.uint32)
    grown = GrowingArray(tmp_path / "a.npy", np.uint32)
    grown.extend(values[:1])
    grown.extend(values[1:])
    assert not grown.finish().flags.writeable
    np.save(tmp_path / "b.npy", values)
    assert (tmp_path / "a.npy").read_bytes() == (tmp_path / "b.npy").read_bytes()


def test_another_dtype_is_refused(tmp_path: Path) -> None:
    grown = GrowingArray(tmp_path / "a.npy", np.uint32)
    with pytest.raises(TypeError, match="int64"):
        grown.extend(np.zeros(1, np.int64))
    assert grown.finish().tolist() == []
