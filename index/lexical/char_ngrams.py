"""TF-IDF embeddings of short texts by their letters, so that a misspelt or inflected word counts.

scikit-learn cuts words into runs of 3 to 5 letters and hashes them: no vocabulary to keep, and a
new article needs no new fit. The embeddings are stored term by term, as postings, so that the
cosines of a query with every text are one pass over the runs that the query holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.utils import murmurhash3_32

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import words
from index.lexical.bm25 import idf_lucene
from index.lexical.postings import Postings

N_BUCKETS = 1 << 18
LONGEST = 1_000  # characters of a query or text that count

vectorizer = HashingVectorizer(
    analyzer="char_wb",
    ngram_range=(3, 5),
    n_features=N_BUCKETS,
    alternate_sign=False,
    norm=None,
    lowercase=False,
    dtype=np.float32,
)
_runs = vectorizer.build_analyzer()


def build_char_ngrams(texts: Sequence[str]) -> Postings:
    """Return the embeddings of ``texts`` as postings; weights float32, each text of length 1.

    The postings' own ``df`` is what ``char_ngram_query`` needs; an empty text has no entries.
    """
    counts = _counts(texts)
    columns = counts.tocsc()
    columns.sort_indices()
    starts = columns.indptr.astype(np.int64)
    idf = idf_lucene(np.diff(starts), len(texts))
    weights = (1.0 + np.log(columns.data)) * np.repeat(idf, np.diff(starts))
    norms = np.sqrt(np.bincount(columns.indices, weights**2, minlength=len(texts)))
    weights /= np.maximum(norms, 1e-9)[columns.indices]
    return Postings(starts, columns.indices.astype(np.uint32), weights.astype(np.float32))


def char_ngram_query(
    text: str, *idfs: NDArray[np.float32]
) -> tuple[NDArray[np.uint32], list[NDArray[np.float32]]]:
    """Return the buckets of ``text``, and for each of ``idfs`` their weights, of length 1."""
    counts = Counter(chain.from_iterable(map(_buckets, _telling(text))))
    buckets = np.array(sorted(counts), np.uint32)
    damped = 1.0 + np.log(np.array([counts[bucket] for bucket in buckets.tolist()], np.float32))
    weighted = []
    for idf in idfs:
        weights = damped * idf[buckets]
        norm = float(np.sqrt(weights @ weights))
        weighted.append((weights / max(norm, 1e-9)).astype(np.float32))
    return buckets, weighted


@lru_cache(maxsize=1 << 16)
def _buckets(word: str) -> tuple[int, ...]:
    """Return the buckets that the vectorizer has; for one word that takes twice as long."""
    return tuple(abs(murmurhash3_32(run)) % N_BUCKETS for run in _runs(word))


def _counts(texts: Sequence[str]) -> csr_array:
    if not texts:  # which the vectorizer refuses
        return csr_array(np.zeros((0, N_BUCKETS), np.float32))
    return csr_array(vectorizer.transform(" ".join(_telling(text)) for text in texts))


def _telling(text: str) -> list[str]:
    return [word for word in words(text[:LONGEST]) if word not in STOPWORDS]
