"""List filter: drops repetitions, the headline's own question, and questions the page answers."""

from __future__ import annotations

from functools import cached_property

from corpus.models import Article
from recommender.answers.on_page import Page, confidence_by_terms, threshold
from recommender.questions.equivalence import repetition
from recommender.ranking.tfidf import ArticleTerms
from recommender.suggestions.candidates import QuestionCandidate

MIN_OWN_CONFIDENCE = 0.85  # that the page answers its editors' own question, to drop it


class ListFilter:
    """The questions of one list so far, and which others may join them."""

    def __init__(self, article: Article, article_terms: ArticleTerms) -> None:
        """Begin the list of ``article``, whose terms are ``article_terms``."""
        self._article = article
        self._terms = article_terms
        self._texts = [article.headline]

    @cached_property
    def _page(self) -> Page:
        return Page.of(self._article)

    def add(self, candidate: QuestionCandidate) -> bool:
        """Return whether ``candidate`` may be shown with those that were added, and add it."""
        if any(repetition(candidate.text, other) for other in self._texts):
            return False
        if self._is_answered_here(candidate):
            return False
        self._texts.append(candidate.text)
        return True

    def _is_answered_here(self, candidate: QuestionCandidate) -> bool:
        terms = self._terms
        if confidence_by_terms(terms.text, terms.n_headline, candidate.terms) < threshold():
            return False
        return (
            candidate.origin != "own" or self._page.confidence(candidate.text) >= MIN_OWN_CONFIDENCE
        )
