"""Field features are what can be counted by hand, and what plain Python computes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import Article, Section
from index.build import build_index
from index.query.query_terms import ABSENT, SIEVE, QueryTerms
from index.query.rewriting import RewrittenQuery
from index.ranking.features import FEATURES
from index.ranking.field_features import (
    CLAUSE,
    FIELD_FEATURES,
    K1,
    LONG_RUN,
    PASSAGE,
    SENTENCE,
    B,
    field_features,
)
from index.ranking.proximity import MAX_NEIGHBOUR_DISTANCE
from index.search.retrieval import Retrieval
from index.terms.forward_index import ForwardIndex


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


N_TERMS = 12  # of the random archive below; the query has the first of them
IDF = np.linspace(1.0, 3.0, N_TERMS).astype(np.float32)


def archive(lengths: list[list[int]], seed: int) -> ForwardIndex:
    ends = np.cumsum([0, *np.ravel(lengths)])
    bounds = np.column_stack([ends[field : len(ends) - 4 + field : 4] for field in range(5)])
    tokens = np.random.default_rng(seed).integers(0, N_TERMS, ends[-1]).astype(np.uint32)
    return ForwardIndex.of(tokens, bounds.astype(np.int64), IDF)


def query_of(terms: list[int]) -> QueryTerms:
    """Return a query of ``terms`` in order; 0 is a stop word, 1 a number, 2 a name, -1 unknown.

    Term 11 is one of which the query has a prefix, that of its first term.
    """
    known = list(dict.fromkeys(term for term in terms if term >= 0))
    slots = {term: slot for slot, term in enumerate(known)}
    slot_of = np.full(N_TERMS, ABSENT, np.int16)
    if known and known[0] != 0:
        slot_of[11] = -2
    slot_of[known] = np.arange(len(known))
    sieve = np.zeros(SIEVE, np.bool_)
    sieve[:N_TERMS] = slot_of != ABSENT
    places = [[p for p in reversed(range(len(terms))) if terms[p] == term] for term in known]
    return QueryTerms(
        sieve,
        slot_of,
        np.array([slots.get(term, -1) for term in terms], np.int16),
        np.array(known, np.int64),
        IDF[known],
        np.array([term != 0 for term in known], np.bool_),
        np.array([term == 1 for term in known], np.bool_),
        np.array([term == 2 for term in known], np.bool_),
        np.cumsum([0, *map(len, places)]),
        np.array([place for row in places for place in row], np.int64),
    )


def runs_of(query: list[int], text: list[int]) -> list[tuple[int, float]]:
    """Return length and weight of the longest run that ends at each place of the query."""
    found = []
    for place in range(len(query)):
        longest = 0
        for at in range(len(text)):
            n = 0
            while n <= min(place, at) and query[place - n] == text[at - n] >= 0:
                n += 1
            longest = max(longest, n)
        found.append((longest, float(IDF[query[place - longest + 1 : place + 1]].sum())))
    return found


def by_hand(texts: ForwardIndex, article: int, terms: list[int]) -> dict[str, float]:
    """Return the features of an article, computed one by one."""
    ends = texts.bounds[article].tolist()
    fields = [texts.tokens[a:b].tolist() for a, b in pairwise(ends)]
    content = [term for term in dict.fromkeys(terms) if term > 0]
    hits = [
        (position + 1000 * field, texts.tokens[position])
        for field in range(4)
        for position in range(ends[field], ends[field + 1])
        if texts.tokens[position] in content
    ]

    def saturated(tf: float, norm: float) -> float:
        return tf * (K1 + 1) / (tf + norm)

    def window(width: int, k1: float) -> float:
        best = 0.0
        for first, _ in hits:
            inside = [term for at, term in hits if first <= at < first + width]
            tf = {term: inside.count(term) for term in content}
            score = sum(IDF[term] * tf[term] * (k1 + 1) / (tf[term] + k1) for term in content)
            best = max(best, float(score))
        return best

    def idf(of: list[int]) -> float:
        return float(sum(IDF[term] for term in of))

    def weights(runs: list[tuple[int, float]], length: int) -> float:
        whole = [
            IDF[terms[p - length + 1 : p + 1]].sum() for p, (n, _) in enumerate(runs) if n >= length
        ]
        return float(sum(whole))

    text = [term for field in fields for term in [*field, -2]]
    runs, own = runs_of(terms, text), runs_of(terms, terms)
    held = {term for field in fields for term in field}
    short = {term for field in fields[:3] for term in field}
    follow = [term for term in terms if term > 0]
    pairs = {frozenset(two) for two in pairwise(follow) if len(set(two)) == 2}
    near = {
        frozenset((one, other))
        for at, one in hits
        for also_at, other in hits
        if 0 < also_at - at <= MAX_NEIGHBOUR_DISTANCE
    }
    longest = max((n for n, _ in runs), default=0)
    bm25 = [
        sum(
            IDF[term]
            * saturated(
                field.count(term), K1 * (1 - B + B * len(field) / texts.mean_lengths[number])
            )
            for term in content
        )
        for number, field in enumerate(fields)
    ]
    prefix = terms and content and dict.fromkeys(t for t in terms if t >= 0)
    begun = next(iter(prefix)) if prefix else 0
    shares = [
        *((score, idf(content)) for score in bm25),
        (window(PASSAGE, K1), idf(content)),
        (idf([t for t in content if t in held]), idf(content)),
        (idf([t for t in content if t in short]), idf(content)),
        *((idf([t for t in field if t in terms]), idf(field)) for field in fields[:2]),
        (max((w for n, w in runs if n > 1), default=0.0), idf([t for t in terms if t >= 0])),
        (weights(runs, 2), weights(own, 2)),
        (weights(runs, 3), weights(own, 3)),
        (1 in content and 1 in held, 1 in content),
        (idf([2] if 2 in content and 2 in short else []), idf([2] if 2 in content else [])),
        (float(np.log1p(len(fields[3]))), 1.0),
        (window(SENTENCE, K1), idf(content)),
        (idf([begun] if begun and begun not in held and 11 in held else []), idf(content)),
        (window(CLAUSE, 1e-6), idf(content)),
        (sum(idf(list(p)) for p in pairs & near), sum(idf(list(p)) for p in pairs)),
        (min(longest, LONG_RUN) if longest > 1 else 0, LONG_RUN),
    ]
    values = [part / whole if whole else 0.0 for part, whole in shares]
    return dict(zip(FIELD_FEATURES, values, strict=True))


@settings(max_examples=60)
@given(
    st.lists(st.lists(st.integers(0, 30), min_size=4, max_size=4), min_size=1, max_size=4),
    st.lists(st.integers(-1, 10), max_size=9),
    st.integers(0, 99),
)
def test_the_compiled_pass_finds_what_plain_python_finds(
    lengths: list[list[int]], terms: list[int], seed: int
) -> None:
    texts = archive(lengths, seed)
    found = field_features(texts, np.arange(len(lengths)), query_of(terms))
    for article, row in enumerate(found.tolist()):
        expected = by_hand(texts, article, terms)
        assert dict(zip(FIELD_FEATURES, row, strict=True)) == pytest.approx(expected, abs=2e-4)


def test_bounds_and_terms_beyond_the_arrays_are_passed_over() -> None:
    texts = archive([[5, 5, 5, 20], [3, 3, 3, 9]], 1)
    query, articles = query_of([3, 4, 5, 3]), np.arange(2)
    texts.tokens[7] = 4_000_000_000
    for at in range(texts.bounds.size):
        for damaged in (-5, 1 << 40, 0, 50, -(1 << 62)):
            bounds = texts.bounds.copy()
            bounds.flat[at] = damaged
            torn = ForwardIndex(
                texts.tokens, bounds, texts.weights, texts.mean_lengths, texts.short_weights
            )
            assert field_features(torn, articles, query).shape == (2, len(FIELD_FEATURES))
