"""Verification finds what is damaged, wherever it is, and nothing in a whole archive."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from api.pipeline.build import build_generation
from api.pipeline.verification import verify_archive
from corpus.errors import ArchiveError
from corpus.models import Article
from corpus.storage.archive import Archive
from corpus.storage.store import Store

ARTICLES = (
    Article("bats", "Are bats blind?", "Bats see well.", followups=("Do owls hear well?",)),
    Article("owls", "Do owls hear well?", "Owls hear well, as bats do."),
)


def quiet(*_: object) -> None: ...


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    with Store.open(archive.store_path) as store:
        store.put(ARTICLES)
    build_generation(archive, "none", quiet, quiet, workers=0)
    build_generation(archive, "none", quiet, quiet, workers=0)
    return archive.folder


@pytest.fixture
def archive(built: Path, tmp_path: Path) -> Archive:
    return Archive(Path(shutil.copytree(built, tmp_path / "archive")))


def generation(archive: Archive) -> Path:
    folder = archive.current_generation()
    assert folder is not None
    return folder


def test_a_whole_archive_has_no_problem_and_says_what_was_looked_at(archive: Archive) -> None:
    found = verify_archive(archive, quiet)
    assert found.problems == ()
    assert "2 articles" in found.checked[0]
    assert sum("generation" in line for line in found.checked) == 2


def test_every_file_of_a_generation_counts(archive: Archive) -> None:
    folder = generation(archive)
    for file in sorted(folder.iterdir()):
        content = file.read_bytes()
        damages = [b"", content[: len(content) // 2]]
        if len(content) > 1:
            middle = len(content) // 2
            flipped = bytes([content[middle] ^ 4])
            damages.append(content[:middle] + flipped + content[middle + 1 :])
        for damage in damages:
            if damage == content:  # an empty file
                continue
            file.write_bytes(damage)
            problems = verify_archive(archive, quiet).problems
            assert problems, file.name
            assert all(problem.remedy and problem.stops for problem in problems)
            assert folder.name in problems[0].where
        file.unlink()
        assert verify_archive(archive, quiet).problems, file.name
        file.write_bytes(content)
    assert not verify_archive(archive, quiet).problems


def test_the_one_before_is_looked_at_and_does_not_stop_the_service(archive: Archive) -> None:
    _, before = archive.usable_generations()
    (before / "index.json").unlink()
    [problem] = verify_archive(archive, quiet).problems
    assert before.name in problem.where
    assert not problem.stops


def test_a_damaged_store_current_or_cache_is_named(archive: Archive) -> None:
    (archive.folder / "CURRENT").write_text("garbage")
    (archive.folder / "encodings.sqlite").write_bytes(b"garbage" * 1_000)
    with closing(sqlite3.connect(archive.store_path)) as connection, connection:
        connection.execute("UPDATE articles SET article = '[]' WHERE id = 'owls'")
    problems = verify_archive(archive, quiet).problems
    assert {Path(problem.where).name for problem in problems} == {
        "CURRENT",
        "encodings.sqlite",
        "archive.sqlite",
    }


def test_a_generation_of_another_store_is_named(archive: Archive) -> None:
    archive.store_path.unlink()
    with Store.open(archive.store_path) as store:
        store.put(ARTICLES[:1])
    problems = verify_archive(archive, quiet).problems
    assert all("another store" in problem.what for problem in problems)
    assert len(problems) == 2


def test_without_an_archive_there_is_nothing_to_verify(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive here"):
        verify_archive(Archive(tmp_path), quiet)
