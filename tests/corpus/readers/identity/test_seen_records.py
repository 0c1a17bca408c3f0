"""What was seen is known again, in memory and from the disk alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.identity import seen_records
from corpus.readers.identity.seen_records import SeenRecord, SeenRecords, short_hash

WRITES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"), st.lists(st.sampled_from("klm")))
)


@given(WRITES, st.integers(0, 4))
def test_memory_and_disk_give_the_same(
    writes: list[tuple[str, str, list[str]]], limit: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        in_memory, on_disk = SeenRecords(), SeenRecords()
        for id, claim, keys in writes:
            in_memory.add(id, SeenRecord(claim, claim), tuple(keys))
        patch.setattr(seen_records, "MAX_IN_MEMORY", limit)
        for id, claim, keys in writes:
            on_disk.add(id, SeenRecord(claim, claim), tuple(keys))
    for id in "abcde":
        assert in_memory.record(id) == on_disk.record(id)
    for key in "klmn":
        assert in_memory.id_of_key(key) == on_disk.id_of_key(key)


def test_hashes_are_short_and_tell_apart() -> None:
    assert len(short_hash("a")) == 12
    assert short_hash("a") != short_hash("b")
