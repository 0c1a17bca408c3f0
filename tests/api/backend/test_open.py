"""Law: a generation is served whole, or not at all and the message says why and what to do."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from api.backend.archive_backend import ArchiveBackend
from api.backend.open import is_outdated, open_backend
from api.pipeline.build import build_generation
from api.settings import Settings
from corpus.errors import ArchiveError
from corpus.models import Article, Section
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from index.storage.generation_format import FORMAT, MANIFEST

ARTICLES = (
    Article(
        "bats",
        "Are bats blind?",
        sections=(Section("", "Bats see well at dusk."),),
        followups=("What do bats eat?", "Do owls see at night?"),
        topic="animals",
    ),
    Article("owls", "Do owls see at night?", "Owls see well.", followups=("What do bats eat?",)),
)


def quiet(what: str, done: int, total: int) -> None: ...


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    archive = Archive(folder)
    with Store.open(archive.store_path) as store:
        store.put(ARTICLES)
    build_generation(archive, "none", quiet, print)
    return folder


@pytest.fixture
def archive(built: Path, tmp_path: Path) -> Archive:
    return Archive(Path(shutil.copytree(built, tmp_path / "archive")))


def generation(archive: Archive) -> Path:
    folder = archive.current_generation()
    assert folder is not None
    return folder


def open_(archive: Archive) -> ArchiveBackend:
    return open_backend(
        archive, Settings.read(archive=archive.folder, encoder="none"), quiet, print
    )


def test_an_intact_generation_is_served(archive: Archive) -> None:
    assert open_(archive).status().ready
    assert not is_outdated(archive)


def test_whichever_file_is_missing_nothing_is_served(archive: Archive) -> None:
    for path in sorted(generation(archive).iterdir()):
        moved = path.rename(archive.folder / "moved")
        with pytest.raises(ArchiveError, match=rf"{path.name}: is missing.*`divedeeper build`"):
            open_(archive)
        moved.rename(path)
    open_(archive)


def test_whichever_file_is_cut_short_nothing_is_served(archive: Archive) -> None:
    for path in sorted(generation(archive).iterdir()):
        content = path.read_bytes()
        if not content:
            continue
        path.write_bytes(content[: len(content) // 2])
        with pytest.raises(ArchiveError, match=rf"{path.name}: .*`divedeeper build`"):
            open_(archive)
        path.write_bytes(content)
    open_(archive)


def test_whichever_array_points_outside_nothing_is_served(archive: Archive) -> None:
    """Same size, other content: what compiled loops take as positions is checked all the same."""
    checked = 0
    for path in sorted(generation(archive).glob("*starts.npy")):
        array = np.load(path)
        np.save(path, np.full_like(array, 1 << 40))
        with pytest.raises(ArchiveError, match=rf"{path.name}: .*`divedeeper build`"):
            open_(archive)
        np.save(path, array)
        checked += 1
    assert checked > 10
    open_(archive)


@pytest.mark.parametrize("format", [FORMAT - 1, FORMAT + 1])
def test_another_format_is_outdated_and_not_served(format: int, archive: Archive) -> None:
    path = generation(archive) / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": format}))
    assert is_outdated(archive)
    with pytest.raises(ArchiveError, match=rf"format {format}.*`divedeeper build`"):
        open_(archive)


def test_serving_and_searching_import_no_library_that_only_a_build_needs(built: Path) -> None:
    script = f"""
import sys
from pathlib import Path
import api.app, index.search.searcher, recommender.recommend
from api.backend.open import open_backend
from api.backend.protocol import SuggestionRequest
from api.settings import Settings
from corpus.storage.archive import Archive
from index.types import SearchRequest

folder = Path({str(built)!r})
settings = Settings.read(archive=folder, encoder="none")
backend = open_backend(Archive(folder), settings, lambda what, done, total: None, print)
assert backend.search(SearchRequest("bats dusk")).hits
assert backend.complete("are ba", 5)
assert backend.suggestions("bats", SuggestionRequest(explain=True)).questions
print(*sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "index.search.searcher" in loaded
    slow = {"sklearn", "pandas", "scipy.sparse", "scipy.stats", "scipy.optimize", "tokenizers"}
    assert not loaded & slow
