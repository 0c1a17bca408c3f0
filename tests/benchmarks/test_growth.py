"""Made-up articles are the same each time, like real ones in number and length of words, and one
archive of them is ingested, indexed and searched."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from benchmarks import growth


@pytest.fixture(autouse=True)
def fewer_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "N_WORDS", 40_000)


def test_a_seed_draws_the_same_articles() -> None:
    first, second = (list(growth.Generator(7).articles(5)) for _ in range(2))
    assert first == second
    assert list(growth.Generator(8).articles(5)) != first
    assert [article["id"] for article in first] == [f"check-{n}" for n in range(5)]


def test_words_are_nearly_all_distinct_and_the_commonest_are_the_shortest() -> None:
    words = [growth.word(rank) for rank in range(20_000)]
    assert len(set(words)) > 0.99 * len(words)
    assert len(words[100]) < len(words[19_999])


def test_lengths_and_frequencies_are_those_of_real_articles() -> None:
    articles = list(growth.Generator(7).articles(300))
    bodies = [article["sections"][0]["text"].split() for article in articles]
    assert 500 < sum(map(len, bodies)) / len(bodies) < 900
    text = list(itertools.chain.from_iterable(bodies))
    assert 0.03 < text.count("the") / len(text) < 0.12
    assert all(8 <= len(a["headline"].split()) < 20 for a in articles)


def test_each_stage_works_on_what_the_one_before_left(tmp_path: Path) -> None:
    for stage in (growth.generate, growth.ingest, growth.index):
        assert stage(tmp_path, 40) == {}
    found = growth.measured(growth.search, tmp_path, 40)
    assert {"seconds to open", "private MB", "ms p50", "peak MB"} <= found.keys()
    assert growth.size_mb(tmp_path / "index") >= 1
    assert growth.serve_alone(tmp_path, 40)
    assert growth.measured(growth.suggest_alone, tmp_path, 40)["ms p50"]
    prepared = growth.prepare(tmp_path, 40)
    assert isinstance(prepared["questions"], int)
    assert prepared["questions"] >= 20
    assert growth.suggest(tmp_path, 40)["ms p50"]
    assert not (tmp_path / "articles.jsonl").exists()
