"""Each language is searched as people write it, and finds its own articles first.

The archive is our own: 24 checks in each of eight languages, all of the same 24 facts, so that a
wrong language would be found by the numbers and names that they share.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.models import Article, Section
from index.build import build_index
from index.search.reader import IndexReader
from index.search.retrieval import Retrieval
from index.search.searcher import Searcher
from index.types import SearchRequest

FOLDER = Path(__file__).parent / "languages"
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))
MIN_FIRST = 0.95  # of the queries of a language


def lines(language: str) -> Iterator[list[str]]:
    for line in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        yield [part.strip() for part in line.split("|")]


def articles(language: str) -> list[Article]:
    return [
        Article(f"{language}-{id}", headline, sections=(Section("", text),), language=language)
        for id, headline, *rest in lines(language)
        for text in rest
        if not id.startswith("?")
    ]


def queries(language: str) -> list[tuple[str, str]]:
    return [
        (parts[0].removeprefix("?").strip(), f"{language}-{parts[1]}")
        for parts in lines(language)
        if parts[0].startswith("?")
    ]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("index")
    build_index([a for language in LANGUAGES for a in articles(language)], folder)
    return Searcher(Retrieval(IndexReader(folder)))


def test_the_archive_is_what_it_says() -> None:
    assert len(LANGUAGES) == 8
    for language in LANGUAGES:
        assert len(articles(language)) == 24
        assert len(queries(language)) == 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_check_comes_first_in_its_own_language(searcher: Searcher, language: str) -> None:
    wrong: list[str] = []
    for text, wanted in queries(language):
        ids = [hit.id for hit in searcher.search(SearchRequest(text)).hits]
        above = ids[: ids.index(wanted)] if wanted in ids else ids
        assert not [id for id in above if not id.startswith(language)], (text, ids)
        if ids[:1] != [wanted]:
            wrong.append(f"{text}: {ids[:3]} instead of {wanted}")
    n = len(queries(language))
    assert (n - len(wrong)) / n >= MIN_FIRST, wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_headline_finds_itself(searcher: Searcher, language: str) -> None:
    for article in articles(language):
        [hit, *_] = searcher.search(SearchRequest(article.headline)).hits
        assert hit.id == article.id
