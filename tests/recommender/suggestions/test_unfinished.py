"""Lists are read as soon as they are whole, and a killed build loses none that was."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.suggestions.unfinished import (
    ENDS,
    LINES,
    UnfinishedLists,
    append_lists,
    n_unfinished,
    remove_unfinished,
    unfinished_lists,
)

PAIRS = [(b'[["b",0.5]]', b"[]"), (b"[]", b'[["q","Why?"]]'), (b"[]", b"[]")]


def test_a_list_can_be_read_when_its_chunk_is_written(tmp_path: Path) -> None:
    lists = UnfinishedLists(tmp_path)
    assert lists.record(0) is None
    writing = append_lists(tmp_path, [PAIRS[:1], PAIRS[1:]])
    assert next(writing) == 1
    assert [lists.record(row) for row in range(3)] == [PAIRS[0], None, None]
    assert next(writing) == 2
    assert [lists.record(row) for row in range(4)] == [*PAIRS, None]


def test_a_build_goes_on_after_the_last_whole_list(tmp_path: Path) -> None:
    assert n_unfinished(tmp_path) == 0
    assert sum(append_lists(tmp_path, [PAIRS[:2]])) == 2
    with (tmp_path / LINES).open("ab") as file:
        file.write(b"half a li")
    with (tmp_path / ENDS).open("ab") as file:
        file.write(b"\x00\x00\x07")
    assert n_unfinished(tmp_path) == 2
    assert sum(append_lists(tmp_path, [PAIRS[2:]])) == 1
    assert list(unfinished_lists(tmp_path)) == PAIRS
    remove_unfinished(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_end_whose_line_is_not_there_is_none(tmp_path: Path) -> None:
    """After a power failure, say: the ends may be on disk before the lines."""
    assert sum(append_lists(tmp_path, [PAIRS])) == 3
    whole = (tmp_path / LINES).read_bytes()
    (tmp_path / LINES).write_bytes(whole[:-1])
    lists = UnfinishedLists(tmp_path)
    assert [lists.record(row) for row in range(3)] == [*PAIRS[:2], None]
    assert n_unfinished(tmp_path) == 2


@given(st.lists(st.lists(st.tuples(st.sampled_from([b"[]", b"[1]"]), st.binary(max_size=0)))))
def test_every_row_comes_back_whatever_the_chunks(chunks: list[list[tuple[bytes, bytes]]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        counts = list(append_lists(folder, chunks))
        pairs = [pair for chunk in chunks for pair in chunk]
        assert counts == [len(chunk) for chunk in chunks]
        assert n_unfinished(folder) == len(pairs)
        lists = UnfinishedLists(folder)
        assert [lists.record(row) for row in range(len(pairs))] == pairs
        assert lists.record(len(pairs)) is None


@pytest.mark.parametrize("name", [LINES, ENDS])
def test_one_file_alone_holds_no_list(tmp_path: Path, name: str) -> None:
    assert sum(append_lists(tmp_path, [PAIRS])) == 3
    (tmp_path / name).unlink()
    assert UnfinishedLists(tmp_path).record(0) is None
    assert n_unfinished(tmp_path) == 0
    assert sum(append_lists(tmp_path, [PAIRS])) == 3
    assert list(unfinished_lists(tmp_path)) == PAIRS
