"""Related articles: candidates by BM25, judged one by one, chosen by maximal marginal relevance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import stem, words
from corpus.models import Article
from index.lexical.top_k import top_k
from index.search.reader import IndexReader
from index.search.retrieval import bm25_scores
from recommender.bounded_cache import BoundedCache
from recommender.diversity import MarginalRelevance
from recommender.related.profile import MAX_LEAD_CHARACTERS, Profile, dice
from recommender.related.relations import WEIGHTS, RelatedCandidate, judge_pair
from recommender.types import RelatedSuggestion

MAX_CANDIDATES = 32  # by BM25: four times what is stored of each article
MIN_BM25_SHARE = 0.02  # of the best possible BM25; below, articles share common words by chance
CANDIDATES_PER_PLACE = 3  # times as many of the best are compared with each other as are shown
DIVERSITY = 0.5  # how much a candidate loses for being like one already chosen
HALF_LIFE_DAYS = 1_095.0  # after which freshness counts half: three years
DEFAULT_CACHED_PROFILES = 4_096  # some 4 kB each


class RelatedFinder:
    """Finds related articles in one generation; safe for several threads."""

    def __init__(
        self,
        reader: IndexReader,
        article_of: Callable[[str], Article],
        superseded: Mapping[str, str],
        max_profiles: int = DEFAULT_CACHED_PROFILES,
    ) -> None:
        """Find articles of one generation.

        Parameters
        ----------
        reader
            The generation.
        article_of
            Returns an article by id; KeyError: it is gone.
        superseded
            The id of each superseded article → that of its successor.
        max_profiles
            Profiles that are cached; a build, which goes through all articles, wants them all.
        """
        self._reader, self._superseded = reader, superseded
        self._profiles = BoundedCache(partial(_stored_profile, article_of), max_profiles)

    def related(
        self, article: Article, k: int, stored: bool = False
    ) -> tuple[RelatedSuggestion, ...]:
        """Return at most ``k`` related articles of an article or a draft, best first.

        Never the article itself, its twin, or a superseded one (its successor instead). Each is
        chosen for its score less what it repeats of those above it (maximal marginal relevance), so
        scores never rise down the list. Ties are broken by id. Contributions add up to the score.

        Parameters
        ----------
        article
            The article at hand.
        k
            At most so many.
        stored
            Whether it is what ``article_of`` returns, so that its profile may be cached.
        """
        here = (self._profiles[article.id] if stored else None) or Profile.of(article)
        terms = self._reader.informative_terms(comparable_text(article))
        informative = _informative(article, terms)
        found = [
            candidate
            for profile, similarity, old_id in self._candidates(article, terms)
            if (candidate := judge_pair(here, profile, similarity, old_id, informative)) is not None
        ]
        newest = max((c.profile.day for c in found if c.profile.day), default=None)
        for candidate in found:
            fresh = WEIGHTS["fresh"] * _freshness(candidate.profile.day, newest)
            candidate.contributions["fresh"] = fresh
        found.sort(key=lambda c: c.profile.id)
        found.sort(key=lambda c: -sum(c.contributions.values()))  # stable: ties stay by id
        return tuple(_choose(found[: CANDIDATES_PER_PLACE * k], k))

    def _candidates(self, article: Article, terms: list[str]) -> list[tuple[Profile, float, str]]:
        """Return (profile, similarity in [0, 1], superseded id it was found by or "")."""
        scores = bm25_scores(self._reader, dict.fromkeys(terms, 1.0))
        own = article.id in self._reader
        best = float(scores[self._reader.row(article.id)] if own else scores.max(initial=0.0))
        near = self._similar(scores, best)
        if (successor := self._superseded.get(article.id)) is not None:
            near.setdefault(successor, 1.0)
        shown: dict[str, tuple[float, str]] = {}
        for id, similarity in near.items():
            current = self._superseded.get(id, id)
            if current == article.id or id == article.id:
                continue
            old_id = id if current != id else ""
            before = shown.get(current, (0.0, ""))
            shown[current] = (max(similarity, before[0]), old_id or before[1])
        if successor in shown:
            shown[successor] = (shown[successor][0], article.id)
        return [
            (profile, similarity, old_id)
            for id, (similarity, old_id) in shown.items()
            if (profile := self._profiles[id]) is not None
        ]

    def _similar(self, scores: NDArray[np.float32], best: float) -> dict[str, float]:
        similar = {
            self._reader.ids[int(row)]: min(float(scores[row]) / max(best, 1e-9), 1.0)
            for row in top_k(scores, MAX_CANDIDATES)
        }
        return {id: value for id, value in similar.items() if value >= MIN_BM25_SHARE}


def comparable_text(article: Article) -> str:
    """Return the text by which an article is compared with others."""
    opening = article.summary or article.body[:MAX_LEAD_CHARACTERS]
    return f"{article.headline}\n{article.claim}\n{opening}"


def _stored_profile(article_of: Callable[[str], Article], id: str) -> Profile | None:
    """Return the profile of a published article, None where it is gone."""
    try:
        article = article_of(id)
    except KeyError:
        return None
    return Profile.of(article) if article.published else None


def _informative(article: Article, terms: Sequence[str]) -> dict[str, str]:
    """Return the rarer half of ``terms`` (rarest first), each as the article writes it, or "".

    Names among those distinguish articles; "States" and "Organization" do not.
    """
    found = dict.fromkeys(terms[: len(terms) // 2 + 1], "")
    for word in words(f"{article.headline} {article.claim}"):
        if stem(word) in found:
            found[stem(word)] = word
    return found


def _freshness(day: date | None, newest: date | None) -> float:
    """Return 1 for the newest candidate, 0.5 a half-life earlier, 0 without a date."""
    return 0.5 ** ((newest - day).days / HALF_LIFE_DAYS) if day and newest else 0.0


def _choose(found: Sequence[RelatedCandidate], k: int) -> list[RelatedSuggestion]:
    """Return the best ``k``, each scored less what it repeats of those before it."""
    leads = [candidate.profile.lead for candidate in found]
    best = MarginalRelevance(
        {row: sum(candidate.contributions.values()) for row, candidate in enumerate(found)},
        lambda one, other: dice(leads[one], leads[other]),
        DIVERSITY,
    )
    chosen: list[RelatedSuggestion] = []
    while len(chosen) < k and (taken := best.take()) is not None:
        row, loss = taken
        best.choose(row)
        candidate = found[row]
        contributions = candidate.contributions | ({"like those above": -loss} if loss else {})
        chosen.append(
            RelatedSuggestion(
                candidate.profile.id,
                sum(contributions.values()),
                candidate.relation,
                reasons=candidate.reasons,
                contributions=contributions,
            )
        )
    return chosen
