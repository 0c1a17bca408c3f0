"""An index that is changed article by article is the one that is built of all changes at once."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from corpus.models import Article, Section
from corpus.storage.store import Change
from index.autocomplete.completions import CompletionIndex
from index.autocomplete.merging import complete_from
from index.build import build_index
from index.live import live_index
from index.live.live_index import LiveIndex
from index.search.reader import IndexReader
from index.search.retrieval import Retrieval
from index.search.searcher import Searcher
from index.types import SearchRequest
from index.warm_up import RowEmbeddings

WORDS = "bats owls moons tides salt garlic engine carrots vaccine zorblax quibble plonk".split()
OLD = [
    Article(
        f"old{n}",
        f"Do {WORDS[n % 8]} like {WORDS[(n + 3) % 8]}?",
        sections=(Section("", f"{WORDS[(n * 5) % 8]} and {WORDS[(n * 7 + 1) % 8]} at night."),),
        topic=WORDS[n % 3],
    )
    for n in range(12)
]
QUERIES = ("bats garlic", "zorblax", '"like quibble"', "plonk engine topic:bats", "vacc", "")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
    folder = tmp_path_factory.mktemp("generation")
    build_index(OLD, folder, word_table=RowEmbeddings())
    return IndexReader(folder)


ARTICLES = st.builds(
    lambda id, a, b, c, topic: Article(
        id,
        f"Do {a} like {b}?",
        sections=(Section("", f"No {c} would, and {a} {b} neither."),),
        followups=(f"Why {c}?",),
        topic=topic,
    ),
    st.sampled_from([*(f"old{n}" for n in range(0, 12, 3)), *(f"new{n}" for n in range(8))]),
    *[st.sampled_from(WORDS)] * 3,
    st.sampled_from(["", *WORDS[:4]]),
)


def found(reader: IndexReader, query: str) -> tuple[object, ...]:
    """Return what a search shows: ids, scores, total and facets."""
    result = Searcher(Retrieval(reader)).search(SearchRequest(query, limit=50))
    hits = [(hit.id, pytest.approx(hit.score, abs=1e-4)) for hit in result.hits]
    if query:
        hits.sort(key=lambda hit: (-hit[1].expected, hit[0]))
    else:  # without words by day, and these have none: in the order of writing
        hits.sort(key=lambda hit: hit[0])
    return hits, result.total, result.facets


class LiveIndexMachine(RuleBasedStateMachine):
    """Writes in any order, held against all of them at once."""

    base: IndexReader

    @initialize()
    def begin(self) -> None:
        self.live = LiveIndex(self.base)
        self.last: dict[str, Change] = {}
        self.sequence = 0

    @rule(articles=st.lists(ARTICLES, min_size=1, max_size=5))
    def put(self, articles: list[Article]) -> None:
        self._apply([(a.id, a) for a in articles])

    @rule(id=st.sampled_from([a.id for a in OLD[::3]] + [f"new{n}" for n in range(8)]))
    def delete(self, id: str) -> None:
        self._apply([(id, None)])

    @rule(article=ARTICLES)
    def unpublish(self, article: Article) -> None:
        self._apply([(article.id, Article(article.id, "Gone?", published=False))])

    def _apply(self, writes: list[tuple[str, Article | None]]) -> None:
        changes = []
        for id, article in writes:
            self.sequence += 1
            changes.append(Change(self.sequence, id, article))
            self.last[id] = changes[-1]
        self.live.apply(changes)

    @invariant()
    def searches_find_what_one_build_would(self) -> None:
        whole = LiveIndex(self.base)
        whole.apply(self.last.values())
        for query in QUERIES:
            assert found(self.live.reader, query) == found(whole.reader, query)

    @invariant()
    def only_what_is_published_is_named(self) -> None:
        reader = self.live.reader
        published = {a.id: a for a in OLD} | {
            id: change.article
            for id, change in self.last.items()
            if change.article and change.article.published
        }
        gone = {id for id, c in self.last.items() if not (c.article and c.article.published)}
        published = {id: article for id, article in published.items() if id not in gone}
        assert {id for id in reader.ids if id in reader} == set(published)
        result = Searcher(Retrieval(reader)).search(SearchRequest("", limit=100))
        assert sorted(hit.id for hit in result.hits) == sorted(published)
        assert result.total == len(published)
        new = self.live.new_articles
        alive = set(published) & set(self.last)
        assert {id for id in (new.ids if new else []) if id} == alive

    @invariant()
    def completions_are_of_articles_as_they_are(self) -> None:
        old = CompletionIndex.open(self.base.folder)
        sources = [*self.live.completions, (old, self.live.changed)]
        shown = complete_from(sources, "do", 100)
        headlines = {e.article_id: e.text for e in shown if e.kind == "headline"}
        reader = self.live.reader
        for id, text in headlines.items():
            assert id in reader
            change = self.last.get(id)
            assert text == (
                change.article.headline
                if change and change.article
                else next(a.headline for a in OLD if a.id == id)
            )


@pytest.mark.parametrize("newest", [1, 3, 256])
def test_any_order_of_writes_gives_the_index_of_all_of_them(
    base: IndexReader, newest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_index, "MAX_NEWEST", newest)  # small: many segments and merges
    machine = type("Machine", (LiveIndexMachine,), {"base": base})
    run_state_machine_as_test(machine, settings=settings(max_examples=12, stateful_step_count=8))


def test_old_and_new_articles_with_the_same_text_have_the_same_score(base: IndexReader) -> None:
    live = LiveIndex(base)
    twin = Article("twin", OLD[4].headline, sections=OLD[4].sections, topic=OLD[4].topic)
    live.apply([Change(1, "twin", twin)])
    hits = (
        Searcher(Retrieval(live.reader)).search(SearchRequest(OLD[4].headline, explain=True)).hits
    )
    by_id = {hit.id: hit for hit in hits}
    assert by_id["twin"].score == pytest.approx(by_id[OLD[4].id].score, abs=1e-5)
    for hit in hits:
        assert hit.explanation is not None
        assert sum(hit.explanation.contributions.values()) == pytest.approx(hit.score, abs=1e-4)


def test_a_reader_keeps_what_it_was_when_the_index_changes(base: IndexReader) -> None:
    live = LiveIndex(base)
    live.apply([Change(1, "a", Article("a", "Do zorblax plonk?"))])
    before = live.reader
    live.apply([Change(2, "a", None)])
    assert "a" in before
    assert "a" not in live.reader
    assert found(before, "zorblax")[1] == 1
    assert found(live.reader, "zorblax")[1] == 0


def test_new_words_are_found_by_their_prefix_and_are_not_corrected(base: IndexReader) -> None:
    live = LiveIndex(base)
    live.apply([Change(1, "a", Article("a", "Do batz exist?"))])
    searcher = Searcher(Retrieval(live.reader))
    assert [h.id for h in searcher.search(SearchRequest("batz")).hits][:1] == ["a"]
    assert live.reader.vocabulary.beginning("batz")[1] == ["batz"]


def test_no_change_is_the_generation_itself(base: IndexReader) -> None:
    live = LiveIndex(base)
    assert live.apply([]) is base
    assert live.new_articles is None
    assert live.changed == frozenset()
