from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.storage.packed_strings import Encoding, PackedStrings


@given(
    st.lists(st.text() | st.just("\ud800é"), max_size=8), st.sampled_from(["utf-8", "utf-32-le"])
)
def test_strings_come_back_as_they_were_also_from_disk(
    strings: list[str], encoding: Encoding
) -> None:
    packed = PackedStrings.of(strings, encoding)
    with TemporaryDirectory() as folder:
        packed.save(Path(folder), "x")
        reopened = PackedStrings.open(Path(folder), "x", encoding, len(strings))
        assert [packed[i] for i in range(len(packed))] == strings
        assert [reopened[i] for i in range(len(reopened))] == strings


@pytest.mark.parametrize("position", [-1, 2])
def test_a_position_outside_is_an_index_error(position: int) -> None:
    with pytest.raises(IndexError):
        PackedStrings.of(["a", "b"])[position]
