"""Measure and fit the answer model: python -m benchmarks.answers QUESTIONS CORPUS [--fit].

Every graded question is asked twice: of the whole archive, and of the archive without the article
that answers it, so that the model learns what an unanswered question looks like. QUESTIONS are
cross-fitted in two halves, ranking, confidence and threshold: each is answered by the model of the
other half, and all questions whose answer is the same article are in the same half. The follow-ups
of the sample archive, which were read and judged, are cross-fitted by the article that asks them.
The model that ``--fit`` writes is learned from all of both; its threshold is the mean of the two.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.answer_pairs import (
    Judged,
    graded,
    sample_articles,
    sample_finder,
    sample_questions,
    side,
)
from benchmarks.result_files import Row
from benchmarks.tables import publish
from corpus.models import Article
from index.evaluation.beir import open_beir_index
from index.ranking.linear_ranker import SHIPPED as SEARCH
from index.ranking.linear_ranker import LinearRanker
from index.ranking.listwise import Example, fit_listwise
from recommender.answers.answer_features import (
    BEST_FEATURES,
    COVERED,
    MIN_COVERED,
    RANK_FEATURES,
    WITH_CONTEXT,
    AnswerCandidates,
)
from recommender.answers.answer_model import AnswerModel, Mode
from recommender.answers.calibration import (
    Floats,
    LogisticModel,
    calibrated_probability,
    fit_calibration,
)
from recommender.answers.finder import AnswerFinder

L2 = 0.1  # of the ranking; 0.003 to 0.1 differ by less than .01 in coverage
C = {"alone": 0.02, "context": 0.003}  # inverse L2 of the confidence
SAMPLE_SHARE = 6.0  # how much a follow-up of the sample counts, with and without word vectors
SAMPLE_FOLDS = 8
PRECISION = {"alone": 0.895, "context": 0.955}  # of the fit half at the threshold
STEPS = np.arange(0.2, 0.96, 0.01)
NAMES = {"alone": "alone", "context": "with context"}
INDEXES = ("with word vectors", "without word vectors")  # of the sample archive
COMMAND = "python -m benchmarks.answers EVAL/search/factcheck_questions EVAL/search/factchecktweet"
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Asked:
    """A judged question and its candidates.

    ``gold``: the index row of the article that answers, -1 without one; ``allowed`` bool [n]: which
    candidates do not ask it themselves; ``n_articles`` of the archive.
    """

    judged: Judged
    candidates: AnswerCandidates
    gold: int
    allowed: Mask
    n_articles: int


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """The best article of each question.

    ``features`` [n, len(BEST_FEATURES)], ``right`` [n], ``answered`` [n]: the article that answers
    was in the archive; ``groups`` of the questions.
    """

    features: Floats
    right: Mask
    answered: Mask
    groups: tuple[str, ...]

    def part(self, rows: Mask) -> Rows:
        """Return the ``rows`` alone."""
        groups = tuple(g for g, use in zip(self.groups, rows.tolist(), strict=True) if use)
        return Rows(self.features[rows], self.right[rows], self.answered[rows], groups)

    def sides(self, parts: int = 2) -> NDArray[np.int64]:
        """Return the side of the split that each row is on."""
        return np.array([side(group, parts) for group in self.groups])


def ask(finder: AnswerFinder, questions: Sequence[Judged], mode: str) -> list[Asked]:
    """Return the candidates of all questions.

    Parameters
    ----------
    finder
        Finds them.
    questions
        The judged questions.
    mode
        "alone", or "context": with the words before the question, too.
    """
    reader, found = finder.reader, []
    for judged in questions:
        context = judged.context if mode == "context" else ""
        candidates = finder.candidates(judged.question, context)
        gold = reader.row(judged.gold) if judged.gold else -1
        asking = reader.row(judged.exclude) if judged.exclude else -1
        found.append(Asked(judged, candidates, gold, candidates.rows != asking, len(reader)))
    return found


def learn_ranking(asked: Sequence[Asked], mode: str) -> dict[str, float]:
    """Return the weights that rank the article that answers first."""
    use = [n for n, name in enumerate(RANK_FEATURES) if _used(name, mode)]
    examples = [
        Example(a.candidates.features[:, use].astype(np.float32), a.candidates.rows == a.gold)
        for a in asked
        if a.gold >= 0
    ]
    weights = fit_listwise([examples], L2, None)
    names = [RANK_FEATURES[column] for column in use]
    return {n: round(float(w), 6) for n, w in zip(names, weights, strict=True) if abs(w) > 5e-7}


def best_rows(asked: Sequence[Asked], rank: Mapping[str, float], twice: bool) -> Rows:
    """Return the best article of each question.

    Parameters
    ----------
    asked
        The questions.
    rank
        Weights of the ranking.
    twice
        Whether each is asked of the archive without the article that answers it, too.
    """
    weights = LinearRanker(rank).vector(RANK_FEATURES).astype(np.float64)
    rows: list[tuple[Floats, bool, bool, str]] = []
    for a in asked:
        candidates = replace(a.candidates, scores=a.candidates.features @ weights)
        for without in (False, True) if twice else (False,):
            allowed = a.allowed & ~(without & (candidates.rows == a.gold))
            best = candidates.best(allowed, a.n_articles)
            if best is not None:
                rows.append((best[1], best[0] == a.gold, not without, a.judged.group))
    features, right, answered, groups = zip(*rows, strict=True)
    return Rows(np.array(features), np.array(right), np.array(answered), groups)


def learn_confidence(parts: Sequence[tuple[Rows, float]], mode: str) -> LogisticModel:
    """Return the confidence learned from rows, each with how much it counts."""
    names = [name for name in BEST_FEATURES if _used(name, mode)]
    columns = [BEST_FEATURES.index(name) for name in names]
    return fit_calibration(
        names,
        np.vstack([rows.features[:, columns] for rows, _ in parts]),
        np.concatenate([rows.right for rows, _ in parts]),
        C[mode],
        np.concatenate([np.full(len(rows.right), share) for rows, share in parts]),
    )


def _used(name: str, mode: str) -> bool:
    """Return whether a mode uses a feature; without context, those with it say nothing new."""
    return mode == "context" or WITH_CONTEXT not in name


def chances(model: LogisticModel, rows: Rows) -> Floats:
    """Return the confidence of each row, float64 [n], 0 where the gate of the finder stops it."""
    logits = rows.features @ model.vector(BEST_FEATURES) + model.intercept
    covered = rows.features[:, COVERED] >= MIN_COVERED
    return np.array([calibrated_probability(logit) for logit in logits]) * covered


def with_threshold(model: LogisticModel, rows: Rows, precision: float) -> LogisticModel:
    """Return the model with the least threshold that is precise enough on answered ``rows``.

    Parameters
    ----------
    model
        Gives the confidence.
    rows
        What it was fitted on.
    precision
        Share of right answers, 0 to 1.
    """
    chance, right = chances(model, rows)[rows.answered], rows.right[rows.answered]
    for step in STEPS:
        shown = chance >= step
        if shown.any() and right[shown].mean() >= precision:
            return replace(model, threshold=round(float(step), 2))
    return replace(model, threshold=0.95)


def report(
    mode: str, chance: Floats, rows: Rows, threshold: float
) -> dict[float, dict[str, float]]:
    """Print what a mode is worth; return precision and coverage by threshold.

    Parameters
    ----------
    mode
        "alone" or "context".
    chance
        The confidence of each row by a model that has not seen it.
    rows
        The best article of each question.
    threshold
        The shipped one.
    """
    answered = rows.answered
    right = rows.right[answered]
    print(f"\n{mode}: {answered.sum()} questions, first right {right.mean():.3f}")
    curve = {
        step: _at(mode, chance, rows, step)
        for step in sorted({*np.arange(0.2, 0.9, 0.1).round(2).tolist(), threshold})
    }
    order = np.argsort(-chance[answered], kind="stable")
    running = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    for wanted in (0.85, 0.88, 0.9, 0.93, 0.95):
        good = np.flatnonzero(running >= wanted)
        share = (good[-1] + 1) / len(order) if len(good) else 0.0
        print(f"coverage at precision {wanted}: {share:.3f}", end=" · ")
    print("\nreliability (expected, true, n):", end=" ")
    for low in np.arange(0.0, 1.0, 0.1):
        within = (chance >= low) & (chance < low + 0.1)
        if within.any():
            expected, true = chance[within].mean(), rows.right[within].mean()
            print(f"{expected:.2f} {true:.2f} {within.sum()}", end=" · ")
    print()
    return curve


def _at(mode: str, chance: Floats, rows: Rows, step: float | Floats) -> dict[str, float]:
    """Return precision and coverage from a threshold on, one for all rows or one for each."""
    shown, answered = chance >= step, rows.answered
    right = rows.right[answered & shown]
    return {
        f"precision {NAMES[mode]}": round(float(right.mean()) if len(right) else 1.0, 4),
        f"coverage {NAMES[mode]}": round(float(shown[answered].mean()), 4),
        f"linked without its answer, {NAMES[mode]}": round(float(shown[~answered].mean()), 4),
    }


def report_sample(
    mode: Mode, judged: Sequence[Rows], others: Sequence[tuple[Rows, float]]
) -> list[Row]:
    """Return right and wrong links of the sample archive, cross-fitted and by the model itself.

    Parameters
    ----------
    mode
        The model; its threshold serves for both.
    judged
        The sample's rows by index, in the order of ``INDEXES``.
    others
        What is learned from besides the sample.
    """
    table: list[Row] = []
    for name, rows in zip(INDEXES, judged, strict=True):
        itself, crossed = chances(mode.confidence, rows), np.zeros(len(rows.right))
        for fold in range(SAMPLE_FOLDS):
            rest = [(r.part(r.sides(SAMPLE_FOLDS) != fold), SAMPLE_SHARE) for r in judged]
            model = learn_confidence([*others, *rest], "alone")
            held = rows.sides(SAMPLE_FOLDS) == fold
            crossed[held] = chances(model, rows.part(held))
        for how, chance in (("cross-fitted", crossed), ("as shipped", itself)):
            shown = chance >= mode.confidence.threshold
            row = {
                "sample archive": name,
                "model": how,
                "right": int((shown & rows.right).sum()),
                "wrong": int((shown & ~rows.right).sum()),
                "questions": len(shown),
            }
            print(row)
            table.append(row)
    return table


def main() -> None:
    """Measure on what was not fitted, and with --fit write the model where the program reads it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--fit", action="store_true", help="write the weights")
    options = parser.parse_args()
    retrieval, _, _ = open_beir_index(options.corpus)
    search = dict(LinearRanker.load(SEARCH).weights)
    blank = Mode({}, LogisticModel({}, 0.0, 0.5))
    unfitted = AnswerModel(search, blank, blank)
    finder = AnswerFinder(retrieval, _no_article, (), unfitted)
    questions, articles = graded(options.questions), sample_articles()
    started = time.perf_counter()
    asked = {mode: ask(finder, questions, mode) for mode in NAMES}
    ms = (time.perf_counter() - started) / len(questions) / len(NAMES) * 1000
    print(f"{ms:.2f} ms a question, one thread")
    follow_ups = sample_questions(articles)
    of_sample = [
        ask(sample_finder(articles, vectors, unfitted), follow_ups, "alone")
        for vectors in (True, False)
    ]
    model = fit_all(search, asked, of_sample)
    if options.fit:
        model.save()


