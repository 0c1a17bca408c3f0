"""Relevance floor: what shares a word with a search by chance is not shown as an answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import words
from index.lexical.bm25 import idf_lucene
from index.lexical.phrase_match import Mask
from index.query.rewriting import RewrittenQuery
from index.search.reader import MAX_INFORMATIVE_TERMS, IndexReader

FoundBy = Literal["all words", "some words", "meaning", "filters"]

# An article is shown where it holds words of the query that weigh at least as much as 1.2 of its
# words on average, and four fifths of a query of one word: benchmarks/README.md, "Floor".
MIN_AVERAGE_WORDS = 1.2
MAX_MIN_SHARE = 0.8
MIN_TYPED_SHARE = 0.2  # of a query that somebody typed; a pasted text has much beside its matter
MAX_TYPED_WORDS = 12
ALL_WORDS = 0.999  # of the weight: sums of 32-bit numbers


@dataclass(frozen=True, eq=False, slots=True)
class Coverage:
    """How much of a query each article holds.

    ``share`` float32 [n_articles]: of the idf of the query's words, those that no article has
    counting as the rarest; ``minimum``: the share from which an article is shown.
    """

    share: NDArray[np.float32]
    minimum: float

    def is_enough(self) -> Mask:
        """Return which articles hold enough of the query to be shown, bool [n_articles]."""
        return self.share >= self.minimum

    def found_by(self, row: int) -> FoundBy:
        """Return how much of the query an article holds."""
        share = float(self.share[row])
        if share >= ALL_WORDS:
            return "all words"
        return "some words" if share >= self.minimum else "meaning"


def query_coverage(reader: IndexReader, query: RewrittenQuery) -> Coverage:
    """Return how much of a query each article holds.

    Parameters
    ----------
    reader
        The index.
    query
        Rewritten: corrected words count as corrected, added terms as words of the query.
    """
    term_of = reader.terms.term_of
    informative = dict.fromkeys(words(query.text, query.language))
    spelt = dict.fromkeys(term_of(word) for word in informative if word not in query.stopwords)
    known = [term for term in spelt if term in reader.terms][:MAX_INFORMATIVE_TERMS]
    n_unknown = sum(term not in reader.terms for term in spelt)
    n_words = len(known) + n_unknown
    unknown = float(idf_lucene(np.zeros(1, np.int64), len(reader))[0]) * n_unknown
    typed = sum(reader.idf_of(term) for term in known)
    added = [term for term in query.added if term in reader.terms and term not in spelt]
    ids = np.array([reader.terms.id(term) for term in (*known, *added)], np.uint32)
    mass = np.zeros(len(reader), np.float32)
    reader.add_presence(ids, reader.idf["all"][ids], mass)
    mass /= np.float32(max(typed + unknown, 1e-9))
    np.minimum(mass, np.float32(1.0), out=mass)
    return Coverage(
        mass,
        min(
            MAX_MIN_SHARE,
            max(
                MIN_AVERAGE_WORDS / max(n_words, 1), (n_words <= MAX_TYPED_WORDS) * MIN_TYPED_SHARE
            ),
        ),
    )
