"""Which questions and which articles to read next: read this file first, it is the product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz.fuzz import token_sort_ratio

from corpus.models import Article
from corpus.text import STOPWORDS, fold, tokenize
from index.search import Index
from recommender.types import QuestionSuggestion, RelatedSuggestion, Suggestions

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

    def suggestions(self, article: Article, limit: int) -> Suggestions:
        """Return at most ``limit`` questions and related articles for an article or a draft."""
        near = self._neighbours(article, max(20, limit * 4))
        return Suggestions(
            self._questions(article, near, limit),
            tuple(self._related(id, score) for id, score in near[:limit]),
        )

    def _neighbours(self, article: Article, k: int) -> list[tuple[str, float]]:
        """Return like articles, best first: never itself, its twin, or a superseded one."""
        text = "\n".join((article.headline, article.headline, article.claim, article.summary))
        ranking = self._index.rank(text, k + len(self._superseded) + 5, exclude=[article.id])
        return [
            (id, score)
            for id, score in ranking
            if id not in self._superseded and not _twins(article, self._articles[id])
        ][:k]

    def _questions(
        self, article: Article, near: Sequence[tuple[str, float]], limit: int
    ) -> tuple[QuestionSuggestion, ...]:
        """Return the article's own follow-ups, then what its neighbours ask; no two the same."""
        best = near[0][1] if near else 1.0
        chosen: list[QuestionSuggestion] = []

        def offer(text: str, score: float, asked_by: Article | None) -> None:
            asked = [article.headline, *(c.text for c in chosen)]
            if len(chosen) < limit and not any(same_question(text, other) for other in asked):
                origin, reason = (
                    ("own", "asked by this article")
                    if asked_by is None
                    else ("archive", f"asked by “{asked_by.headline}”")
                )
                chosen.append(
                    QuestionSuggestion(
                        fold(text),
                        text,
                        score,
                        "own" if origin == "own" else "archive",
                        reasons=(reason,),
                        contributions={"similarity of the asking article": score},
                    )
                )

        for text in article.followups:
            offer(text, 1.0, None)
        for id, score in near:
            for text in self._articles[id].followups:
                offer(text, 0.5 * score / best, self._articles[id])
        return tuple(chosen)

    def _related(self, id: str, score: float) -> RelatedSuggestion:
        return RelatedSuggestion(
            id,
            score,
            "same topic",
            reasons=("shares its telling words",),
            contributions={"bm25": score},
        )


def same_question(one: str, other: str) -> bool:
    """Return whether two questions ask the same in nearly the same words, in any order."""
    return token_sort_ratio(_telling(one), _telling(other)) >= SAME_QUESTION


def _telling(text: str) -> str:
    return " ".join(t for t in tokenize(text) if t not in STOPWORDS)


def _twins(one: Article, other: Article) -> bool:
    a, b = set(tokenize(one.headline)), set(tokenize(other.headline))
    return bool(a | b) and len(a & b) / len(a | b) >= TWIN_OVERLAP
