"""Law: a query is embedded as the texts are, by the same runs of letters in the same buckets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import words
from index.lexical.bm25 import idf_lucene
from index.lexical.char_ngrams import N_BUCKETS, build_char_ngrams, char_ngram_query, vectorizer
from index.lexical.postings import sum_postings

ONES = np.ones(N_BUCKETS, np.float32)


@given(st.text(max_size=80))
def test_the_buckets_of_a_query_are_those_of_the_vectorizer(text: str) -> None:
    telling = " ".join(word for word in words(text) if word not in STOPWORDS)
    row = vectorizer.transform([telling])
    buckets, [weights] = char_ngram_query(text, ONES)
    assert buckets.tolist() == row.indices.tolist()
    counts = 1.0 + np.log(row.data)
    np.testing.assert_allclose(weights, counts / max(np.linalg.norm(counts), 1e-9), rtol=1e-5)


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