def fit_all(
    search: Mapping[str, float],
    asked: Mapping[str, Sequence[Asked]],
    of_sample: Sequence[Sequence[Asked]],
) -> AnswerModel:
    """Return the model of everything; publish what it is worth, cross-fitted.

    Parameters
    ----------
    search
        Weights of the search ranking.
    asked
        The graded questions by mode.
    of_sample
        The sample's follow-ups by index, in the order of ``INDEXES``.
    """
    metrics: dict[str, float] = {}
    modes: dict[str, Mode] = {}
    curve: dict[float, dict[str, object]] = {}
    sample_table: list[Row] = []
    for name in NAMES:
        threshold, found, by_step = cross_fit(asked[name], of_sample, name)
        metrics |= found
        for step, figures in by_step.items():
            curve.setdefault(step, {"threshold": step}).update(figures)
        rank = learn_ranking(asked[name], name)
        rows = best_rows(asked[name], rank, twice=True)
        parts = [(rows, 1.0), *_of_sample(of_sample, rank, name)]
        modes[name] = Mode(rank, replace(learn_confidence(parts, name), threshold=threshold))
        if name == "alone":
            judged = [part for part, _ in parts[1:]]
            sample_table = report_sample(modes[name], judged, [(rows, 1.0)])
    for row in sample_table:
        for count in ("right", "wrong"):
            key = f"sample {count}, {row['sample archive']}, {row['model']}"
            metrics[key] = float(str(row[count]))
    print(metrics)
    shipped = " and ".join(f"{m.confidence.threshold} {NAMES[n]}" for n, m in modes.items())
    note = f"Shipped: {shipped}. Each half of the questions by the model of the other half."
    publish("answers", [curve[step] for step in sorted(curve)], COMMAND, note=note)
    publish("answers-sample", sample_table, COMMAND)
    trained_on = ("factcheck_questions", "the sample archive's follow-ups")
    return AnswerModel(search, modes["alone"], modes["context"], trained_on, metrics)


