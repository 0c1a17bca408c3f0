"""Which articles belong beside an article, what each of them is to it, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import stem, words
from corpus.models import Article
from corpus.verdicts import ruling
from index.lexical.top_k import top_k
from index.search.reader import Index
from recommender.diversity import MarginalRelevance
from recommender.questions.equivalence import same_question
from recommender.related.profile import LEAD, Profile, dice
from recommender.types import RelatedSuggestion, Relation

CANDIDATES = 32
LEAST_SIMILAR = 0.02  # of the best possible BM25; below, articles share common words by chance
# Dice of headlines, claims or leads, where neither a name nor the topic is shared:
LEAST_ALIKE = 0.25
SAME_CLAIM = 0.8  # Dice of the telling words of two claims
TWIN = 0.9  # Dice of headlines and of leads from which two articles are one, published twice
CONTRADICTS = 2  # steps between two verdicts, of the four from false to true
UPDATE_DAYS = 30  # a check of the same claim that is so much later is an update
DEPTH = 3  # times as many of the best are looked at as are shown
LIKE_THOSE_ABOVE = 0.5  # how much a candidate loses for being like one already chosen
HALF_LIFE = 1_095.0  # days after which freshness counts half
WEIGHTS = {
    "words in common": 1.0,
    "headline in common": 0.3,
    "claim in common": 0.4,
    "names in common": 0.2,
    "same topic": 0.15,
    "same claim": 0.5,
    "replaces an older check": 0.5,
    "fresh": 0.1,
}
MOST_NAMES = 3  # shared names that count and are told


@dataclass(frozen=True, slots=True)
class _Candidate:
    profile: Profile
    relation: Relation
    reasons: tuple[str, ...]
    parts: dict[str, float]


class RelatedFinder:
    """Finds related articles in one generation; safe for several threads.

    ``article_of`` returns an article by id; KeyError: there is none any more. ``superseded`` maps
    old ids to their successors. ``remember``: of how many articles it keeps what they are about
    (some 4 kB each): a build that goes through all of them wants them all.
    """

    def __init__(
        self,
        index: Index,
        article_of: Callable[[str], Article],
        superseded: Mapping[str, str],
        remember: int = 4_096,
    ) -> None:
        self._index, self._superseded = index, superseded

        @lru_cache(maxsize=remember)
        def profile(id: str) -> Profile | None:
            try:
                article = article_of(id)
            except KeyError:
                return None
            return Profile.of(article) if article.published else None

        self._profile = profile

    def related(
        self, article: Article, k: int, stored: bool = False
    ) -> tuple[RelatedSuggestion, ...]:
        """Return at most ``k`` related articles of an article or a draft, best first.

        ``stored``: it is what ``article_of`` returns, so what it is about may be known already.

        Never the article itself, its twin, or a superseded one (its successor instead). Each is
        chosen for its score less what it repeats of those above it (maximal marginal relevance), so
        scores never rise down the list. Ties are broken by id. Contributions add up to the score.
        """
        here = (self._profile(article.id) if stored else None) or Profile.of(article)
        # Half of the known words tell more than the other half: names among those tell articles
        # apart, "States" and "Organization" do not.
        order = self._index.terms(about(article))
        telling = dict.fromkeys(order[: len(order) // 2 + 1], "")
        for word in words(f"{article.headline} {article.claim}"):
            if stem(word) in telling:
                telling[stem(word)] = word
        found = [
            candidate
            for profile, similarity, old in self._near(article, order)
            if (candidate := _judge(here, profile, similarity, old, telling)) is not None
        ]
        newest = max((c.profile.day for c in found if c.profile.day), default=None)
        for candidate in found:
            candidate.parts["fresh"] = WEIGHTS["fresh"] * _freshness(candidate.profile.day, newest)
        found.sort(key=lambda c: c.profile.id)
        found.sort(key=lambda c: -sum(c.parts.values()))  # ties stay by id
        return tuple(_choose(found[: DEPTH * k], k))

    def _near(self, article: Article, terms: list[str]) -> list[tuple[Profile, float, str]]:
        """Return (profile, similarity in [0, 1], the old id it stands for or "") of candidates."""
        scores = self._index.scores_of(dict.fromkeys(terms, 1.0))
        own = article.id in self._index
        most = float(scores[self._index.place(article.id)] if own else scores.max(initial=0.0))
        near = self._similar(scores, most)
        if (successor := self._superseded.get(article.id)) is not None:
            near.setdefault(successor, 1.0)
        shown: dict[str, tuple[float, str]] = {}
        for id, similarity in near.items():
            current = self._superseded.get(id, id)
            if current == article.id or id == article.id:
                continue
            old = id if current != id else ""
            before = shown.get(current, (0.0, ""))
            shown[current] = (max(similarity, before[0]), old or before[1])
        if successor in shown:
            shown[successor] = (shown[successor][0], article.id)
        return [
            (profile, similarity, old)
            for id, (similarity, old) in shown.items()
            if (profile := self._profile(id)) is not None
        ]

    def _similar(self, scores: NDArray[np.float32], most: float) -> dict[str, float]:
        places = top_k(scores, CANDIDATES)
        similar = {
            self._index.ids[int(place)]: min(float(scores[place]) / max(most, 1e-9), 1.0)
            for place in places
        }
        return {id: value for id, value in similar.items() if value >= LEAST_SIMILAR}


def related(
    index: Index,
    article_of: Callable[[str], Article],
    superseded: Mapping[str, str],
    article: Article,
    k: int,
) -> tuple[RelatedSuggestion, ...]:
    """Return at most ``k`` articles related to ``article``; see ``RelatedFinder``, for many."""
    return RelatedFinder(index, article_of, superseded).related(article, k)


def about(article: Article) -> str:
    """Return the text that an article is compared with others by."""
    return f"{article.headline}\n{article.claim}\n{article.summary or article.body[:LEAD]}"


def _judge(
    here: Profile, other: Profile, similarity: float, old: str, telling: Mapping[str, str]
) -> _Candidate | None:
    """Return what ``other`` is to the article at hand; None for its twin or by chance."""
    headline, claim = dice(here.headline, other.headline), dice(here.claim, other.claim)
    successor = old == here.id
    same = successor or same_claim(here, other)
    lead = dice(here.lead, other.lead)
    if headline >= TWIN and lead >= TWIN and here.degree == other.degree and not successor:
        return None
    shared = [name for t, name in here.names.items() if t in other.names and t in telling]
    shared = shared[:MOST_NAMES]
    topic = bool(here.topic) and here.topic == other.topic
    close = max(headline, claim, lead)
    central = here.headline | here.claim | other.headline | other.claim
    named = any(t in central and t in telling for t in here.names.keys() & other.names.keys())
    if not same and not named and not topic and close < LEAST_ALIKE:
        return None
    relation, reasons = _relation(here, other, same, successor, topic, close)
    if old and not successor:
        reasons.append("replaces an older check")
    if topic:
        reasons.append(f"same topic: {here.topic}")
    if shared:
        reasons.append(f"shares {', '.join(shared)}")
    elif not topic and not same:
        said = [word for term, word in telling.items() if word and term in other.lead]
        told = ", ".join(said[:MOST_NAMES])
        reasons.append(f"speaks of {told}, too" if said else "uses many of the same words")
    values = {
        "words in common": similarity,
        "headline in common": headline,
        "claim in common": claim,
        "names in common": len(shared) / MOST_NAMES,
        "same topic": float(topic),
        "same claim": float(same),
        "replaces an older check": float(successor),
    }
    parts = {name: WEIGHTS[name] * value for name, value in values.items() if value}
    return _Candidate(other, relation, tuple(reasons), parts)


def same_claim(here: Profile, other: Profile) -> bool:
    """Return whether two articles check the same claim, in other words.

    Numbers must agree: that Saturn has 146 moons is another claim than that it has 83. A claim and
    its denial are two; so are the turns of two speakers, which a verdict like "flip-flop" judges.
    """
    a, b = here.asked, other.asked
    if a.numbers != b.numbers or a.negated != b.negated:
        return False
    if (here.verdict and here.degree is None and ruling(here.verdict) is None) or (
        other.verdict and other.degree is None and ruling(other.verdict) is None
    ):
        return False
    one, two = here.claim or here.headline, other.claim or other.headline
    if len(one) > 1 and dice(one, two) >= SAME_CLAIM:
        names = a.names ^ b.names
        return not (names & a.names and names & b.names)
    return same_question(a, b, lambda term: 1.0)


def _relation(
    here: Profile, other: Profile, same: bool, successor: bool, topic: bool, close: float
) -> tuple[Relation, list[str]]:
    """Return the relation with its reasons, the first of which says it in words."""
    told = f"rates the same claim {other.verdict}, this one {here.verdict}"
    differ = [told] if here.verdict and other.verdict and here.verdict != other.verdict else []
    if successor:
        return "update", [_dated("replaces this check", other.day), *differ]
    if same:
        one, two = here.degree, other.degree
        apart = abs(one - two) if one is not None and two is not None else 0
        if apart >= CONTRADICTS:
            return "contradicts", [told]
        if here.day and other.day and (other.day - here.day).days >= UPDATE_DAYS:
            return "update", [_dated("checks the same claim again, later", other.day), *differ]
        return "same claim", ["checks the same claim", *differ]
    if topic or close >= 0.3:
        return "same topic", []
    return "background", []


def _dated(text: str, day: date | None) -> str:
    return f"{text}, on {day.day} {day:%B %Y}" if day else text


def _freshness(day: date | None, newest: date | None) -> float:
    """Return 1 for the newest candidate, 0.5 ``HALF_LIFE`` days earlier, 0 without a date."""
    return 0.5 ** ((newest - day).days / HALF_LIFE) if day and newest else 0.0


def _choose(found: Sequence[_Candidate], k: int) -> list[RelatedSuggestion]:
    """Return the best ``k``, each judged by what it adds to those before it."""
    leads = [candidate.profile.lead for candidate in found]
    best = MarginalRelevance(
        {place: sum(candidate.parts.values()) for place, candidate in enumerate(found)},
        lambda one, other: dice(leads[one], leads[other]),
        LIKE_THOSE_ABOVE,
    )
    chosen: list[RelatedSuggestion] = []
    while len(chosen) < k and (taken := best.take()) is not None:
        place, loss = taken
        best.choose(place)
        candidate = found[place]
        parts = candidate.parts | ({"like those above": -loss} if loss else {})
        chosen.append(
            RelatedSuggestion(
                candidate.profile.id,
                sum(parts.values()),
                candidate.relation,
                reasons=candidate.reasons,
                contributions=parts,
            )
        )
    return chosen
