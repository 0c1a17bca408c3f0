"""Training learns to put the article that answers first, and says what it learned from."""

from __future__ import annotations

from pathlib import Path

from corpus.models import Article, Section
from index.build import build_index
from index.evaluation.training import search_examples, train_search_ranker
from index.search.retrieval import Retrieval
from index.search.searcher import Searcher
from index.types import SearchRequest


def test_a_trained_ranker_finds_its_own_answers(tmp_path: Path) -> None:
    words = "bats wolves ferries moons eggs salt honey wine milk snow".split()
    articles = [
        Article(w, f"What about {w}?", sections=(Section("", f"About {w} and {v} today."),))
        for w, v in zip(words, [*words[1:], words[0]], strict=True)
    ]
    build_index(articles, tmp_path)
    retrieval = Retrieval.open(tmp_path)
    found = search_examples(retrieval, [(f"{w} today", {w: 1}) for w in words])
    ranker, metrics = train_search_ranker({"words": found}, dense=False)
    assert ranker.trained_on == ("words",)
    assert metrics["MAP@5 words"] == 1.0 >= metrics["MAP@5 words by BM25"]
    assert not any(name.startswith("meaning") for name in ranker.weights)
    assert not {"numbers", "numbers of best", "numbers of best, cubed"} & set(ranker.weights)
    meant, _ = train_search_ranker({"words": found}, dense=True)
    assert not any(name.endswith(", cubed") for name in meant.weights)
    searcher = Searcher(Retrieval(retrieval.reader, ranker))
    assert all(searcher.search(SearchRequest(f"{w} today")).hits[0].id == w for w in words)
