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
from index.lexical.postings import Postings

MAX_CHARACTERS = 1_000  # of a query or text that count


def build_char_ngrams(texts: Sequence[str], idf: NDArray[np.float32] | None = None) -> Postings:
    """Return the embeddings of ``texts`` as postings; weights float32, each text of length 1.

    The postings' own ``df`` is what ``char_ngram_query`` needs; an empty text has no entries.
    ``idf`` float32 [``N_BUCKETS``] is that of other texts, by default of these.
    """
    buckets, ends = ngram_buckets([_content_for_ngrams(text) for text in texts])
    entries = np.repeat(np.arange(len(texts)), np.diff(ends, prepend=0))
    # By bucket, then by text; each pair once with its count.
    keys, counts = np.unique(buckets.astype(np.int64) * len(texts) + entries, return_counts=True)
    bucket_of, entry_of = np.divmod(keys, max(len(texts), 1))
    df = np.bincount(bucket_of, minlength=N_BUCKETS)
    if idf is None:
        idf = idf_lucene(df, len(texts))
    weights = (1.0 + np.log(counts.astype(np.float32))) * idf[bucket_of]
    norms = np.sqrt(np.bincount(entry_of, weights**2, minlength=len(texts)))
    weights /= np.maximum(norms, 1e-9)[entry_of]
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(df)))
    return Postings(starts, entry_of.astype(np.uint32), weights.astype(np.float32))


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
