"""Parts of a report that look at lists as such: long enough, nothing twice, differing, worth it."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from recommender.questions.equivalence import Repetition, letter_similarity, repetition
from recommender.report.quality import JudgedList, ListQuality, quality
from recommender.report.shortfall import REASONS
from recommender.report.tallies import Tally, per_number, per_tenth, share, tallies
from recommender.types import Origin
from recommender.wording.flags import Fault


@dataclass(frozen=True, slots=True)
class Coverage:
    """Articles with fewer than ``least`` good questions, and why: an article may have several."""

    least: int
    short: int
    short_share: float
    mean_good: float
    per_good: tuple[Tally, ...]
    reasons: tuple[Tally, ...]


class CoverageTally:
    """Counts good questions per article."""

    def __init__(self, least: int) -> None:
        self._least = least
        self._good: Counter[int] = Counter()
        self._why: Counter[str] = Counter()

    def add(self, judged: JudgedList, why: Iterable[str]) -> None:
        self._good[judged.n_good] += 1
        self._why.update(why)

    def result(self) -> Coverage:
        n = self._good.total()
        short = sum(count for good, count in self._good.items() if good < self._least)
        return Coverage(
            self._least,
            short,
            share(short, n),
            share(sum(good * count for good, count in self._good.items()), n),
            per_number(self._good, self._least),
            tallies(self._why, REASONS),
        )


@dataclass(frozen=True, slots=True)
class RepeatedPair:
    """Two questions of one list that are alike; ``letters`` in [0, 100]."""

    article_id: str
    kind: Repetition
    letters: float
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Pairs of questions within one list: the first two kinds should be 0, the third be read."""

    pairs: int
    exact: int
    same_question: int
    alike_in_letters: int
    examples: tuple[RepeatedPair, ...]


class DuplicateTally:
    """Compares the questions of each list, and keeps the pairs that are most alike."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pairs = 0
        self._kinds: Counter[str] = Counter()
        self._examples: list[RepeatedPair] = []

    def add(self, judged: JudgedList) -> None:
        texts = [q.text for q in judged.questions]
        for place, later in enumerate(texts):
            for earlier in texts[:place]:
                self._pairs += 1
                if (kind := repetition(earlier, later)) is not None:
                    self._kinds[kind] += 1
                    letters = letter_similarity(earlier, later)
                    found = RepeatedPair(judged.article.id, kind, letters, earlier, later)
                    self._examples.append(found)
        if len(self._examples) > self._most:
            self._examples.sort(key=_most_alike)
            del self._examples[self._most :]

    def result(self) -> Duplicates:
        return Duplicates(
            self._pairs,
            self._kinds["exact"],
            self._kinds["same question"],
            self._kinds["alike in letters"],
            tuple(sorted(self._examples, key=_most_alike)),
        )


def _most_alike(pair: RepeatedPair) -> tuple[bool, float, str, str, str]:
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
    """Keeps four bytes per list."""

    def __init__(self) -> None:
        self._means = array("f")

    def add(self, judged: JudgedList) -> None:
        if judged.similarity is not None:
            self._means.append(judged.similarity)

    def result(self) -> Diversity:
        means = np.array(self._means, np.float64)
        if not len(means):
            return Diversity(0, 0.0, 0.0, 0.0, 0.0, per_tenth(()))
        median, p95, most = np.percentile(means, [50, 95, 100]).tolist()
        return Diversity(len(means), float(means.mean()), median, p95, most, per_tenth(means))


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question as a person reads it; ``answer`` is an article's id, None: it leads nowhere."""

    text: str
    origin: Origin
    answer: str | None
    section: int
    confidence: float
    reasons: tuple[str, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list to read; ``quality`` in [0, 1] is the mean of ``parts``, ``short`` why it is short."""

    article_id: str
    headline: str
    quality: float
    parts: ListQuality
    short: tuple[str, ...]
    questions: tuple[ReadQuestion, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Quality of all lists: its mean, the means of its parts, and the lists at either end."""

    mean: float
    parts: ListQuality
    per_tenth: tuple[Tally, ...]
    best: tuple[ReadList, ...]
    worst: tuple[ReadList, ...]


class ReadingTally:
    """Keeps the lists at either end of the order by quality, ties by id.

    ``common``: terms that do not make a question near an article.
    """

    def __init__(self, least: int, most: int, common: frozenset[str]) -> None:
        self._least, self._most, self._common = least, most, common
        self._totals = array("f")
        self._sums = np.zeros(4)
        self._best: list[ReadList] = []
        self._worst: list[ReadList] = []

    def add(self, judged: JudgedList, why: tuple[str, ...]) -> None:
        parts = quality(judged, self._least, self._common)
        self._totals.append(parts.total)
        self._sums += (parts.good, parts.answered, parts.distinct, parts.near)
        # Made readable only where it is kept: most lists are at neither end.
        at = (parts.total, judged.article.id)
        for kept, order in ((self._best, _best), (self._worst, _worst)):
            if len(kept) < self._most or order(at) < order((kept[-1].quality, kept[-1].article_id)):
                kept.append(_readable(judged, parts, why))
                kept.sort(key=lambda one: order((one.quality, one.article_id)))
                del kept[self._most :]

    def result(self) -> Reading:
        means = (self._sums / max(len(self._totals), 1)).tolist()
        return Reading(
            sum(means) / len(means),
            ListQuality(*means),
            per_tenth(self._totals),
            tuple(self._best),
            tuple(self._worst),
        )


def _best(at: tuple[float, str]) -> tuple[float, str]:
    return -at[0], at[1]


def _worst(at: tuple[float, str]) -> tuple[float, str]:
    return at


def _readable(judged: JudgedList, parts: ListQuality, why: tuple[str, ...]) -> ReadList:
    questions = tuple(
        ReadQuestion(
            q.text,
            q.origin,
            q.answer.article_id if q.answer else None,
            q.answer.section if q.answer else 0,
            q.answer.confidence if q.answer else 0.0,
            q.reasons,
            faults,
        )
        for q, faults in zip(judged.questions, judged.faults, strict=True)
    )
    article = judged.article
    return ReadList(article.id, article.headline, parts.total, parts, why, questions)
