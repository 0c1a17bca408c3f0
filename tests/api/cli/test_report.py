"""`divedeeper report`: as text, as JSON, as a page; one clear line where there is nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli.output import Failure
from api.cli.report import report
from api.pipeline.build import build_generation
from corpus.errors import ArchiveError
from corpus.models import Article
from corpus.storage.archive import Archive
from corpus.storage.store import Store

ARTICLES = (
    Article("bats", "Are bats blind?", "No.", followups=("How do bats hunt moths?",)),
    Article("moths", "Do moths hear bats?", "Yes.", followups=("Can moths jam bats?",)),
    Article("evil", "Is <script>alert(1)</script> about bats?", "No."),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("archive"))


def make_archive(folder: Path) -> Path:
    archive = Archive(folder)
    with Store.open(archive.store_path) as store:
        store.put(ARTICLES)
    build_generation(archive, "none", lambda what, done, total: None, print)
    return folder


def run(folder: Path, **options: Any) -> None:
    values: dict[str, Any] = {"archive": folder, "encoder": "none", "limit": 2}
    report(**values | options)


def test_json_is_one_value_that_counts_every_published_article(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder, as_json=True, least=1)
    text = capsys.readouterr().out
    assert text.count("\n") == 1
    found = json.loads(text)
    assert found["articles"] == 3
    assert found["coverage"]["least"] == 1
    assert len(found["quality"]["best"]) == len(found["quality"]["worst"]) == 2
    assert found["concentration"]["bank"] == found["merges"]["questions"] > 0


def test_text_and_page_say_the_same_and_the_page_is_escaped(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "report.html"
    run(folder, html=page, limit=10)
    captured = capsys.readouterr()
    text = page.read_text(encoding="utf-8")
    assert str(page) in captured.err
    assert "3    articles" in captured.out
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "3 articles" in text
    assert "by words alone" in text
    assert "How do bats hunt moths?" in captured.out
    assert "How do bats hunt moths?" in text


def test_the_same_archive_gives_the_same_report(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder, as_json=True)
    first = capsys.readouterr().out
    run(folder, as_json=True)
    assert capsys.readouterr().out == first


def test_a_folder_that_is_missing_is_said_before_the_work(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Failure, match="does not exist"):
        run(folder, html=tmp_path / "nowhere" / "report.html")
    with pytest.raises(Failure, match="cannot write"):
        run(folder, html=tmp_path)


def test_without_index_or_articles_the_answer_is_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="divedeeper build"):
        run(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    emptied = make_archive(tmp_path / "emptied")
    with Store.open(Archive(emptied).store_path) as store:
        store.delete([article.id for article in ARTICLES])
    with pytest.raises(Failure, match="divedeeper ingest"):
        run(emptied)
