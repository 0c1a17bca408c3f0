"""Law: the buckets are those of scikit-learn's vectoriser, for any words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.utils import murmurhash3_32

from index.lexical.ngram_hashing import MAX_N, MIN_N, N_BUCKETS, ngram_buckets

VECTORIZER = HashingVectorizer(
    analyzer="char_wb",
    ngram_range=(MIN_N, MAX_N),
    n_features=N_BUCKETS,
    alternate_sign=False,
    norm=None,
    lowercase=False,
    dtype=np.float32,
)
WORD = st.text(
    st.characters(exclude_categories=("Z", "C")) | st.sampled_from("abcé日😀"), min_size=1
)


def test_an_ngram_has_the_bucket_of_its_murmur_hash() -> None:
    buckets, ends = ngram_buckets(["ab"])
    ngrams = (" ab", "ab ", " ab ")
    assert buckets.tolist() == [abs(murmurhash3_32(ngram)) % N_BUCKETS for ngram in ngrams]
    assert ends.tolist() == [3]


@given(st.lists(st.lists(WORD, max_size=6).map(" ".join), min_size=1, max_size=5))
def test_buckets_and_their_counts_are_those_of_the_vectoriser(texts: list[str]) -> None:
    buckets, ends = ngram_buckets(texts)
    expected = VECTORIZER.transform(texts)
    for row, found in enumerate(np.split(buckets, ends[:-1])):
        distinct, counts = np.unique(found, return_counts=True)
        assert distinct.tolist() == expected[[row]].indices.tolist()
        assert counts.tolist() == expected[[row]].data.tolist()


@pytest.mark.parametrize(("word", "n_ngrams"), [("a", 1), ("ab", 3), ("abc", 6), ("abcdef", 15)])
def test_a_short_word_is_counted_once_as_a_whole(word: str, n_ngrams: int) -> None:
    assert len(ngram_buckets([word])[0]) == n_ngrams


def test_empty_texts_have_no_ngrams() -> None:
    assert ngram_buckets([])[0].size == 0
    buckets, ends = ngram_buckets(["", "a", ""])
    assert len(buckets) == 1
    assert ends.tolist() == [0, 1, 1]
