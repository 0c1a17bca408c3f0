"""Training of the next-read model on graded next reads, cross-fitted by source.

The grades teach what the words of two articles tell. What a common topic adds is not in them, since
the graded articles have none. ``TOPIC_GOOD`` is from the sample archive's own follow-up links (140
between 72 articles): a logistic regression gives 2.00 to a common topic and 1.84 to the log odds of
a good next read without it, and 2.00 / 1.84 = 1.09. ``TOPIC_RANK`` is that in units of the rank.
``python -m benchmarks.topic_weight`` works them out again for the weights as shipped now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.models import Article
from recommender.evaluation.next_reads import (
    MIN_GOOD,
    Estimate,
    Grades,
    question_figures,
    related_figures,
)
from recommender.related.finder import RelatedFinder
from recommender.related.next_read_model import USED, Head, NextReadModel, Vectors
from recommender.related.pair_features import FEATURES, TOPIC_FEATURE
from recommender.suggestions.candidates import may_be_candidate
from recommender.types import PAGE_SIZE, RelatedSuggestion

L2_RANK = 0.1  # of ridge on standardised features, a share of their variance; .03 to .3 are alike
L2_LOGISTIC = 0.01  # of logistic regression, beside the mean loss of a pair
N_FOLDS = 8
MIN_SOURCES = 2  # one to learn from where the other is held out
TOPIC_RANK = 0.7
TOPIC_GOOD = 1.09
N_RANKED = 24  # articles of a held-out source's list: five are left without twins and ungraded ones
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)  # probabilities from which a question is shown

Doubles = NDArray[np.float64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False, slots=True)
class Pairs:
    """Graded pairs: ``features`` float32 [n, len(FEATURES)], ``grades`` int64, ``same_claim`` bool.

    ``source`` int64: the number of the source of each pair.
    """

    features: Floats
    grades: NDArray[np.int64]
    same_claim: NDArray[np.bool_]
    source: NDArray[np.int64]

    def of(self, sources: Sequence[int]) -> Pairs:
        """Return the pairs of some of the sources."""
        kept = np.isin(self.source, sources)
        return Pairs(
            self.features[kept], self.grades[kept], self.same_claim[kept], self.source[kept]
        )


@dataclass(frozen=True, slots=True)
class CrossFitted:
    """Figures of lists, each ranked by a model that its source did not teach.

    ``related`` is of the related articles; ``questions`` of those that questions may lead to: no
    check of the same claim, the first five from a threshold on, by that threshold.
    """

    related: Mapping[str, Estimate]
    questions: Mapping[float, Mapping[str, Estimate]]


def graded_pairs(grades: Grades, finder: RelatedFinder, articles: Mapping[str, Article]) -> Pairs:
    """Return the features and grades of all graded pairs, the sources numbered in their order.

    Parameters
    ----------
    grades
        The graded pairs.
    finder
        Measures them, in the archive that they are of.
    articles
        The sources and graded articles of the archive, by id.

    Raises
    ------
    ValueError
        There are too few sources, or an article is not in the archive.
    """
    if len(grades) < MIN_SOURCES:
        raise ValueError(f"{len(grades)} source is graded. Name at least {MIN_SOURCES} to learn.")
    ids = [id for source, of_source in grades.items() for id in (source, *of_source)]
    if unknown := next((id for id in ids if id not in articles), None):
        raise ValueError(
            f"The archive has no published article {unknown!r}. Name the archive that the grades "
            "are of with --archive, and build it."
        )
    found = [
        finder.pair_features(articles[source], list(of_source))
        for source, of_source in grades.items()
    ]
    graded = [one for of_source in grades.values() for one in of_source.values()]
    return Pairs(
        np.concatenate(found),
        np.array([one.grade for one in graded], np.int64),
        np.array([one.twin for one in graded], np.bool_),
        np.repeat(np.arange(len(grades)), [len(of_source) for of_source in grades.values()]),
    )


def cross_fitted_figures(
    grades: Grades,
    articles: Mapping[str, Article],
    models: Mapping[int, NextReadModel],
    finder_of: Callable[[NextReadModel], RelatedFinder],
) -> CrossFitted:
    """Return the figures of the lists that held-out models make of the whole archive.

    Parameters
    ----------
    grades
        The graded pairs.
    articles
        The sources, by id.
    models
        The model of each source, by its number; see ``cross_fitted_next_reads``.
    finder_of
        Returns the finder that serves, with another model.
    """
    finders = {id(model): finder_of(model) for model in models.values()}
    lists: dict[str, tuple[RelatedSuggestion, ...]] = {}
    for number, source in enumerate(grades):
        finder = finders[id(models[number])]
        lists[source] = finder.related(articles[source], N_RANKED, stored=True)
    return CrossFitted(
        related_figures(grades, {s: [r.article_id for r in found] for s, found in lists.items()}),
        {
            threshold: question_figures(
                grades, {s: _askable_next_reads(found, threshold) for s, found in lists.items()}
            )
            for threshold in THRESHOLDS
        },
    )


def _askable_next_reads(found: Sequence[RelatedSuggestion], threshold: float) -> list[str]:
    """Return the articles that questions of one page may lead to."""
    good = [r.article_id for r in found if r.probability >= threshold and may_be_candidate(r)]
    return good[:PAGE_SIZE]


def fit_next_read_model(pairs: Pairs, vectors: Vectors) -> NextReadModel:
    """Return the model of graded pairs; ``vectors`` says which features it may use.

    The weights of a common topic are fixed; see the module's text.
    """
    columns = [FEATURES.index(name) for name in USED[vectors]]
    x = pairs.features[:, columns].astype(np.float64)
    mean, deviation = x.mean(axis=0), x.std(axis=0) + 1e-9
    standard = (x - mean) / deviation

    def next_read_head(weights: Doubles, constant: float, topic: float = 0.0) -> Head:
        plain = weights / deviation
        named = {n: float(w) for n, w in zip(USED[vectors], plain, strict=True)}
        named |= {TOPIC_FEATURE: topic} if topic else {}
        return Head(float(constant - mean @ plain), named)

    good = (pairs.grades >= MIN_GOOD).astype(np.float64)
    gains = np.exp2(pairs.grades.astype(np.float64)) - 1.0
    return NextReadModel(
        next_read_head(*_fit_next_read_ridge(standard, gains, L2_RANK), TOPIC_RANK),
        next_read_head(*_fit_next_read_logistic(standard, good, L2_LOGISTIC), TOPIC_GOOD),
        next_read_head(
            *_fit_next_read_logistic(standard, pairs.same_claim.astype(np.float64), L2_LOGISTIC)
        ),
        {},
    )


def cross_fitted_next_reads(
    pairs: Pairs, vectors: Vectors, seed: int = 0
) -> dict[int, NextReadModel]:
    """Return for each source the model of the sources of the other folds.

    Parameters
    ----------
    pairs
        Graded pairs.
    vectors
        Which features the model may use.
    seed
        Of the folds.
    """
    order = np.random.default_rng(seed).permutation(np.unique(pairs.source))
    models: dict[int, NextReadModel] = {}
    for fold in range(N_FOLDS):
        held_out = order[fold::N_FOLDS]
        model = fit_next_read_model(pairs.of(np.setdiff1d(order, held_out).tolist()), vectors)
        models |= dict.fromkeys(held_out.tolist(), model)
    return models


def _fit_next_read_ridge(x: Doubles, y: Doubles, l2: float) -> tuple[Doubles, float]:
    """Return weights and constant for standardised ``x``."""
    gram = x.T @ x / len(y) + l2 * np.eye(x.shape[1])
    return np.linalg.solve(gram, x.T @ (y - y.mean()) / len(y)), float(y.mean())


def _fit_next_read_logistic(x: Doubles, y: Doubles, l2: float) -> tuple[Doubles, float]:
    """Return weights and constant (not penalised) for standardised ``x`` and ``y`` in {0, 1}."""
    from scipy.optimize import minimize  # every command would wait for it, and few learn

    def next_read_loss(weights: Doubles) -> tuple[float, Doubles]:
        odds = x @ weights[1:] + weights[0]
        slope = (1.0 / (1.0 + np.exp(-odds)) - y) / len(y)
        value = np.mean(np.logaddexp(0.0, odds) - y * odds) + l2 * weights[1:] @ weights[1:]
        gradient = np.concatenate(([slope.sum()], x.T @ slope + 2.0 * l2 * weights[1:]))
        return float(value), gradient

    found = minimize(next_read_loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return found[1:], float(found[0])
