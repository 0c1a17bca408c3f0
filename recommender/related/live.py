"""Related articles of a generation and of what was written since, as one list."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.models import Article
from index.columns import FACETS
from index.live.new_articles import NewArticlesReader
from recommender.related.finder import RelatedFinder
from recommender.types import SAME_CLAIM, RelatedSuggestion, Scope


class FindsRelated(Protocol):
    """What a recommender asks for related articles."""

    def related(
        self, article: Article, k: int, stored: bool = False, scope: Scope = "all"
    ) -> tuple[RelatedSuggestion, ...]:
        """Return at most ``k`` related articles, best first; see ``RelatedFinder.related``.

        Parameters
        ----------
        article
            The article at hand.
        k
            At most so many.
        stored
            Whether it is what the archive holds.
        scope
            Whose articles are suggested.
        """
        ...

    def probabilities(
        self, article: Article, ids: list[str], stored: bool = False
    ) -> NDArray[np.float32]:
        """Return the probability that each of ``ids`` is a good next read, float32 [n].

        Parameters
        ----------
        article
            The article at hand.
        ids
            Those that may be read next.
        stored
            Whether it is what the archive holds.
        """
        ...


class LiveRelatedFinder:
    """Related articles among those of a generation and new ones; safe for several threads."""

    def __init__(
        self,
        base: RelatedFinder,
        new: NewArticlesReader,
        article_of: Callable[[str], Article],
        superseded: Mapping[str, str],
        is_known: Callable[[str], bool],
        changed: Container[str],
    ) -> None:
        """Find in ``base`` and in ``new``.

        Parameters
        ----------
        base
            Finds in the generation.
        new
            The articles that were written since.
        article_of
            Returns an article by id; KeyError: it is gone.
        superseded
            The id of each superseded article → that of its successor.
        is_known
            Whether an id is that of an article; any other is a draft's.
        changed
            Ids whose articles are not as the generation has them.
        """
        names = new.columns.values["publisher"]
        codes = new.columns.codes[FACETS.index("publisher")].tolist()
        vectors = base.vectors.of_more_texts(new.tokens, new.bounds, [names[c] for c in codes])
        self._base, self._new, self._is_known = base, new, is_known
        self._changed = changed
        self._finder = RelatedFinder(new, article_of, superseded, vectors)

    def related(
        self, article: Article, k: int, stored: bool = False, scope: Scope = "all"
    ) -> tuple[RelatedSuggestion, ...]:
        """Return at most ``k`` related articles of both, best first.

        Parameters
        ----------
        article
            The article at hand.
        k
            At most so many.
        stored
            Whether it is what the archive holds.
        scope
            Whose articles are suggested.
        """
        is_draft = not self._is_known(article.id)
        old = self._base.related(article, k, stored, scope, is_draft)
        return self.with_new(article, old, k, scope)

    def with_new(
        self,
        article: Article,
        old: tuple[RelatedSuggestion, ...],
        k: int,
        scope: Scope = "all",
    ) -> tuple[RelatedSuggestion, ...]:
        """Return a list of the generation with the new articles in their places.

        Parameters
        ----------
        article
            The article at hand.
        old
            What the generation has for it, best first.
        k
            At most so many.
        scope
            Whose articles are suggested.
        """
        is_draft = not self._is_known(article.id)
        new = self._finder.related(article, k, scope=scope, is_draft=is_draft)
        both = [*(s for s in old if s.article_id not in self._changed), *new]
        both.sort(key=_draft_order if is_draft else _order)
        return tuple(both[:k])

    def probabilities(
        self, article: Article, ids: list[str], stored: bool = False
    ) -> NDArray[np.float32]:
        """Return the probability that each of ``ids`` is a good next read, float32 [n].

        Parameters
        ----------
        article
            The article at hand.
        ids
            Those that may be read next.
        stored
            Whether it is what the archive holds.
        """
        old = self._base.probabilities(article, ids, stored)
        new = self._finder.probabilities(article, ids)
        is_new = np.array([id in self._new for id in ids], np.bool_)
        return np.where(is_new, new, old).astype(np.float32)


def _order(suggestion: RelatedSuggestion) -> tuple[float, str]:
    return -suggestion.score, suggestion.article_id


def _draft_order(suggestion: RelatedSuggestion) -> tuple[float, float, str]:
    own = suggestion.same_claim if suggestion.relation in SAME_CLAIM else 0.0
    return -own, *_order(suggestion)