def cross_fit(
    asked: Sequence[Asked], of_sample: Sequence[Sequence[Asked]], mode: str
) -> tuple[float, dict[str, float], dict[float, dict[str, float]]]:
    """Return the mean threshold, what each half's own is worth on the other, and the curve.

    Parameters
    ----------
    asked
        The graded questions.
    of_sample
        The sample's follow-ups by index.
    mode
        "alone" or "context".
    """
    held, chance, thresholds, steps = [], [], [], []
    for half in (0, 1):
        rank = learn_ranking([a for a in asked if side(a.judged.group) == half], mode)
        rows = best_rows(asked, rank, twice=True)
        fitted, other = rows.part(rows.sides() == half), rows.part(rows.sides() != half)
        model = learn_confidence([(fitted, 1.0), *_of_sample(of_sample, rank, mode)], mode)
        thresholds.append(with_threshold(model, fitted, PRECISION[mode]).threshold)
        held.append(other)
        chance.append(chances(model, other))
        steps.append(np.full(len(other.right), thresholds[-1]))
    everything = Rows(
        np.vstack([rows.features for rows in held]),
        np.concatenate([rows.right for rows in held]),
        np.concatenate([rows.answered for rows in held]),
        tuple(group for rows in held for group in rows.groups),
    )
    joined, threshold = np.concatenate(chance), round(sum(thresholds) / 2 + 1e-9, 2)
    metrics = _at(mode, joined, everything, np.concatenate(steps))
    return threshold, metrics, report(mode, joined, everything, threshold)


def _of_sample(
    of_sample: Sequence[Sequence[Asked]], rank: Mapping[str, float], mode: str
) -> list[tuple[Rows, float]]:
    """Return the sample's rows with how much they count; its questions stand alone."""
    if mode != "alone":
        return []
    return [(best_rows(part, rank, twice=False), SAMPLE_SHARE) for part in of_sample]


def _no_article(id: str) -> Article:
    raise KeyError(id)


if __name__ == "__main__":
    main()
