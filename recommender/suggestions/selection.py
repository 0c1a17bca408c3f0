"""The questions of one list: none like another, like the headline, or answered on the page."""

from __future__ import annotations

from functools import cached_property, lru_cache

from rapidfuzz.fuzz import token_sort_ratio

from corpus.analysis.tokenizer import content_terms
from corpus.models import Article
from recommender.answers.on_page import Page, confidence_by_terms, threshold
from recommender.questions.equivalence import ParsedQuestion
from recommender.questions.equivalence import same_question as only_worded_otherwise
from recommender.ranking.tfidf import ArticleTerms
from recommender.suggestions.candidates import QuestionCandidate

SAME_QUESTION = 85  # token-sort similarity in [0, 100] from which two questions ask the same
SURE = 0.85  # how sure it must be that a page answers its editors' own question to drop it


class ListFilter:
    """What was added so far; ``told`` are the terms of the article."""

    def __init__(self, article: Article, told: ArticleTerms) -> None:
        self._article = article
        self._told = told
        self._texts = [article.headline]
        self._asked = [_asked(article.headline)]

    @cached_property
    def _page(self) -> Page:
        return Page.of(self._article)

    def add(self, offer: QuestionCandidate) -> bool:
        """Return whether ``offer`` may be shown beside those that were added, and add it."""
        asked = _asked(offer.text)
        if any(same_question(offer.text, other) for other in self._texts):
            return False
        if any(only_worded_otherwise(asked, other, lambda term: 1.0) for other in self._asked):
            return False
        told = self._told
        said = confidence_by_terms(told.text, told.n_headline, offer.terms) >= threshold()
        if said and (offer.origin != "own" or self._page.confidence(offer.text) >= SURE):
            return False
        self._texts.append(offer.text)
        self._asked.append(asked)
        return True


def same_question(one: str, other: str) -> bool:
    """Return whether two questions ask the same in nearly the same words, in any order."""
    return token_sort_ratio(_telling(one), _telling(other)) >= SAME_QUESTION


@lru_cache(maxsize=1 << 16)
def _telling(text: str) -> str:
    return " ".join(content_terms(text))


@lru_cache(maxsize=1 << 16)
def _asked(text: str) -> ParsedQuestion:
    return ParsedQuestion.of(text)
