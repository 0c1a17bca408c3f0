"""List filter: drops repetitions, and the archive's questions that the page itself answers."""

from __future__ import annotations

from corpus.models import Article
from recommender.answers.on_page import confidence_by_terms, threshold
from recommender.questions.equivalence import repetition
from recommender.ranking.tfidf import ArticleTerms
from recommender.suggestions.candidates import QuestionCandidate


class ListFilter:
    """The questions of one list so far, and which others may join them.

    The editors' own are kept, unless one only rewords another of them. The archive's must repeat
    neither those, nor the headline, nor each other, nor what the page says already.
    """

    def __init__(self, article: Article, article_terms: ArticleTerms) -> None:
        """Begin the list of ``article``, whose terms are ``article_terms``."""
        self._headline = article.headline
        self._terms = article_terms
        self._texts: list[str] = []

    def add(self, candidate: QuestionCandidate) -> bool:
        """Return whether ``candidate`` may be shown with those that were added, and add it."""
        if any(repetition(candidate.text, other) for other in self._texts):
            return False
        if candidate.origin != "own" and (
            repetition(candidate.text, self._headline) or self._is_answered_here(candidate)
        ):
            return False
        self._texts.append(candidate.text)
        return True

    def _is_answered_here(self, candidate: QuestionCandidate) -> bool:
        terms = self._terms
        return confidence_by_terms(terms.text, terms.n_headline, candidate.terms) >= threshold()
