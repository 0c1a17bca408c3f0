"""Law: an array comes back as it was, or a message names its file and the remedy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ArchiveError
from index.storage.arrays import (
    check_array_ids,
    check_array_shape,
    check_array_starts,
    frozen_array,
    open_arrays,
    release_pages,
    save_arrays,
)

IDS = np.array([2, 0, 1], np.uint32)
TABLE = np.zeros((2, 3), np.float32)
PATH = Path("x.npy")


def test_arrays_come_back_mapped_and_read_only(tmp_path: Path) -> None:
    save_arrays(tmp_path, "part", ids=IDS, table=TABLE, none=np.zeros(0, np.int64))
    found = open_arrays(
        tmp_path, "part", ids=(np.uint32, 1), table=(np.float32, 2), none=(np.int64, 1)
    )
    assert list(found) == ["ids", "table", "none"]
    assert found["ids"].tolist() == [2, 0, 1]
    assert found["table"].shape == (2, 3)
    assert not any(array.flags.writeable for array in found.values() if array.size)
    assert sorted(path.name for path in tmp_path.iterdir())[0] == "part.ids.npy"


@pytest.mark.parametrize("type", [(np.int32, 1), (np.uint32, 2)])
def test_another_type_is_refused(type: tuple[type[np.generic], int], tmp_path: Path) -> None:
    save_arrays(tmp_path, "part", ids=IDS)
    with pytest.raises(ArchiveError, match=r"part\.ids\.npy: holds uint32.*divedeeper build"):
        open_arrays(tmp_path, "part", ids=type)


def test_a_column_major_table_is_refused_since_loops_are_compiled_for_rows(tmp_path: Path) -> None:
    save_arrays(tmp_path, "part", table=np.asfortranarray(TABLE))
    with pytest.raises(ArchiveError, match=r"part\.table\.npy"):
        open_arrays(tmp_path, "part", table=(np.float32, 2))


@pytest.mark.parametrize("kept_bytes", [0, 5, 60, 135])
def test_a_file_cut_short_is_named(kept_bytes: int, tmp_path: Path) -> None:
    save_arrays(tmp_path, "part", ids=IDS)
    path = tmp_path / "part.ids.npy"
    path.write_bytes(path.read_bytes()[:kept_bytes])
    with pytest.raises(ArchiveError, match=r"part\.ids\.npy: is damaged .*divedeeper build"):
        open_arrays(tmp_path, "part", ids=(np.uint32, 1))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"part\.ids\.npy: is missing\. Run `divedeeper build`"):
        open_arrays(tmp_path, "part", ids=(np.uint32, 1))


def test_row_starts_ascend_from_zero_to_the_last_item() -> None:
    starts = np.array([0, 2, 2, 5], np.int64)
    check_array_starts(PATH, starts, 3, 5)
    check_array_starts(PATH, starts, -1, 5)
    check_array_starts(PATH, np.zeros(1, np.int64), 0, 0)
    wrong: tuple[list[int], ...] = ([0, 2, 2, 4], [1, 2, 2, 5], [0, 3, 2, 5], [0, 5], [])
    for one in wrong:
        with pytest.raises(ArchiveError, match=r"x\.npy"):
            check_array_starts(PATH, np.array(one, np.int64), 3, 5)


def test_ids_are_inside() -> None:
    check_array_ids(PATH, IDS, 3)
    check_array_ids(PATH, np.zeros(0, np.int64), 0)
    check_array_ids(PATH, np.array([-1, 2]), 3, lowest=-1)
    for ids, n in ((IDS, 2), (np.array([-1, 0]), 3)):
        with pytest.raises(ArchiveError, match=r"x\.npy: holds ids outside 0"):
            check_array_ids(PATH, ids, n)


def test_a_shape_may_leave_a_size_open() -> None:
    check_array_shape(PATH, TABLE, 2, -1)
    with pytest.raises(ArchiveError, match=r"x\.npy: has the shape \(2, 3\)"):
        check_array_shape(PATH, TABLE, 2, 4)


def test_freezing_leaves_the_array_of_the_caller_writable() -> None:
    own = np.zeros(3)
    assert not frozen_array(own).flags.writeable
    assert own.flags.writeable


def test_pages_that_are_let_go_are_read_again(tmp_path: Path) -> None:
    save_arrays(tmp_path, "a", b=np.arange(100_000, dtype=np.uint32))
    mapped = open_arrays(tmp_path, "a", b=(np.uint32, 1))["b"]
    assert mapped.sum() == 4_999_950_000
    release_pages(frozen_array(mapped[10:]))
    assert mapped.sum() == 4_999_950_000
    release_pages(np.arange(3))  # in memory: nothing to let go
