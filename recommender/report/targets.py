"""Target tallies of a report: where a page's entries lead, too few of them, one article twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from recommender.report.quality import JudgedList, target_of_judged
from recommender.report.shortfall import FEW_LEAD_REASONS, why_few_lead
from recommender.report.tallies import Tally, tallies, tallies_per_number, tally_share


@dataclass(frozen=True, slots=True)
class FewLeading:
    """A page on which few questions lead to an article: how many, and why no more."""

    article_id: str
    headline: str
    leading: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Targets:
    """Pages by how many of their questions lead to another article.

    ``few`` pages have fewer than ``least``, for ``reasons``, of which one page may have several;
    ``examples`` are the first of them by id. ``twice``: entries whose article another entry of the
    page leads to, which none should; two of the editors' own questions may lead to one article.
    """

    least: int
    few: int
    few_share: float
    mean_leading: float
    per_leading: tuple[Tally, ...]
    reasons: tuple[Tally, ...]
    examples: tuple[FewLeading, ...]
    twice: int


class TargetTally:
    """Counts where the entries of each page lead."""

    def __init__(self, least: int, max_listed: int) -> None:
        self._least, self._max_listed = least, max_listed
        self._leading: Counter[int] = Counter()
        self._why: Counter[str] = Counter()
        self._examples: list[FewLeading] = []
        self._twice = 0

    def add(self, judged: JudgedList) -> None:
        leading = judged.n_leading
        self._leading[leading] += 1
        self._twice += _repeated_targets(judged)
        if leading >= self._least:
            return
        why = why_few_lead(judged)
        self._why.update(why)
        article = judged.article
        self._examples.append(FewLeading(article.id, article.headline, leading, why))
        if len(self._examples) > 2 * self._max_listed:
            self._cut_targets()

    def result(self) -> Targets:
        self._cut_targets()
        n = self._leading.total()
        few = sum(count for leading, count in self._leading.items() if leading < self._least)
        total = sum(leading * count for leading, count in self._leading.items())
        return Targets(
            self._least,
            few,
            tally_share(few, n),
            tally_share(total, n),
            tallies_per_number(self._leading, self._least),
            tallies(self._why, FEW_LEAD_REASONS),
            tuple(self._examples),
            self._twice,
        )

    def _cut_targets(self) -> None:
        self._examples.sort(key=lambda one: one.article_id)
        del self._examples[self._max_listed :]


def _repeated_targets(judged: JudgedList) -> int:
    """Return how many entries lead to an article that another entry leads to."""
    article = judged.article
    taken = {target_of_judged(q, article) for q in judged.questions if q.origin == "own"}
    repeated = 0
    chosen = [target_of_judged(q, article) for q in judged.questions if q.origin != "own"]
    for target in (*chosen, *(r.article_id for r in judged.related)):
        repeated += target is not None and target in taken
        taken.add(target)
    return repeated
