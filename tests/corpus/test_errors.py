"""One `except ArchiveError` catches all that can go wrong with an archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import ArchiveError, BuildError, StoreError
from corpus.storage import Archive, Store


@pytest.mark.parametrize("kind", [StoreError, BuildError])
def test_every_kind_is_an_archive_error(kind: type[ArchiveError]) -> None:
    with pytest.raises(ArchiveError, match="here"):
        raise kind("here")


def test_messages_are_one_line_that_names_the_place(tmp_path: Path) -> None:
    (tmp_path / "FORMAT").write_text("77")
    with pytest.raises(ArchiveError) as layout:
        Archive(tmp_path)
    with pytest.raises(StoreError) as missing:
        Store.open(tmp_path / "none.sqlite", read_only=True)
    for error in (layout, missing):
        assert str(tmp_path) in str(error.value)
        assert "\n" not in str(error.value)
