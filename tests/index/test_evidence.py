"""The pass over an article's tokens measures what can be counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article, Section
from index.build import build_index
from index.search import FEATURES, Index


def _features(tmp_path: Path, articles: list[Article], query: str) -> dict[str, dict[str, float]]:
    build_index(articles, tmp_path)
    index = Index(tmp_path)
    found = index.candidates(query)
    return {
        index.ids[place]: dict(zip(FEATURES, row.tolist(), strict=True))
        for place, row in zip(found.places, found.features, strict=True)
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
