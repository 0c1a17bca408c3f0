"""Diagnosis says what a newcomer forgot, and finds no fault in a finished archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.pipeline import diagnosis
from api.pipeline.build import build_generation
from api.pipeline.diagnosis import diagnose
from api.settings import Settings
from corpus.models import Article
from corpus.storage.archive import Archive
from corpus.storage.store import Store


def quiet(*_: object) -> None: ...


def findings(archive: Archive) -> list[tuple[str, str, str]]:
    settings = Settings.read(archive=archive.folder, encoder="none")
    return [(f.level, f.about, f.text) for f in diagnose(archive, settings)]


def faults(archive: Archive) -> list[str]:
    return [text for level, _, text in findings(archive) if level == "fault"]


def notes(archive: Archive, about: str) -> list[str]:
    return [text for level, name, text in findings(archive) if (level, name) == ("note", about)]


def test_each_step_that_is_due_is_said(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    assert "divedeeper ingest" in notes(archive, "archive")[0]
    assert not archive.folder.exists()
    with Store.open(archive.store_path) as store:
        store.put([Article("bats", "Are bats blind?", "Bats see well.")])
    assert [fault for fault in faults(archive) if "divedeeper build" in fault]
    build_generation(archive, "none", quiet, quiet, workers=0)
    assert faults(archive) == []
    assert notes(archive, "index") == []
    with Store.open(archive.store_path) as store:
        store.put([Article("owls", "Do owls hear?")])
    assert "changed" in notes(archive, "index")[0]
    (archive.folder / "CURRENT").write_text("garbage")
    assert any("CURRENT" in fault for fault in faults(archive))


def test_a_wrong_line_of_an_operators_file_is_a_fault_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "synonyms.txt").write_text("jab, vaccine\nalone\n")
    assert any("synonyms.txt:2" in fault for fault in faults(Archive(tmp_path)))


def test_a_disk_without_room_for_a_build_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "MIN_FREE_BYTES", 1 << 62)
    assert any("make room" in fault for fault in faults(Archive(tmp_path)))


def test_settings_and_versions_are_named(tmp_path: Path) -> None:
    found = findings(Archive(tmp_path))
    assert any("encoder = none" in text for _, about, text in found if about == "setting")
    assert any("numpy" in text for _, about, text in found if about == "program")
