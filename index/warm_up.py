"""Compilation ahead of use: every compiled function of the index, by indexing a few articles.

The real code runs on a tiny archive, so what is compiled is what serving calls, with the same types
of arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from corpus.models import Article, Section
from index.autocomplete.completions import CompletionIndex
from index.build import build_index
from index.dense.int8_vectors import Int8Vectors
from index.dense.static_embeddings import StaticEmbeddings
from index.query.query_terms import query_terms
from index.ranking.field_features import field_features
from index.ranking.window_similarity import WindowSimilarity
from index.search.retrieval import Retrieval
from index.search.searcher import Searcher
from index.storage.generation_format import seal_generation
from index.terms.forward_index import ForwardIndex
from index.terms.prefix_groups import PrefixGroups
from index.terms.term_dictionary import TermDictionary
from index.terms.token_interner import TokenInterner
from index.types import SearchRequest

N_TOKENS = 2_000  # more than an interner has room for at first, so that it grows
DIMENSION = 8  # of the vectors; machine code is the same for any

ARTICLES = tuple(
    Article(
        id=f"warm-up-{n}",
        headline=f"Does {what} cure headaches?",
        claim=f"{what.capitalize()} cures every headache.",
        summary=f"No study of {what} found an effect on headaches.",
        sections=(Section("", f"Headaches have many causes. {what.capitalize()} treats none."),),
        followups=(f"What causes headaches after {what}?",),
    )
    for n, what in enumerate(("ginger", "peppermint", "chocolate"))
)
QUERIES = (
    "does ginger cure headaches",
    '"many causes" headaches -chocolate',
    "pepermint headaches",  # is corrected
    "headaches cho*",
)


class RowEmbeddings(StaticEmbeddings):
    """Vectors of words without a file."""

    def __init__(self) -> None: ...

    def vectors(self, words: Sequence[str]) -> NDArray[np.float32]:
        rows = np.arange(len(words) * DIMENSION).reshape(len(words), DIMENSION)
        return np.asarray(np.cos(rows) / np.sqrt(DIMENSION), np.float32)


def compile_indexing() -> None:
    """Compile what building an index and completing a query call, as far as it is not cached."""
    with _warm_up_index() as folder:
        completions = CompletionIndex.open(folder)
        for typed in ("does g", "headaches peppremint"):
            completions.complete(typed)
    TokenInterner().number([" ".join(map(str, range(N_TOKENS)))])


def compile_ranking() -> None:
    """Compile what measures the candidates of a query, as far as it is not cached."""
    dictionary = TermDictionary(("ginger", "headach"))
    weights = np.ones(len(dictionary), np.float32)
    texts = ForwardIndex.of(np.array([0, 1], np.uint32), np.array([[0, 1, 1, 1, 2]]), weights)
    groups = PrefixGroups.of(dictionary.terms)
    query = query_terms("ginger headaches", frozenset(), dictionary, weights, groups)
    candidates = np.zeros(1, np.int64)
    field_features(texts, candidates, query)
    vectors = Int8Vectors.of(RowEmbeddings().vectors(dictionary.terms))
    WindowSimilarity.build(vectors, texts).best(query.known, candidates, texts)
    vectors.cosines(np.ones(DIMENSION, np.float32))


def compile_search() -> None:
    """Compile what is left of a search, as far as it is not cached."""
    with _warm_up_index() as folder:
        searcher = Searcher(Retrieval.open(folder))
        for query in QUERIES:
            searcher.search(SearchRequest(query))


@contextmanager
def _warm_up_index() -> Iterator[Path]:
    with TemporaryDirectory(prefix="divedeeper-") as name:
        folder = Path(name)
        build_index(ARTICLES, folder)
        seal_generation(folder, "")
        yield folder
