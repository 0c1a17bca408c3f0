"""A judged folder is read whole, or it is said what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recommender.evaluation.judged_folder import JudgedFolder

THINGS = ("bats", "owls", "foxes")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    docs = [{"_id": t, "title": f"Do {t} sleep?", "text": f"All {t} do."} for t in THINGS]
    questions = [{"_id": f"q-{t}", "text": f"What do {t} eat?"} for t in THINGS]
    for name, rows in (("docs", docs), ("questions", questions)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    lines = "".join(f"{t}\tq-{t}\t1\n" for t in THINGS)
    header = "query-id\tcorpus-id\tscore\n"
    (tmp_path / "qrels.tsv").write_text(header + lines, encoding="utf-8")
    return tmp_path


def test_documents_questions_and_grades_are_read(folder: Path) -> None:
    judged = JudgedFolder.read(folder)
    assert [a.id for a in judged.articles] == list(THINGS)
    assert judged.questions["q-owls"] == "What do owls eat?"
    assert judged.gold["foxes"] == {"q-foxes": 1}
    assert judged.unjudged["bats"] == frozenset()


def test_the_folder_is_a_bank_and_its_archive(folder: Path) -> None:
    judged = JudgedFolder.read(folder)
    best = judged.ranker().rank(judged.articles[1], 1)[0]
    assert list(judged.questions)[best.row] == "q-owls"
    examples = judged.examples()
    assert len(examples) == 3
    assert all(example.relevant.sum() == 1 for example in examples)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "qrels.tsv").unlink()
    with pytest.raises(ValueError, match=r"has no qrels\.tsv"):
        JudgedFolder.read(folder)
