"""A build switches to a complete generation, or changes nothing."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from api.pipeline import build as building
from api.pipeline.build import build_generation
from api.pipeline.record import read_record
from corpus.errors import BuildError
from corpus.models import Article
from corpus.storage.archive import Archive
from corpus.storage.store import Store

ARTICLES = [
    Article("bats", "Are bats blind?", summary="Bats see well.", followups=("Do owls hear?",)),
    Article("owls", "Do owls hear?", summary="Owls hear well."),
    Article("draft", "Is it?", published=False),
]


def archive_of(folder: Path, *articles: Article) -> Archive:
    archive = Archive(folder)
    with Store.open(archive.store_path) as store:
        store.put(articles)
    return archive


def test_the_new_generation_is_in_use_with_its_record(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, *ARTICLES)
    steps: list[str] = []
    folder, built = build_generation(
        archive, "none", lambda what, *_: steps.append(what), lambda line: None, workers=0
    )
    assert archive.current_generation() == folder
    assert read_record(folder) == built
    assert (built.articles, built.lists, built.encoder) == (2, 2, "")
    assert {"Weighing words", "Collecting questions", "Ranking questions"} <= set(steps)
    _, again = build_generation(archive, "none", lambda *_: None, lambda line: None, workers=0)
    assert again.lists == 0  # nothing has changed


def test_without_a_published_article_the_build_says_what_to_do(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, ARTICLES[2])
    with pytest.raises(BuildError, match="divedeeper ingest"):
        build_generation(archive, "none", lambda *_: None, lambda line: None)
    assert archive.current_generation() is None


def test_a_killed_process_leaves_what_was_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_of(tmp_path, *ARTICLES)
    before, _ = build_generation(archive, "none", lambda *_: None, lambda line: None, workers=0)

    def killed(*_: object) -> int:
        raise BrokenExecutor

    monkeypatch.setattr(building, "build_suggestions", killed)
    with pytest.raises(BuildError, match="--workers 1"):
        build_generation(archive, "none", lambda *_: None, lambda line: None)
    assert archive.current_generation() == before
