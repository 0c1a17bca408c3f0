"""List tallies of a report: coverage, duplicates, diversity, quality with lists to be read."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from recommender.questions.equivalence import (
    Repetition,
    equivalence_by_letters,
    equivalence_in_list,
)
from recommender.report.quality import JudgedList, ListQuality, list_quality, target_of_judged
from recommender.report.shortfall import REASONS
from recommender.report.tallies import (
    Tally,
    tallies,
    tallies_per_number,
    tallies_per_tenth,
    tally_share,
)
from recommender.types import Origin, Relation
from recommender.wording.flags import Fault


@dataclass(frozen=True, slots=True)
class Coverage:
    """Articles with fewer than ``least`` good questions, and the reasons: one may have several."""

    least: int
    short: int
    short_share: float
    mean_good: float
    per_good: tuple[Tally, ...]
    reasons: tuple[Tally, ...]


class CoverageTally:
    """Counts good questions per article."""

    def __init__(self, wanted: int) -> None:
        self._wanted = wanted
        self._good: Counter[int] = Counter()
        self._why: Counter[str] = Counter()

    def add(self, judged: JudgedList, why: Iterable[str]) -> None:
        self._good[judged.n_good] += 1
        self._why.update(why)

    def result(self) -> Coverage:
        n = self._good.total()
        short = sum(count for good, count in self._good.items() if good < self._wanted)
        return Coverage(
            self._wanted,
            short,
            tally_share(short, n),
            tally_share(sum(good * count for good, count in self._good.items()), n),
            tallies_per_number(self._good, self._wanted),
            tallies(self._why, REASONS),
        )


@dataclass(frozen=True, slots=True)
class RepeatedPair:
    """Two questions of one list that repeat each other; ``letters``: similarity in [0, 100]."""

    article_id: str
    kind: Repetition
    letters: float
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Pairs of questions within one list: of the first two kinds none should be found."""

    pairs: int
    exact: int
    same_question: int
    alike_in_letters: int
    examples: tuple[RepeatedPair, ...]


class DuplicateTally:
    """Compares the questions of each list, and lists the pairs that are most similar."""

    def __init__(self, max_listed: int) -> None:
        self._max_listed = max_listed
        self._pairs = 0
        self._kinds: Counter[str] = Counter()
        self._examples: list[RepeatedPair] = []

    def add(self, judged: JudgedList) -> None:
        texts = [q.text for q in judged.questions]
        for number, later in enumerate(texts):
            for earlier in texts[:number]:
                self._pairs += 1
                if (kind := equivalence_in_list(earlier, later)) is not None:
                    self._kinds[kind] += 1
                    letters = equivalence_by_letters(earlier, later)
                    found = RepeatedPair(judged.article.id, kind, letters, earlier, later)
                    self._examples.append(found)
        if len(self._examples) > self._max_listed:
            self._examples.sort(key=_most_similar_pair_first)
            del self._examples[self._max_listed :]

    def result(self) -> Duplicates:
        return Duplicates(
            self._pairs,
            self._kinds["exact"],
            self._kinds["same question"],
            self._kinds["alike in letters"],
            tuple(sorted(self._examples, key=_most_similar_pair_first)),
        )


def _most_similar_pair_first(pair: RepeatedPair) -> tuple[bool, float, str, str, str]:
    return (
        pair.kind == "alike in letters",
        -pair.letters,
        pair.article_id,
        pair.one,
        pair.other,
    )


@dataclass(frozen=True, slots=True)
class Diversity:
    """Mean pairwise TF-IDF cosine of the questions of a list, in [0, 1], over ``lists`` of two up.

    Lower is more diverse. ``per_tenth`` counts lists.
    """

    lists: int
    mean: float
    median: float
    p95: float
    most: float
    per_tenth: tuple[Tally, ...]


