"""Retrieval: candidates by words, character n-grams and embeddings; their features and scores."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.web_addresses import is_web_post
from index.dense.encoded_text import CANDIDATE_FIELD, ENCODED_FIELDS, encoded_query
from index.dense.encoder import Encoder
from index.lexical.char_ngrams import char_ngram_query
from index.lexical.phrase_match import Mask
from index.lexical.top_k import top_k
from index.query.query_terms import query_terms
from index.query.rewriting import RewrittenQuery
from index.ranking.features import FEATURES, candidate_features
from index.ranking.linear_ranker import SHIPPED, SHIPPED_NEURAL, LinearRanker
from index.search.reader import IndexReader

SHORT_WEIGHT = 0.2  # headline, claim and summary against all text; benchmarks/README.md
N_BY_WORDS = 50  # candidates by BM25 for each word of a query; benchmarks/README.md
N_BY_NGRAMS = 50  # candidates by character n-grams of headlines, and as many of claims
N_BY_EMBEDDINGS = 50  # candidates by embeddings
MIN_COSINE = 0.15  # below, texts share character n-grams by chance
MATCHING_COSINE = 0.5  # of n-grams or embeddings: a match without a common word
SIMILAR_WINDOW = 0.6  # cosine of a window by word vectors: other words that say the same
_WORD_VECTORS = FEATURES.index("word vectors")
_NGRAM_POSTINGS = ("ngrams-headline", "ngrams-claim")


@dataclass(frozen=True, eq=False, slots=True)
class Candidates:
    """The articles worth ranking for a query.

    ``rows`` int64 [n] ascending: their rows in the index; ``features`` float32 [n, len(FEATURES)];
    ``bm25`` float32 [n_articles], 0 where an article shares no word with the query, of all articles
    whether they may be found or not; ``matching`` bool [n_articles]: which articles share a word,
    or are close enough by n-grams or embeddings, and may be found; ``similar`` bool [n_articles]:
    those of them that say the same in whatever words;
    ``by_embeddings``: whether embeddings were compared.
    """

    rows: NDArray[np.int64]
    features: NDArray[np.float32]
    bm25: NDArray[np.float32]
    matching: Mask
    similar: Mask
    by_embeddings: bool


class Retrieval:
    """Finds and scores the candidates of a query; safe for any number of threads."""

    def __init__(self, reader: IndexReader, ranker: LinearRanker | None = None) -> None:
        """``ranker`` defaults to the shipped weights for an index with or without an encoder."""
        self.reader = reader
        self._rewriter = reader.query_rewriter()
        by_words = LinearRanker.load(SHIPPED)
        by_embeddings = LinearRanker.load(SHIPPED_NEURAL) if reader.encoder else by_words
        self._word_weights = (ranker or by_words).vector(FEATURES)
        self._embedding_weights = (ranker or by_embeddings).vector(FEATURES)

    @classmethod
    def open(
        cls, folder: Path, encoder: Encoder | None = None, ranker: LinearRanker | None = None
    ) -> Self:
        """Return the retrieval of a generation.

        Parameters
        ----------
        folder
            The generation.
        encoder
            Used if the index was built with the same one.
        ranker
            The ranking model, the shipped one by default.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        return cls(IndexReader(folder, encoder), ranker)

    def of_reader(self, reader: IndexReader) -> Self:
        """Return the retrieval of another reader of this generation, with the same ranking."""
        other = copy(self)
        other.reader = reader
        other._rewriter = reader.query_rewriter()
        return other

    def rewrite(self, text: str) -> RewrittenQuery:
        """Return ``text`` with misspelt words corrected, without an operator's synonyms."""
        return self._rewriter.rewrite(text)

    def candidates(self, query: RewrittenQuery, allowed: Mask | None = None) -> Candidates:
        """Return the candidates of a query with their features; none when nothing matches.

        ``allowed`` bool [n_articles] says which articles may be found, all without it.
        """
        reader = self.reader
        terms = query_terms(
            query.text,
            query.stopwords,
            reader.terms,
            reader.idf["all"],
            reader.prefix_groups,
            query.language,
        )
        bm25 = query_bm25(reader, query)
        ngrams = self._retrieved_ngram_cosines(query.text)
        # A query in another language than most articles shares few words with its answer.
        is_foreign = query.is_foreign or query.language != reader.languages[0]
        vector = self._embedding_for_retrieval(query.text, is_foreign)
        leads = [] if vector is None else [reader.embedding_cosines(CANDIDATE_FIELD, vector)]
        best = (
            top_k(bm25, N_BY_WORDS * terms.reach, allowed=allowed),
            *(top_k(cosines, N_BY_NGRAMS, MIN_COSINE, allowed) for cosines in ngrams),
            *(top_k(cosines, N_BY_EMBEDDINGS, allowed=allowed) for cosines in leads),
        )
        chosen = np.zeros(len(reader), np.bool_)
        for found in best:
            chosen[found] = True
        rows = np.flatnonzero(chosen)
        near = []
        if vector is not None:
            near = [reader.embedding_cosines(f, vector, rows) for f in ENCODED_FIELDS]
        measured = candidate_features(
            terms,
            rows,
            [bm25[rows], *(_retrieved_above_chance(cosines[rows]) for cosines in ngrams)],
            near,
            reader,
        )
        similar = np.zeros(len(reader), np.bool_)
        for cosines in (*ngrams, *leads):
            similar |= cosines >= MATCHING_COSINE
        for cosines in near:
            similar[rows] |= cosines >= MATCHING_COSINE
        matching = (bm25 > 0.0) | similar
        if allowed is not None:
            matching &= allowed
            similar &= allowed
        similar[rows] |= measured[:, _WORD_VECTORS] >= SIMILAR_WINDOW
        return Candidates(rows, measured, bm25, matching, similar, vector is not None)

    def score(self, found: Candidates) -> NDArray[np.float32]:
        """Return the score of each candidate by the ranking model, float32 [n]."""
        scores: NDArray[np.float32] = found.features @ self._retrieval_weights(found)
        return scores

    def contributions(
        self, found: Candidates, candidate: int
    ) -> tuple[dict[str, float], dict[str, float]]:
        """Return the features of a candidate by name, and what each adds to its score."""
        values = found.features[candidate]
        contributions = (values * self._retrieval_weights(found)).tolist()
        return (
            dict(zip(FEATURES, values.tolist(), strict=True)),
            dict(zip(FEATURES, contributions, strict=True)),
        )

    def _retrieval_weights(self, found: Candidates) -> NDArray[np.float32]:
        return self._embedding_weights if found.by_embeddings else self._word_weights

    def _retrieved_ngram_cosines(self, text: str) -> list[NDArray[np.float32]]:
        """Return the n-gram cosine of ``text`` with headline and claim of every article."""
        reader = self.reader
        buckets, weighted = char_ngram_query(text, *(reader.idf[name] for name in _NGRAM_POSTINGS))
        cosines = []
        for name, weights in zip(_NGRAM_POSTINGS, weighted, strict=True):
            cosines.append(np.zeros(len(reader), np.float32))
            reader.add_scores(name, buckets, weights, cosines[-1])
        return cosines

    def _embedding_for_retrieval(self, text: str, always: bool) -> NDArray[np.float32] | None:
        """Return the vector of ``text``, None where embeddings are not compared.

        Those of long articles are compared with posts only, unless ``always``.
        """
        reader = self.reader
        if reader.encoder is None or (reader.mostly_long and not always and not is_web_post(text)):
            return None
        [vector] = reader.encoder.encode([encoded_query(text)], kind="query")
        return np.asarray(vector, np.float32)


def query_bm25(reader: IndexReader, query: RewrittenQuery) -> NDArray[np.float32]:
    """Return the BM25 of every article for a query, float32 [n], 0 where nothing matches."""
    typed = reader.informative_terms(query.text, query.stopwords, query.language)
    weights = dict.fromkeys(typed, 1.0)
    for term, weight in query.added.items():
        if term in reader.terms:
            weights.setdefault(term, weight)
    return bm25_scores(reader, weights)


def bm25_scores(reader: IndexReader, term_weights: Mapping[str, float]) -> NDArray[np.float32]:
    """Return the BM25 of every article for known terms with their weights, float32 [n].

    Headline, claim and summary count once more, with ``SHORT_WEIGHT``.
    """
    ids = np.array([reader.terms.id(term) for term in term_weights], np.uint32)
    each = np.fromiter(term_weights.values(), np.float32, len(term_weights))
    scores = np.zeros(len(reader), np.float32)
    for name, weight in (("all", 1.0), ("short", SHORT_WEIGHT)):
        weights = (reader.idf[name][ids] * each * weight).astype(np.float32)
        reader.add_scores(name, ids, weights, scores)
    return scores


def _retrieved_above_chance(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.where(cosines > MIN_COSINE, cosines, np.float32(0.0))
