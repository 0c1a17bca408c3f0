"""The page at hand: what is stored of it, or made from its text, and cosines with others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.models import Article
from index.build import build_index
from index.dense.encoder import Kind, Matrix
from index.search.reader import IndexReader
from recommender.related.article_vectors import ArticleVectors
from recommender.related.finder import RelatedFinder, available_vectors
from recommender.related.page import Page
from recommender.related.pair_features import TERM_FEATURES

ARTICLES = [
    Article("ferry", "Did the ferry sink?", claim="The ferry sank.", summary="It lay at the pier."),
    Article("boats", "Do boats sink in calm water?", claim="Boats sink in calm water."),
    Article("kites", "Can kites lift people?", claim="Kites lifted people in 1894."),
]
DIM = 26


class LetterEncoder:
    """Encodes a text as how often it has each letter."""

    name, dim = "letters", DIM

    def encode(self, texts: Sequence[str], *, kind: Kind = "passage") -> Matrix:
        counts = [[text.lower().count(chr(97 + n)) for n in range(DIM)] for text in texts]
        rows = np.array(counts, np.float32).reshape(len(texts), DIM)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)

    def close(self) -> None: ...


ENCODER = LetterEncoder()


@pytest.fixture
def index(tmp_path: Path) -> tuple[IndexReader, ArticleVectors]:
    build_index(ARTICLES, tmp_path, encode=ENCODER.encode, encoder_name=ENCODER.name)
    reader = IndexReader(tmp_path, ENCODER)
    return reader, ArticleVectors.of_index(reader)


def test_a_row_and_its_text_are_the_same_page(index: tuple[IndexReader, ArticleVectors]) -> None:
    for row, article in enumerate(ARTICLES):
        stored, made = Page.of_row(row, *index), Page.of_text(article, *index)
        np.testing.assert_array_equal(stored.content.terms, made.content.terms)
        np.testing.assert_array_equal(stored.content.norms, made.content.norms)
        assert stored.embeddings.keys() == made.embeddings.keys() == {"headline", "lead"}
        for name, vector in made.embeddings.items():
            np.testing.assert_allclose(stored.embeddings[name], vector, atol=0.01)


def test_cosines_are_of_headlines_leads_and_one_with_the_other(
    index: tuple[IndexReader, ArticleVectors],
) -> None:
    page = Page.of_text(ARTICLES[0], *index)
    headlines, leads = (
        ENCODER.encode([getattr(article, field) for article in ARTICLES])
        for field in ("headline", "claim")
    )
    rows = np.array([2, 1], np.int64)
    expected = [
        headlines[rows] @ headlines[0],
        leads[rows] @ leads[0],
        leads[rows] @ headlines[0],
        headlines[rows] @ leads[0],
    ]
    found = page.cosines(rows)
    assert found is not None
    np.testing.assert_allclose(found, expected, atol=0.02)
    every = list(page.all_cosines())
    np.testing.assert_allclose(every, [headlines @ headlines[0], leads @ leads[0]], atol=0.02)


def test_without_an_encoder_there_are_no_cosines(tmp_path: Path) -> None:
    build_index(ARTICLES, tmp_path)
    reader = IndexReader(tmp_path)
    for page in (
        Page.of_row(0, reader, ArticleVectors.of_index(reader)),
        Page.of_text(ARTICLES[0], reader, ArticleVectors.of_index(reader)),
    ):
        assert page.embeddings == {}
        assert page.cosines(np.array([1], np.int64)) is None
        assert list(page.all_cosines()) == []
    assert available_vectors(reader) == "terms"


def test_an_encoder_finds_candidates_that_share_no_word(
    index: tuple[IndexReader, ArticleVectors],
) -> None:
    reader, vectors = index
    assert available_vectors(reader) == "encoder"
    by_id = {article.id: article for article in ARTICLES}
    finder = RelatedFinder(reader, by_id.__getitem__, {}, vectors)
    draft = Article("draft", "Did a fret knish?", claim="Fern hay kest.")  # the letters of another
    ids = [r.article_id for r in finder.related(draft, 3)]
    assert len(Page.of_text(draft, reader, vectors).content.terms) == 0
    assert "ferry" in ids
    found = finder.related(draft, 3)[ids.index("ferry")]
    assert found.contributions["closest meaning"] > 0.0
    assert not set(TERM_FEATURES) & set(found.contributions)
    assert sum(found.contributions.values()) == pytest.approx(found.score, abs=1e-5)


def test_a_draft_in_another_language_has_the_terms_that_the_index_gives_it(tmp_path: Path) -> None:
    german = Article(
        "impfen",
        "Helfen Impfungen gegen Grippe?",
        claim="Impfungen helfen Kindern.",
        summary="Geimpfte Kinder erkranken seltener an der Grippe.",
        language="de",
    )
    build_index([*ARTICLES, german], tmp_path)
    reader = IndexReader(tmp_path)
    vectors = ArticleVectors.of_index(reader)
    stored = Page.of_row(reader.row("impfen"), reader, vectors).content
    made = Page.of_text(german, reader, vectors).content
    assert made.terms.tolist() == stored.terms.tolist()
