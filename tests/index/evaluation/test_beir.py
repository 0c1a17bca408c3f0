"""Evaluation on a BEIR folder: one index per corpus, built again where it is damaged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.dense.static_embeddings import StaticEmbeddings
from index.evaluation import beir

ROWS = ("garlic influenza", "carrots eyesight", "bats blindness")


class NoSubwords(StaticEmbeddings):
    """Zero vectors for all words."""

    def __init__(self) -> None: ...

    def vectors(self, words: Sequence[str]) -> NDArray[np.float32]:
        return np.zeros((len(words), 8), np.float32)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(beir, "load_static_embeddings", NoSubwords)
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    lines = [
        json.dumps({"_id": f"d{n}", "title": f"Is it {row}?", "text": f"About {row}."})
        for n, row in enumerate(ROWS)
    ]
    (folder / "corpus.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    queries = [
        json.dumps({"_id": "q0", "text": "garlic against influenza", "before": "bats"}),
        json.dumps({"_id": "q1", "text": "is it true", "before": "carrots and eyesight"}),
        json.dumps({"_id": "unjudged", "text": "bats"}),
    ]
    (folder / "queries.jsonl").write_text("\n".join(queries) + "\n", encoding="utf-8")
    gold = "query-id\tcorpus-id\tscore\nq0\td0\t1\nq1\td1\t1\n"
    (folder / "qrels" / "dev.tsv").write_text(gold, encoding="utf-8")
    return folder


def test_judged_queries_are_searched_as_users_search(corpus: Path, tmp_path: Path) -> None:
    run = tmp_path / "run.txt"
    found = beir.evaluate_search(corpus, corpus, "dev", run, "text", "before")
    assert found["queries"] == 2
    assert found["recall@100"] == 1.0
    assert {line.split()[0] for line in run.read_text().splitlines()} == {"q0", "q1"}


def test_a_corpus_is_indexed_once(corpus: Path) -> None:
    first, seconds, size = beir.open_beir_index(corpus)
    again, no_seconds, same_size = beir.open_beir_index(corpus)
    assert seconds > 0.0 == no_seconds
    assert size == same_size
    assert again.reader.folder == first.reader.folder


def test_a_damaged_index_is_built_again(corpus: Path) -> None:
    retrieval, _, _ = beir.open_beir_index(corpus)
    (retrieval.reader.folder / "terms.json").unlink()
    again, seconds, _ = beir.open_beir_index(corpus)
    assert seconds > 0.0
    assert again.reader.ids == ["d0", "d1", "d2"]
