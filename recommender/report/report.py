"""Report on the suggestions of an archive: numbers for operators, lists to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from corpus.models import Article
from recommender.questions.bank import QuestionBank
from recommender.report.lists import (
    Coverage,
    CoverageTally,
    Diversity,
    DiversityTally,
    Duplicates,
    DuplicateTally,
    Reading,
    ReadingTally,
)
from recommender.report.quality import JudgedList, NextReads, judge_list
from recommender.report.questions import (
    Answers,
    AnswerTally,
    Concentration,
    ConcentrationTally,
    Flags,
    FlagTally,
    Merges,
    MergeTally,
)
from recommender.report.shortfall import why_short
from recommender.report.similarity import QuestionSimilarity
from recommender.report.tallies import Tally, tallies, tallies_per_number, tally_share
from recommender.report.targets import Targets, TargetTally
from recommender.suggestions.page_plan import MIN_LEADING
from recommender.types import PAGE_SIZE, Suggestions

MAX_LISTED = 10  # best and worst lists, repeated pairs and merges to be read
MAX_QUESTIONS = 20  # of those shown most, and of story ideas
BATCH_SIZE = 256  # lists whose similarities are computed at once


@dataclass(frozen=True, slots=True)
class Related:
    """Related articles: how many per article, how many of each relation."""

    articles_without: int
    mean_number: float
    per_article: tuple[Tally, ...]
    by_relation: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The report on one archive; ``merges`` is None where the bank is not known.

    ``dataclasses.asdict`` gives what JSON can hold. Shares are in [0, 1].
    """

    articles: int
    coverage: Coverage
    duplicates: Duplicates
    diversity: Diversity
    answers: Answers
    flags: Flags
    related: Related
    targets: Targets
    concentration: Concentration
    merges: Merges | None
    quality: Reading


def summarise_report(
    rows: Iterable[tuple[Article, Suggestions]],
    next_reads: NextReads,
    bank: QuestionBank | None = None,
    wanted: int = PAGE_SIZE,
    max_listed: int = MAX_LISTED,
) -> Report:
    """Return the report on the lists of an archive; without rows a report of zeros.

    One pass, in memory for counts, four bytes per list, a count per question shown, and the lists
    to be read. The order of ``rows`` does not matter: ties go by id.

    Parameters
    ----------
    rows
        Every published article with what its page shows.
    next_reads
        Says how likely each article that a page leads to is a good next read.
    bank
        The archive's questions. Without it merges and shares of the bank are not known, and every
        word weighs the same in similarities.
    wanted
        How many good questions an article should have, >= 1.
    max_listed
        How many best and worst lists, repeated pairs and merges are listed.
    """
    coverage, duplicates = CoverageTally(wanted), DuplicateTally(max_listed)
    diversity = DiversityTally()
    reading = ReadingTally(wanted, max_listed)
    targets = TargetTally(MIN_LEADING, max_listed)
    answers, flags = AnswerTally(), FlagTally()
    concentration = ConcentrationTally(bank, MAX_QUESTIONS)
    merges = MergeTally(bank, max_listed) if bank is not None else None
    relations: Counter[str] = Counter()
    n_related: Counter[int] = Counter()
    for judged in _judged_for_report(rows, next_reads, bank):
        why = why_short(judged, wanted)
        coverage.add(judged, why)
        reading.add(judged, why)
        for tally in (duplicates, diversity, answers, flags, targets, concentration):
            tally.add(judged)
        if merges is not None:
            merges.add(judged.article)
        n_related[len(judged.related)] += 1
        relations.update(related.relation for related in judged.related)
    n = n_related.total()
    return Report(
        n,
        coverage.result(),
        duplicates.result(),
        diversity.result(),
        answers.result(),
        flags.result(),
        Related(
            n_related[0],
            tally_share(relations.total(), n),
            tallies_per_number(n_related),
            tallies(relations),
        ),
        targets.result(),
        concentration.result(),
        merges.result() if merges is not None else None,
        reading.result(),
    )


def _judged_for_report(
    rows: Iterable[tuple[Article, Suggestions]],
    next_reads: NextReads,
    bank: QuestionBank | None,
) -> Iterable[JudgedList]:
    """Yield every list with its faults and the similarity of its questions."""
    similarity = QuestionSimilarity(bank.texts() if bank is not None else ())
    rows = iter(rows)
    while batch := list(islice(rows, BATCH_SIZE)):
        means = similarity.means(
            [[q.text for q in (*s.questions, *s.also_checked)] for _, s in batch]
        )
        for (article, shown), mean in zip(batch, means, strict=True):
            yield judge_list(article, shown, next_reads, mean)
