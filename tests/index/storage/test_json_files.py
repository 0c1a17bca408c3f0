"""Law: a value comes back as it was, or a message names its file and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import ArchiveError
from index.storage.json_files import open_json, save_json


def test_a_list_and_a_dictionary_come_back(tmp_path: Path) -> None:
    save_json(tmp_path, "terms", ["bat", "é", "\ud800"])
    save_json(tmp_path, "head", {"ids": ["a"], "encoder": ""})
    assert open_json(tmp_path, "terms") == ["bat", "é", "\ud800"]
    assert open_json(tmp_path, "head", "ids") == {"ids": ["a"], "encoder": ""}


@pytest.mark.parametrize("text", ["", "[", "[1]", '{"id": []}', "null", "\xff"])
def test_what_is_no_such_value_is_named_with_the_remedy(text: str, tmp_path: Path) -> None:
    (tmp_path / "head.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(ArchiveError, match=r"head\.json: is damaged .*divedeeper build"):
        open_json(tmp_path, "head", "ids")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"terms\.json: is missing.*divedeeper build"):
        open_json(tmp_path, "terms")
