"""Content of articles against plain Python and NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from recommender.related.content import (
    ABOUT_POWER,
    DETAIL_POWER,
    HEADLINE_MASK,
    LEAD_SHIFT,
    MAX_COUNT,
    MAX_LEAD_TERMS,
    MAX_NEAR,
    N_ABOUT,
    N_DETAIL,
    Bytes,
    Content,
    Terms,
    article_contents,
    content_norms,
    content_salience,
    content_saliences,
    damped_content_count,
    shared_content_terms,
)

N_TERMS = 12
STOP = np.arange(N_TERMS) < 2
IDF = np.where(STOP, 0.0, np.linspace(0.5, 6.0, N_TERMS)).astype(np.float32)
NO_KEYS = np.zeros(0, np.uint64)
PUBLISHER, OWN_TERM, LABEL_TERM = 3, 4, 5
OWN = np.array([(PUBLISHER << 32) + OWN_TERM], np.uint64)
LABELS = np.array([(PUBLISHER << 32) + LABEL_TERM], np.uint64)
ARTICLES = st.lists(
    st.tuples(
        st.lists(st.integers(0, N_TERMS - 1), max_size=20),
        st.lists(st.integers(0, N_TERMS - 1), max_size=300),
    ),
    max_size=4,
)
Articles = list[tuple[list[int], list[int]]]
Held = tuple[NDArray[np.int64], Terms, Bytes, Bytes]


def contents_of(
    articles: Articles, publisher: int = PUBLISHER, own: NDArray[np.uint64] = OWN
) -> Held:
    tokens = np.array([t for headline, body in articles for t in [*headline, *body]], np.uint32)
    ends = np.cumsum([0, *(len(headline) + len(body) for headline, body in articles)])
    bounds = np.array(
        [
            [start, *[start + len(headline)] * 3, end]
            for start, end, (headline, _) in zip(ends[:-1], ends[1:], articles, strict=True)
        ],
        np.int64,
    ).reshape(-1, 5)
    by = np.full(len(articles), publisher, np.int64)
    return article_contents(tokens, bounds, by, STOP, NO_KEYS, own, LABELS)


@given(ARTICLES, st.sampled_from([PUBLISHER, 0, -1]))
def test_contents_are_those_of_plain_python(articles: Articles, publisher: int) -> None:
    starts, terms, counts, near = contents_of(articles, publisher)
    assert starts[0] == 0
    assert len(starts) == len(articles) + 1
    for article, (headline, body) in enumerate(articles):
        here = slice(starts[article], starts[article + 1])
        expected: dict[int, list[int]] = {}
        for at, term in enumerate([*headline, *body]):
            if STOP[term] or (publisher == PUBLISHER and term == OWN_TERM):
                continue
            one = expected.setdefault(term, [0, 0, 0])
            label = publisher == PUBLISHER and term == LABEL_TERM
            one[0] += 1
            one[1] += at < len(headline) and not label
            one[2] += at < MAX_LEAD_TERMS
        assert terms[here].tolist() == list(expected)
        for found, limit, place in (
            (counts[here], MAX_COUNT, 0),
            (near[here] & HEADLINE_MASK, MAX_NEAR, 1),
            (near[here] >> LEAD_SHIFT, MAX_NEAR, 2),
        ):
            assert found.tolist() == [min(one[place], limit) for one in expected.values()]


def test_occurrences_beyond_a_byte_or_four_bits_count_no_more() -> None:
    _, _, counts, near = contents_of([([7] * 40, [7] * 400)])
    assert counts.tolist() == [MAX_COUNT]
    assert near.tolist() == [MAX_NEAR << LEAD_SHIFT | MAX_NEAR]


def test_an_own_word_counts_in_the_articles_of_others() -> None:
    articles: Articles = [([OWN_TERM, 7], [8])]
    assert contents_of(articles)[1].tolist() == [7, 8]
    assert contents_of(articles, 0)[1].tolist() == [OWN_TERM, 7, 8]
    assert contents_of(articles, -1)[1].tolist() == [OWN_TERM, 7, 8]


def test_stop_words_alone_are_no_content() -> None:
    held = contents_of([([0, 1], [1, 0, 1])])
    assert held[0].tolist() == [0, 0]
    np.testing.assert_array_equal(content_norms(*held, IDF), np.zeros((1, 7)))


@given(ARTICLES)
def test_norms_are_those_of_numpy(articles: Articles) -> None:
    starts, terms, counts, near = contents_of(articles)
    found = content_norms(starts, terms, counts, near, IDF)
    assert found.shape == (len(articles), 7)
    for article in range(len(articles)):
        here = slice(starts[article], starts[article + 1])
        idf = IDF[terms[here]].astype(np.float64)
        tf, place = counts[here], near[here]
        fields = [tf, place >> LEAD_SHIFT, place & HEADLINE_MASK]
        lengths = [np.linalg.norm(np.sqrt(idf) * log_counts(field)) for field in fields]
        np.testing.assert_allclose(found[article, :3], lengths, rtol=1e-5)
        for column, k, power in ((3, N_ABOUT, ABOUT_POWER), (5, N_DETAIL, DETAIL_POWER)):
            places = 1.0 + (fields[2] > 0) + (fields[1] > 0)
            values = np.sort(log_counts(tf) * idf**power * places)[::-1]
            least = values[min(k, len(values)) - 1] if len(values) else 0.0
            assert found[article, column] == pytest.approx(least, rel=1e-5)
            total = values[values >= least * (1.0 - 1e-6)].sum()
            assert found[article, column + 1] == pytest.approx(total, rel=1e-5)


def log_counts(counts: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
    return np.where(counts > 0, 1.0 + np.log(np.maximum(counts, 1).astype(np.float64)), 0.0)


def test_only_the_most_salient_terms_of_a_long_article_count() -> None:
    n = N_DETAIL + 50
    terms, counts = np.arange(n, dtype=np.uint32), np.ones(n, np.uint8)
    idf = np.linspace(1.0, 9.0, n).astype(np.float32)
    starts = np.array([0, n], np.int64)
    found = content_norms(starts, terms, counts, np.zeros(n, np.uint8), idf)[0]
    assert found[3] == pytest.approx(idf[-N_ABOUT] ** ABOUT_POWER, rel=1e-5)
    assert found[4] == pytest.approx((idf[-N_ABOUT:] ** ABOUT_POWER).sum(), rel=1e-5)
    assert found[5] == pytest.approx(idf[-N_DETAIL] ** DETAIL_POWER, rel=1e-5)
    assert found[6] == pytest.approx((idf[-N_DETAIL:] ** DETAIL_POWER).sum(), rel=1e-5)


def test_salience_grows_with_headline_and_lead() -> None:
    assert damped_content_count(0) == 0.0
    assert damped_content_count(1) == 1.0
    assert damped_content_count(4) == pytest.approx(1.0 + np.log(4.0))
    body, lead, both = 0, 1 << LEAD_SHIFT, 1 << LEAD_SHIFT | 1
    assert content_salience(1, body, 4.0, 0.5) == pytest.approx(2.0)
    assert content_salience(1, lead, 4.0, 0.5) == pytest.approx(4.0)
    assert content_salience(1, both, 4.0, 0.5) == pytest.approx(6.0)
    assert content_salience(3, both, 0.0, 0.5) == 0.0


def test_saliences_of_many_terms_are_those_of_each() -> None:
    rng = np.random.default_rng(1)
    terms = rng.permutation(N_TERMS).astype(np.uint32)
    counts = rng.integers(1, 9, N_TERMS).astype(np.uint8)
    near = rng.integers(0, 256, N_TERMS).astype(np.uint8)
    expected = [
        content_salience(int(tf), int(place), float(IDF[term]), DETAIL_POWER)
        for term, tf, place in zip(terms, counts, near, strict=True)
    ]
    np.testing.assert_allclose(content_saliences(terms, counts, near, IDF), expected, rtol=1e-6)


def content(terms: list[int], counts: list[int], near: list[int]) -> Content:
    return Content(
        np.array(terms, np.uint32),
        np.array(counts, np.uint8),
        np.array(near, np.uint8),
        np.zeros(7, np.float32),
    )


def test_shared_terms_are_the_most_salient_of_both_first() -> None:
    in_lead = 1 << LEAD_SHIFT
    one = content([9, 4, 11, 6], [1, 5, 1, 1], [0, in_lead, 0, 0])
    other = content([6, 11, 4, 10], [1, 1, 5, 9], [0, 0, in_lead, in_lead])
    assert shared_content_terms(one, other, IDF, 5) == [4, 11, 6]
    assert shared_content_terms(other, one, IDF, 2) == [4, 11]
    assert shared_content_terms(one, other, IDF, 0) == []
    assert shared_content_terms(one, content([10], [1], [0]), IDF, 5) == []
