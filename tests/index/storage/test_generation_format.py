"""Law: a generation is as it was sealed, or a message names what is wrong and the remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import ArchiveError
from index.storage.generation_format import (
    FORMAT,
    MANIFEST,
    has_current_format,
    open_manifest,
    seal_generation,
    verify_generation,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "terms.json").write_text('["bat"]')
    (tmp_path / "tokens.npy").write_bytes(bytes(100))
    (tmp_path / "empty.jsonl").write_bytes(b"")
    seal_generation(tmp_path, "some encoder")
    return tmp_path


def test_what_was_sealed_opens_with_every_file_named(folder: Path) -> None:
    for manifest in (open_manifest(folder), verify_generation(folder)):
        assert sorted(manifest.files) == ["empty.jsonl", "terms.json", "tokens.npy"]
        assert manifest.files["tokens.npy"].size_bytes == 100
        assert manifest.encoder == "some encoder"
        assert manifest.program
    assert has_current_format(folder)


def test_sealing_again_takes_what_was_added(folder: Path) -> None:
    (folder / "more.json").write_text("{}")
    assert "more.json" in seal_generation(folder).files
    assert MANIFEST not in open_manifest(folder).files


@pytest.mark.parametrize("name", ["empty.jsonl", "terms.json", "tokens.npy"])
def test_a_missing_file_is_named(name: str, folder: Path) -> None:
    (folder / name).unlink()
    with pytest.raises(ArchiveError, match=rf"{name}: is missing.*divedeeper build"):
        open_manifest(folder)


@pytest.mark.parametrize("name", ["empty.jsonl", "terms.json", "tokens.npy"])
def test_a_file_of_another_size_is_named(name: str, folder: Path) -> None:
    (folder / name).write_bytes(b"three")
    with pytest.raises(ArchiveError, match=rf"{name}: has 5 bytes instead.*divedeeper build"):
        open_manifest(folder)


def test_all_bad_files_are_named_in_one_message_but_not_a_hundred(folder: Path) -> None:
    for number in range(9):
        (folder / f"part-{number}").write_bytes(b"x")
    seal_generation(folder)
    for path in folder.glob("part-*"):
        path.unlink()
    with pytest.raises(ArchiveError, match=r"part-0.*part-4.*and 4 more files") as caught:
        open_manifest(folder)
    assert "part-5" not in str(caught.value)


def test_changed_bytes_are_found_by_the_checksum(folder: Path) -> None:
    for name in ("terms.json", "tokens.npy"):
        content = bytearray((folder / name).read_bytes())
        content[-1] ^= 1
        (folder / name).write_bytes(content)
    open_manifest(folder)  # looks at sizes only
    with pytest.raises(ArchiveError, match=r"terms\.json: its content.*tokens\.npy: its content"):
        verify_generation(folder)


@pytest.mark.parametrize("format", [FORMAT - 1, FORMAT + 1, "ten", None])
def test_another_format_is_refused(format: object, folder: Path) -> None:
    values = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(values | {"format": format}))
    assert not has_current_format(folder)
    with pytest.raises(ArchiveError, match=rf"format {format}, this program reads {FORMAT}.*build"):
        open_manifest(folder)


def test_without_a_manifest_it_is_unfinished_or_old(folder: Path) -> None:
    (folder / MANIFEST).unlink()
    assert not has_current_format(folder)
    with pytest.raises(ArchiveError, match=r"manifest\.json: is missing.*divedeeper build"):
        open_manifest(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", f'{{"format": {FORMAT}}}'])
def test_a_damaged_manifest_is_named(text: str, folder: Path) -> None:
    (folder / MANIFEST).write_text(text)
    with pytest.raises(ArchiveError, match=r"manifest\.json: is damaged.*divedeeper build"):
        open_manifest(folder)
