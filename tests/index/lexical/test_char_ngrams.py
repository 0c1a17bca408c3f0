"""Law: a query is embedded as the texts are, by the same runs of letters in the same buckets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.preprocessing import normalize

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import words
from index.lexical.bm25 import idf_lucene
from index.lexical.char_ngrams import build_char_ngrams, char_ngram_query
from index.lexical.ngram_hashing import N_BUCKETS, ngram_buckets
from index.lexical.postings import sum_postings
from tests.index.lexical.test_ngram_hashing import VECTORIZER

ONES = np.ones(N_BUCKETS, np.float32)


@given(st.text(max_size=80))
def test_a_query_is_weighted_as_the_formula_says(text: str) -> None:
    content = " ".join(word for word in words(text) if word not in STOPWORDS)
    expected = dict(zip(*np.unique(ngram_buckets([content])[0], return_counts=True), strict=True))
    buckets, [weights] = char_ngram_query(text, ONES)
    assert buckets.tolist() == sorted(expected)
    damped = 1.0 + np.log(np.array([expected[bucket] for bucket in buckets], np.float64))
    norm = max(float(np.linalg.norm(damped)), 1e-9)
    np.testing.assert_allclose(weights, damped / norm, rtol=1e-5)


@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_texts_are_embedded_as_scikit_learn_does(texts: list[str]) -> None:
    """TF-IDF with sublinear counts, idf in Lucene's form, each text of length 1."""
    content = [" ".join(w for w in words(text) if w not in STOPWORDS) for text in texts]
    counts = VECTORIZER.transform(content)
    postings = build_char_ngrams(texts)
    counts.data = 1.0 + np.log(counts.data)
    idf = idf_lucene(np.bincount(counts.indices, minlength=N_BUCKETS), len(texts))
    expected = normalize(counts.multiply(idf)).tocsc()
    expected.sort_indices()
    assert postings.starts.tolist() == expected.indptr.tolist()
    assert postings.entries.tolist() == expected.indices.tolist()
    np.testing.assert_allclose(postings.weights, expected.data, rtol=1e-5)


def test_a_text_is_as_close_to_itself_as_can_be_and_a_misspelt_one_nearly() -> None:
    texts = ["Vaccines cause magnetism", "Wolves seen in the harbour", ""]
    postings = build_char_ngrams(texts)
    for query, least in (("vaccines cause magnetism", 0.999), ("vacines cause magnetizm", 0.4)):
        buckets, [weights] = char_ngram_query(query, idf_lucene(postings.df, len(texts)))
        cosines = np.zeros(3, np.float32)
        sum_postings(postings.starts, postings.entries, postings.weights, buckets, weights, cosines)
        assert least < cosines[0] <= 1.0 + 1e-5
        assert cosines[1:].tolist() == pytest.approx([0.0, 0.0], abs=0.1)


def test_a_query_of_stop_words_has_no_buckets() -> None:
    buckets, [weights] = char_ngram_query("the of and", ONES)
    assert buckets.size == weights.size == 0
