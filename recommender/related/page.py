"""Page: the article or draft at hand, by its content and its embeddings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import words
from corpus.models import Article
from index.dense.encoded_text import ENCODED_FIELDS, encoded_lead
from index.search.reader import IndexReader
from recommender.related.article_vectors import ArticleVectors
from recommender.related.content import Content, Floats


@dataclass(frozen=True, eq=False, slots=True)
class Page:
    """The article at hand: its content, and the embeddings of headline and lead, by field."""

    content: Content
    reader: IndexReader
    embeddings: Mapping[str, Floats]

    @staticmethod
    def of_row(row: int, reader: IndexReader, vectors: ArticleVectors) -> Page:
        """Return an article of the index, as it was built.

        Parameters
        ----------
        row
            Its row.
        reader
            The index.
        vectors
            The contents of all articles.
        """
        embeddings = {
            name: stored.codes[row] * stored.scales[row]
            for name, stored in reader.embeddings.items()
        }
        return Page(vectors.of(row), reader, embeddings)

    @staticmethod
    def of_text(article: Article, reader: IndexReader, vectors: ArticleVectors) -> Page:
        """Return a draft, or an article by its text.

        Parameters
        ----------
        article
            The article or draft.
        reader
            The index; its encoder, if it has one, encodes headline and lead.
        vectors
            The contents of all articles.
        """
        unknown = len(reader.terms)
        fields = [
            [
                unknown if (id := reader.terms.id(reader.terms.term_of(word))) is None else id
                for word in words(text, article.language)
            ]
            for text in (article.headline, article.claim, article.summary, article.body)
        ]
        tokens = np.array([id for field in fields for id in field], np.uint32)
        content = vectors.of_text(tokens, len(fields[0]), article.publisher)
        embeddings = {}
        if reader.encoder is not None:
            encoded = reader.encoder.encode([article.headline, encoded_lead(article)])
            embeddings = dict(zip(ENCODED_FIELDS, encoded, strict=True))
        return Page(content, reader, embeddings)

    def cosines(self, rows: NDArray[np.int64]) -> Floats | None:
        """Return the cosines that ``pair_features`` takes, float32 [4, n]; None: no encoder."""
        if not self.embeddings:
            return None
        headlines, leads = (self.reader.embeddings[name].take(rows) for name in ENCODED_FIELDS)
        headline, opening = (self.embeddings[name] for name in ENCODED_FIELDS)
        pairs = ((headlines, headline), (leads, opening), (leads, headline), (headlines, opening))
        return np.stack([vectors.cosines(query) for vectors, query in pairs])

    def all_cosines(self) -> Iterator[Floats]:
        """Yield the cosines with all articles, of headlines and of leads, float32 [n_articles]."""
        for name, query in self.embeddings.items():
            yield self.reader.embeddings[name].cosines(query)
