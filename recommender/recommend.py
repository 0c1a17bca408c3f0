"""Which questions and which articles to read next: read this file first, it is the product."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz.fuzz import token_sort_ratio

from corpus.models import Article
from corpus.text import STOPWORDS, fold, tokenize
from index.search import Index
from recommender.question_ranking import N_WORDS, QuestionRanker
from recommender.types import Origin, QuestionSuggestion, RelatedSuggestion, Suggestions

SAME_QUESTION = 85  # token-sort similarity in [0, 100] from which two questions ask the same
TWIN_OVERLAP = 0.9  # share of common headline terms from which two articles are one


class Recommender:
    """Suggestions from one generation. ``superseded`` maps old ids to their successors."""

    def __init__(
        self, index: Index, articles: Mapping[str, Article], superseded: Mapping[str, str]
    ) -> None:
        self._index = index
        self._articles = articles
        self._superseded = superseded
        current = [a for id, a in sorted(articles.items()) if a.published and id not in superseded]
        self._bank = [(text, a) for a in current for text in a.followups]
        self._ranker = QuestionRanker([text for text, _ in self._bank], current)

    def suggestions(self, article: Article, limit: int) -> Suggestions:
        """Return at most ``limit`` questions and related articles for an article or a draft."""
        near = self._neighbours(article, limit)
        return Suggestions(
            self._questions(article, limit),
            tuple(self._related(id, score) for id, score in near),
        )

    def _neighbours(self, article: Article, k: int) -> list[tuple[str, float]]:
        """Return like articles, best first: never itself, its twin, or a superseded one."""
        text = "\n".join((article.headline, article.headline, article.claim, article.summary))
        ranking = self._index.rank(text, k + len(self._superseded) + 5, exclude=[article.id])
        return [
            (hit.id, hit.score)
            for hit in ranking
            if hit.id not in self._superseded
            and (other := self._articles.get(hit.id)) is not None  # gone since the build
            and not _twins(article, other)
        ][:k]

    def _questions(self, article: Article, limit: int) -> tuple[QuestionSuggestion, ...]:
        """Return the article's own follow-ups, then the bank's best; no two ask the same."""
        ranking = self._ranker.rank(article, N_WORDS)
        own_score = 1.0 + max([0.0, *(found.score for found in ranking[:1])])
        chosen: list[QuestionSuggestion] = []

        def offer(text: str, origin: Origin, reason: str, shares: dict[str, float]) -> None:
            asked = (article.headline, *(c.text for c in chosen))
            if len(chosen) < limit and not any(same_question(text, other) for other in asked):
                score = sum(shares.values())
                chosen.append(
                    QuestionSuggestion(
                        fold(text), text, score, origin, None, (reason,), dict(shares)
                    )
                )

        for text in article.followups:
            offer(text, "own", "asked by this article", {"own follow-up": own_score})
        for found in ranking:
            if len(chosen) == limit:
                break
            text, asked_by = self._bank[found.place]
            if asked_by.id != article.id:
                reason = f"asked by “{asked_by.headline}”"
                offer(text, "archive", reason, found.contributions)
        return tuple(chosen)

    def _related(self, id: str, score: float) -> RelatedSuggestion:
        return RelatedSuggestion(
            id,
            score,
            "same topic",
            reasons=("shares its telling words",),
            contributions={"search score": score},
        )


def same_question(one: str, other: str) -> bool:
    """Return whether two questions ask the same in nearly the same words, in any order."""
    return token_sort_ratio(_telling(one), _telling(other)) >= SAME_QUESTION


def _telling(text: str) -> str:
    return " ".join(t for t in tokenize(text) if t not in STOPWORDS)


def _twins(one: Article, other: Article) -> bool:
    a, b = set(tokenize(one.headline)), set(tokenize(other.headline))
    return bool(a | b) and len(a & b) / len(a | b) >= TWIN_OVERLAP
