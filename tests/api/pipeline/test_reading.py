"""How files are read is kept with the archive, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.pipeline.reading import NAME, ReadingChoices, read_choices, write_choices
from corpus.errors import ArchiveError


def test_choices_come_back(tmp_path: Path) -> None:
    chosen = ReadingChoices().changed("headline=kicker", "post, check", "day")
    assert chosen.types == ("post", "check")
    write_choices(tmp_path, chosen)
    assert read_choices(tmp_path) == chosen
    assert read_choices(tmp_path).changed("", None, None).mapping == {}
    assert read_choices(tmp_path).changed(None, "", "month").day_order == "month first"


def test_none_are_none_and_damaged_ones_an_error(tmp_path: Path) -> None:
    assert read_choices(tmp_path) == ReadingChoices()
    for content in ("{", "[]", "{}"):
        (tmp_path / NAME).write_text(content)
        with pytest.raises(ArchiveError, match="Delete it"):
            read_choices(tmp_path)
    with pytest.raises(ValueError, match="no field"):
        ReadingChoices().changed("mood=x", None, None)
