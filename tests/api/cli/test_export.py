"""`divedeeper export`: files, what it says, and its exit codes."""

from __future__ import annotations

from pathlib import Path

from corpus.readers.article_jsonl import read_jsonl
from tests.api.cli.program import Run


def test_an_archive_is_written_and_read_again(
    sample_archive: Path, tmp_path: Path, run: Run
) -> None:
    target = tmp_path / "all.jsonl"
    ran = run("export", target, "--archive", sample_archive)
    assert ran.code == 0
    articles = list(read_jsonl(target))
    assert f"{len(articles)} articles written" in ran.err
    assert len(articles) > 1


def test_what_is_lost_is_said(sample_archive: Path, tmp_path: Path, run: Run) -> None:
    ran = run("export", tmp_path / "a.csv", "--format", "csv", "--archive", sample_archive)
    assert ran.code == 0
    assert "sections (" in ran.err


def test_an_unknown_format_is_a_wrong_argument(
    sample_archive: Path, tmp_path: Path, run: Run
) -> None:
    target = tmp_path / "a.pdf"
    assert run("export", target, "--format", "pdf", "--archive", sample_archive).code == 2
    assert not target.exists()
