"""What shares a word by chance is not shown as an answer; what holds the words always is."""

from __future__ import annotations

import pytest

from corpus.models import Article, Section
from index.build import build_index
from index.query.rewriting import RewrittenQuery
from index.search.reader import IndexReader
from index.search.relevance_floor import query_coverage
from index.search.retrieval import Retrieval
from index.search.searcher import LITTLE_ABOUT_THIS, MAX_WEAK_SHOWN, Searcher
from index.types import Filters, SearchRequest, SearchResult

ARTICLES = [
    Article(f"a{n}", f"Is {animal} number {n} a good swimmer?", topic="animals")
    for n, animal in enumerate("goldfish bats owls eels newts frogs toads mice".split())
] + [
    Article("court", "Can a court ban a hospital?", sections=(Section("", "No court did."),)),
    Article("war", "Did a war end in 1918?", sections=(Section("", "The war ended."),)),
]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("index")
    build_index(ARTICLES, folder)
    return Searcher(Retrieval(IndexReader(folder)))


def search(searcher: Searcher, text: str, **options: object) -> SearchResult:
    return searcher.search(SearchRequest(text, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed",
    [
        "zebra war",
        "hospital explosion downtown",
        "good morning everybody",
        "swimmer arrested abroad",
    ],
)
def test_a_chance_word_shows_two_at_most_with_a_note(searcher: Searcher, typed: str) -> None:
    result = search(searcher, typed)
    assert result.total == len(result.hits) <= MAX_WEAK_SHOWN
    assert LITTLE_ABOUT_THIS in result.notes
    every = search(searcher, typed, weak=True)
    assert every.total == result.total + result.weak
    assert [h.id for h in every.hits][: result.total] == [h.id for h in result.hits]
    assert every.weak == 0


@pytest.mark.parametrize(
    ("typed", "first"),
    [("court", "court"), ("court hospital", "court"), ("war 1918", "war"), ("goldfish", "a0")],
)
def test_what_holds_the_words_is_shown(searcher: Searcher, typed: str, first: str) -> None:
    result = search(searcher, typed)
    assert result.hits[0].id == first
    assert result.hits[0].found_by == "all words"
    assert LITTLE_ABOUT_THIS not in result.notes


def test_counts_and_facets_are_of_what_is_shown(searcher: Searcher) -> None:
    result = search(searcher, "is goldfish a good zebra", limit=50)
    assert result.total == len(result.hits)
    assert sum(result.facets["topic"].values()) <= result.total
    assert {hit.found_by for hit in result.hits} <= {"all words", "some words", "meaning"}


@pytest.mark.parametrize("typed", ['"a court"', "+war zebra", "zebra war*", ""])
def test_conditions_and_browsing_have_no_floor(searcher: Searcher, typed: str) -> None:
    assert search(searcher, typed).weak == 0
    assert search(searcher, typed).total > 0


def test_filters_leave_the_floor_as_it_is(searcher: Searcher) -> None:
    result = search(searcher, "zebra swimmer", filters=Filters(topics=("animals",)))
    assert result.total <= MAX_WEAK_SHOWN


def test_unknown_words_count_as_the_rarest(searcher: Searcher) -> None:
    reader = searcher._reader
    row = reader.row("war")
    known = query_coverage(reader, RewrittenQuery("war"))
    half = query_coverage(reader, RewrittenQuery("war zebra"))
    assert known.share[row] == pytest.approx(1.0)
    assert 0.3 < half.share[row] < 0.5
    assert (
        known.minimum
        > half.minimum
        > query_coverage(reader, RewrittenQuery("a b war c d e")).minimum
    )
