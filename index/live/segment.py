"""Segment: a few articles indexed in memory, with the statistics of the generation beside it.

Document frequencies, mean lengths and weights stay those of the generation, so that scores of old
and new articles compare; a build renews them (the usual way of segments: O'Neil et al., The
log-structured merge-tree, 1996).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.models import Article
from index.autocomplete.completions import CompletionIndex, completions_of
from index.columns import Columns, ColumnsWriter, base_language
from index.dense.encoded_text import ENCODED_FIELDS, covers_article, encoded_lead
from index.dense.int8_vectors import Int8Vectors
from index.lexical.article_postings import article_postings
from index.lexical.postings import Postings
from index.ranking.window_similarity import WindowSimilarity
from index.search.reader import IndexReader
from index.terms.extended_dictionary import ExtendedTermDictionary
from index.terms.forward_index import indexed_fields

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, eq=False, slots=True)
class IndexedText:
    """One article as terms, read once.

    ``tokens`` uint32; ``ends`` int64 [5]: where headline, claim, summary and body begin and end in
    them; ``article`` has no body any more; ``vectors`` are its embeddings, float32 [2, dim].
    """

    article: Article
    tokens: NDArray[np.uint32]
    ends: NDArray[np.int64]
    vectors: NDArray[np.float32] | None


@dataclass(frozen=True, eq=False, slots=True)
class Segment:
    """Articles by row, with what an index reader has of its own."""

    texts: tuple[IndexedText, ...]
    tokens: NDArray[np.uint32]
    bounds: NDArray[np.int64]
    postings: Mapping[str, Postings]
    columns: Columns
    covered: NDArray[np.bool_]
    windows: WindowSimilarity | None
    embeddings: Mapping[str, Int8Vectors]
    completions: CompletionIndex

    def __len__(self) -> int:
        return len(self.texts)


def index_texts(
    articles: Sequence[Article], terms: ExtendedTermDictionary, encode: Encode | None
) -> list[IndexedText]:
    """Return articles as terms; new terms are added to ``terms``.

    Parameters
    ----------
    articles
        Published articles.
    terms
        The terms of the generation, and those of earlier segments.
    encode
        Makes embeddings, float32 [n, dim]; None: the index has none.
    """
    vectors = None
    if encode is not None and articles:
        headlines, leads = [a.headline for a in articles], [encoded_lead(a) for a in articles]
        vectors = np.stack((encode(headlines), encode(leads)), axis=1)
    found = []
    for n, article in enumerate(articles):
        tokens, ends = terms.learn(indexed_fields(article), base_language(article.language))
        found.append(
            IndexedText(
                replace(article, sections=(), sources=()),
                tokens,
                np.concatenate((np.zeros(1, np.int64), ends)),
                None if vectors is None else vectors[n],
            )
        )
    return found


def build_segment(
    texts: Sequence[IndexedText],
    base: IndexReader,
    terms: ExtendedTermDictionary,
    mean_lengths: Mapping[str, float],
) -> Segment:
    """Return a segment of articles, in their order.

    Parameters
    ----------
    texts
        From ``index_texts``.
    base
        The generation whose statistics hold.
    terms
        All terms.
    mean_lengths
        From ``mean_article_lengths`` of the generation.
    """
    starts = np.cumsum([0, *(len(text.tokens) for text in texts)], dtype=np.int64)
    tokens = np.concatenate([np.zeros(0, np.uint32), *(text.tokens for text in texts)])
    bounds = np.array(
        [start + text.ends for start, text in zip(starts, texts, strict=False)], np.int64
    ).reshape(-1, 5)
    articles = [text.article for text in texts]
    columns = ColumnsWriter()
    for article in articles:
        columns.add(article)
    short_texts = [a.headline for a in articles], [a.claim for a in articles]
    postings = dict(
        article_postings(tokens, bounds, len(terms), short_texts, mean_lengths, base.idf)
    )
    windows = base.window_similarity
    return Segment(
        tuple(texts),
        tokens,
        bounds,
        postings,
        columns.finish(),
        covers_article(bounds),
        windows.of_more_texts(tokens, bounds) if windows else None,
        {
            name: Int8Vectors.of(np.array([t.vectors[n] for t in texts if t.vectors is not None]))
            for n, name in enumerate(ENCODED_FIELDS if base.encoder else ())
        }
        if texts
        else {},
        CompletionIndex.build(entry for a in articles for entry in completions_of(a)),
    )
