"""The pass over an article's tokens measures what can be counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article, Section
from index.build import build_index
from index.query.rewriting import RewrittenQuery
from index.ranking.features import FEATURES
from index.ranking.field_features import LONG_RUN
from index.search.retrieval import Retrieval


def _features(tmp_path: Path, articles: list[Article], query: str) -> dict[str, dict[str, float]]:
    build_index(articles, tmp_path)
    retrieval = Retrieval.open(tmp_path)
    found = retrieval.candidates(RewrittenQuery(query))
    return {
        retrieval.reader.ids[row]: dict(zip(FEATURES, values.tolist(), strict=True))
        for row, values in zip(found.rows, found.features, strict=True)
    }


def test_shares_are_what_the_words_say(tmp_path: Path) -> None:
    articles = [
        Article("same", "Ferry harbours", sections=(Section("", "red wolves chase 12 hens"),)),
        Article("mixed", "Hens", sections=(Section("", "hens 12 chase other wolves, red"),)),
        Article("other", "Nothing alike", sections=(Section("", "sea and sky"),)),
    ]
    found = _features(tmp_path, articles, "red wolves chase 12 hens")
    same, mixed = found["same"], found["mixed"]
    assert same["verbatim run"] == pytest.approx(1.0)
    assert same["word pairs"] == same["word triples"] == pytest.approx(1.0)
    assert mixed["word triples"] == 0.0
    assert same["coverage"] == mixed["coverage"] == pytest.approx(1.0)
    assert same["coverage short"] == 0.0 < mixed["coverage short"]
    assert mixed["headline covered"] == pytest.approx(1.0)
    assert same["numbers"] == mixed["numbers"] == 1.0


def test_words_close_together_make_a_better_passage(tmp_path: Path) -> None:
    filler = "sea sky " * 200
    articles = [
        Article("near", "One", sections=(Section("", f"{filler} wolves hens {filler}"),)),
        Article("far", "Two", sections=(Section("", f"wolves {filler} {filler} hens"),)),
    ]
    found = _features(tmp_path, articles, "wolves hens")
    assert found["near"]["bm25 passage"] == pytest.approx(2 * found["far"]["bm25 passage"])


def test_neighbours_in_the_query_are_met_near_each_other_in_either_order(tmp_path: Path) -> None:
    filler = "sea sky " * 20
    articles = [
        Article("side by side", "One", sections=(Section("", f"{filler} the wolves eat hens"),)),
        Article("turned round", "Two", sections=(Section("", f"hens and wolves {filler}"),)),
        Article("apart", "Three", sections=(Section("", f"wolves {filler} hens"),)),
    ]
    found = _features(tmp_path, articles, "do wolves like hens")
    assert found["side by side"]["neighbours"] == pytest.approx(1.0)
    assert found["turned round"]["neighbours"] == pytest.approx(1.0)
    assert found["apart"]["neighbours"] == 0.0
    assert found["apart"]["coverage"] == found["turned round"]["coverage"]


def test_a_clause_covers_each_word_once(tmp_path: Path) -> None:
    filler = "sea sky " * 20
    articles = [
        Article("once", "One", sections=(Section("", "wolves chase hens"),)),
        Article("often", "Two", sections=(Section("", "wolves wolves wolves chase hens hens"),)),
        Article("half", "Three", sections=(Section("", f"wolves wolves {filler} hens"),)),
    ]
    found = _features(tmp_path, articles, "wolves hens")
    assert found["once"]["coverage clause"] == pytest.approx(1.0, abs=1e-4)
    assert found["often"]["coverage clause"] == pytest.approx(1.0, abs=1e-4)
    assert found["half"]["coverage clause"] == pytest.approx(0.5, abs=1e-4)


def test_a_run_is_as_long_as_the_words_that_it_repeats(tmp_path: Path) -> None:
    said = "nobody in this town has ever seen a wolf eat salt at night"
    articles = [
        Article("quoted", "One", sections=(Section("", f"She wrote: {said}, and left."),)),
        Article("three words", "Two", sections=(Section("", "In this town salt is cheap"),)),
        Article("none", "Three", sections=(Section("", "Salt, wolf, town"),)),
    ]
    found = _features(tmp_path, articles, said)
    assert found["quoted"]["run length"] == 1.0
    assert found["three words"]["run length"] == pytest.approx(3 / LONG_RUN)
    assert found["none"]["run length"] == 0.0


def test_a_run_ends_with_the_field_and_with_the_article(tmp_path: Path) -> None:
    articles = [
        Article("fields", "red wolves", sections=(Section("", "chase hens"),)),
        Article("next", "eat hens", sections=(Section("", "sea and red"),)),
        Article("after", "wolves", sections=(Section("", "chase sky"),)),
    ]
    found = _features(tmp_path, articles, "red wolves chase hens")
    assert [found[id]["run length"] for id in ("fields", "next", "after")] == [
        pytest.approx(2 / LONG_RUN),
        0.0,
        0.0,
    ]
