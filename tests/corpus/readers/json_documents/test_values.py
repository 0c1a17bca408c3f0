"""What should be an object or a list of objects is one, or nothing."""

from __future__ import annotations

from corpus.readers.json_documents.values import mapping_or_empty, objects_in


def test_only_objects_pass() -> None:
    assert mapping_or_empty({"a": 1}) == {"a": 1}
    assert mapping_or_empty([1]) == {}
    assert list(objects_in([{"a": 1}, 2, None])) == [{"a": 1}]
    assert list(objects_in({"a": 1})) == []
