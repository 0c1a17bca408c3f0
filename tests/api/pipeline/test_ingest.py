"""Every record of a path is counted: added, changed, unchanged, or bad with its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.pipeline.ingest import (
    SAMPLE,
    IngestReport,
    expected_records,
    load_articles,
    with_language,
)
from corpus.models import Article, BadRecord
from corpus.storage.store import Store


def lines(path: Path, *rows: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_good_records_are_counted_by_what_changed_and_bad_ones_reported(tmp_path: Path) -> None:
    bad: list[BadRecord] = []
    path = tmp_path / "a.jsonl"
    with Store.open(tmp_path / "store.sqlite") as store:
        lines(path, {"id": "a", "headline": "Is a so?"}, {"id": "b", "headline": "Is b so?"})
        first = load_articles(store, path, lambda *_: None, bad.append)
        lines(
            path, {"id": "a", "headline": "Is a so?"}, {"id": "b", "headline": "New?"}, {"id": "c"}
        )
        again = load_articles(store, path, lambda *_: None, bad.append)
        assert len(store) == 2
    assert (first.added, first.changed, first.unchanged, first.bad) == (2, 0, 0, 0)
    assert (again.added, again.changed, again.unchanged, again.bad) == (0, 1, 1, 1)
    assert [record.line for record in bad] == [3]
    assert str(again).endswith("0 added, 1 changed, 1 unchanged, 1 bad record skipped")
    assert str(IngestReport("p", 0, 0, 0, 2)).endswith("2 bad records skipped")


def test_progress_says_how_many_records_there_are(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines(path, *({"id": f"a{n}", "headline": "Is it so?"} for n in range(250)))
    steps: list[tuple[str, int, int]] = []
    with Store.open(tmp_path / "store.sqlite") as store:
        load_articles(store, path, lambda *step: steps.append(step), lambda record: None)
    assert steps == [("Reading a.jsonl", 100, 250), ("Reading a.jsonl", 200, 250)]


def test_records_are_expected_by_lines_or_by_files(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("a.txt", "b.md", "c.png"):
        (folder / name).write_text("Fact check: Is it so?", encoding="utf-8")
    assert expected_records(folder) == 2
    lines(folder / "corpus.jsonl", {"id": "a"}, {"id": "b"}, {"id": "c"})
    assert expected_records(folder) == 3  # a BEIR folder
    assert expected_records(folder / "a.txt") == 0 == expected_records(folder / "gone.jsonl")


@pytest.mark.parametrize("name", ["articles"])
def test_the_sample_is_there(name: str) -> None:
    assert SAMPLE.is_dir(), name
    assert expected_records(SAMPLE) > 10, name


def test_an_article_without_a_language_has_that_of_its_text() -> None:
    german = Article("a", "Schlafen Bären im Winter wirklich die ganze Zeit durch?")
    assert with_language(german).language == "de"
    english = Article("b", "Do bears really sleep through all of the winter?")
    assert with_language(english) is english