class DiversityTally:
    """Collects the similarity of each list, in four bytes."""

    def __init__(self) -> None:
        self._means = array("f")

    def add(self, judged: JudgedList) -> None:
        if judged.similarity is not None:
            self._means.append(judged.similarity)

    def result(self) -> Diversity:
        means = np.array(self._means, np.float64)
        if not len(means):
            return Diversity(0, 0.0, 0.0, 0.0, 0.0, tallies_per_tenth(()))
        median, p95, most = np.percentile(means, [50, 95, 100]).tolist()
        return Diversity(
            len(means), float(means.mean()), median, p95, most, tallies_per_tenth(means)
        )


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question as a person reads it; ``answer`` is an article's id, None: it leads nowhere.

    ``next_read``: the probability that the article is a good next read, 0 where there is none.
    """

    text: str
    origin: Origin
    answer: str | None
    section: int
    confidence: float
    next_read: float
    reasons: tuple[str, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class ReadRelated:
    """A related article as a person reads it; ``next_read`` as of a question."""

    article_id: str
    relation: Relation
    next_read: float


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list to be read: its ``quality`` in [0, 1], what it has beside, and why it is ``short``."""

    article_id: str
    headline: str
    quality: float
    parts: ListQuality
    short: tuple[str, ...]
    questions: tuple[ReadQuestion, ...]
    related: tuple[ReadRelated, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Quality of all lists: its mean, the means of all figures, the best and the worst lists."""

    mean: float
    parts: ListQuality
    per_tenth: tuple[Tally, ...]
    best: tuple[ReadList, ...]
    worst: tuple[ReadList, ...]


class ReadingTally:
    """Collects the best and the worst lists, ties by id."""

    def __init__(self, wanted: int, max_listed: int) -> None:
        """Begin without lists.

        Parameters
        ----------
        wanted
            How many good questions a list should have.
        max_listed
            How many best and how many worst lists are collected.
        """
        self._wanted, self._max_listed = wanted, max_listed
        self._totals = array("f")
        self._sums = np.zeros(4)
        self._best: list[ReadList] = []
        self._worst: list[ReadList] = []

    def add(self, judged: JudgedList, why: tuple[str, ...]) -> None:
        parts = list_quality(judged, self._wanted)
        self._totals.append(parts.total)
        self._sums += (parts.total, parts.good, parts.answered, parts.distinct)
        # A list is copied only where it is among them: most are not.
        at = (parts.total, judged.article.id)
        for listed, order in ((self._best, _best_list_first), (self._worst, _worst_list_first)):
            if len(listed) < self._max_listed or order(at) < order(
                (listed[-1].quality, listed[-1].article_id)
            ):
                listed.append(_readable_list(judged, parts, why))
                listed.sort(key=lambda one: order((one.quality, one.article_id)))
                del listed[self._max_listed :]

    def result(self) -> Reading:
        means = ListQuality(*(self._sums / max(len(self._totals), 1)).tolist())
        return Reading(
            means.total,
            means,
            tallies_per_tenth(self._totals),
            tuple(self._best),
            tuple(self._worst),
        )


def _best_list_first(at: tuple[float, str]) -> tuple[float, str]:
    return -at[0], at[1]


def _worst_list_first(at: tuple[float, str]) -> tuple[float, str]:
    return at


def _readable_list(judged: JudgedList, parts: ListQuality, why: tuple[str, ...]) -> ReadList:
    questions = tuple(
        ReadQuestion(
            q.text,
            q.origin,
            q.answer.article_id if q.answer else None,
            q.answer.section if q.answer else 0,
            q.answer.confidence if q.answer else 0.0,
            judged.next_reads.get(target_of_judged(q, judged.article) or "", 0.0),
            q.reasons,
            faults,
        )
        for q, faults in zip(judged.questions, judged.faults, strict=True)
    )
    related = tuple(
        ReadRelated(r.article_id, r.relation, judged.next_reads[r.article_id])
        for r in judged.related
    )
    article = judged.article
    return ReadList(article.id, article.headline, parts.total, parts, why, questions, related)
