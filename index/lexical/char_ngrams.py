"""Character n-grams: TF-IDF embeddings of short texts, so that a misspelt or inflected word counts.

The embeddings are stored as postings, so that the cosines of a query with every text are one pass
over the n-grams of the query.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import words
from index.lexical.bm25 import idf_lucene
from index.lexical.ngram_hashing import N_BUCKETS, ngram_buckets
from index.lexical.postings import Postings, blocks_of, count_terms

MAX_CHARACTERS = 1_000  # of a query or text that count


def build_char_ngrams(texts: Sequence[str], idf: NDArray[np.float32] | None = None) -> Postings:
    """Return the embeddings of ``texts`` as postings; weights float32, each text of length 1.

    The postings' own ``df`` is what ``char_ngram_query`` needs; an empty text has no entries.
    ``idf`` float32 [``N_BUCKETS``] is that of other texts, by default of these.
    """
    buckets, ends = ngram_buckets([_content_for_ngrams(text) for text in texts])
    begins = np.concatenate((np.zeros(1, np.int64), ends))
    starts, entries, weights = count_terms(
        buckets, np.column_stack((begins[:-1], begins[1:])), N_BUCKETS
    )
    if idf is None:
        idf = idf_lucene(np.diff(starts), len(texts))
    squares = np.zeros(len(texts))
    for part in blocks_of(len(entries)):
        numbers = np.arange(part.start, part.stop)
        bucket_of = np.searchsorted(starts, numbers, side="right") - 1
        weights[part] = (1.0 + np.log(weights[part])) * idf[bucket_of]
        squares += np.bincount(entries[part], weights[part] ** 2, minlength=len(texts))
    norms = np.maximum(np.sqrt(squares), 1e-9)
    for part in blocks_of(len(entries)):
        weights[part] /= norms[entries[part]]
    return Postings(starts, entries, weights)


def char_ngram_query(
    text: str, *idfs: NDArray[np.float32]
) -> tuple[NDArray[np.uint32], list[NDArray[np.float32]]]:
    """Return the buckets of ``text``, and for each of ``idfs`` their weights, of length 1."""
    found, _ = ngram_buckets([_content_for_ngrams(text)])
    buckets, counts = np.unique(found, return_counts=True)
    damped = 1.0 + np.log(counts.astype(np.float32))
    weighted = []
    for idf in idfs:
        weights = damped * idf[buckets]
        norm = float(np.sqrt(weights @ weights))
        weighted.append((weights / max(norm, 1e-9)).astype(np.float32))
    return buckets, weighted


def _content_for_ngrams(text: str) -> str:
    return " ".join(word for word in words(text[:MAX_CHARACTERS]) if word not in STOPWORDS)
