"""Compilation ahead of use: every compiled function of the recommender, on a few articles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from index.build import build_index
from index.search.reader import IndexReader
from index.warm_up import ARTICLES, RowEmbeddings
from recommender.answers.on_page import Page
from recommender.ranking.question_ranker import QuestionRanker
from recommender.related.article_vectors import ArticleVectors
from recommender.related.finder import RelatedFinder

N_LISTED = 3


def compile_questions() -> None:
    """Compile what ranking questions calls, as far as it is not cached."""
    questions = [question for article in ARTICLES for question in article.followups]
    ranker = QuestionRanker.fit(questions, ARTICLES)
    for article in ARTICLES:
        ranker.rank(article, N_LISTED)
    Page.of(ARTICLES[0]).confidence(questions[0])


def compile_related() -> None:
    """Compile what finding related articles calls, as far as it is not cached."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        build_index(ARTICLES, folder, word_table=RowEmbeddings())
        reader = IndexReader(folder)
        ArticleVectors.of_index(reader, folder)
        finder = RelatedFinder(reader, {a.id: a for a in ARTICLES}.__getitem__, {})
        finder.related(ARTICLES[0], N_LISTED, stored=True)
        finder.related(replace(ARTICLES[0], id="draft"), N_LISTED)
