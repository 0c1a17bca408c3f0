"""Postings of articles: the four that every index has, of a build and of what came after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.lexical.char_ngrams import build_char_ngrams
from index.lexical.postings import Postings, build_postings

K1, B = 1.5, 0.75  # of BM25
_FIELDS = {"all": 4, "short": 3}  # postings of words → how many of the four fields they cover
_NGRAM_FIELDS = ("ngrams-headline", "ngrams-claim")


def article_postings(
    tokens: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    n_terms: int,
    short_texts: Sequence[Sequence[str]],
    mean_lengths: Mapping[str, float] | None = None,
    idf: Mapping[str, NDArray[np.float32]] | None = None,
) -> Iterator[tuple[str, Postings]]:
    """Yield the postings of articles with their names, see ``stored_postings.POSTINGS``.

    Each is made when it is asked for, so that one after the other is in memory.

    Parameters
    ----------
    tokens, bounds
        The forward index: uint32, and int64 [n_articles, 5].
    n_terms
        Every term is below.
    short_texts
        The headlines, and the claims, of all articles.
    mean_lengths
        By name, the lengths that lengths are compared with; None: the means of these articles.
    idf
        By name, the weights of n-grams, float32; None: those of these articles.
    """
    for name, n_fields in _FIELDS.items():
        mean = None if mean_lengths is None else mean_lengths[name]
        yield name, build_postings(tokens, bounds[:, [0, n_fields]], n_terms, K1, B, mean)
    for name, texts in zip(_NGRAM_FIELDS, short_texts, strict=True):
        yield name, build_char_ngrams(texts, None if idf is None else idf[name])


def mean_article_lengths(bounds: NDArray[np.int64]) -> dict[str, float]:
    """Return the mean length of articles in terms by name of their postings, 0 for none.

    As ``build_postings`` takes it: the mean of 32-bit lengths.
    """
    if not len(bounds):
        return dict.fromkeys(_FIELDS, 0.0)
    return {
        name: float((bounds[:, n_fields] - bounds[:, 0]).astype(np.float32).mean())
        for name, n_fields in _FIELDS.items()
    }
