"""Learn the next-read model from graded next reads, cross-fitted by source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.related.next_read_model import USED, Head, NextReadModel, Vectors
from recommender.related.pair_features import FEATURES

L2_RANK = 0.1  # of ridge on standardised features, a share of their variance; .03 to .3 are alike
L2_LOGISTIC = 0.01  # of logistic regression, beside the mean loss of a pair
N_FOLDS = 8

Doubles = NDArray[np.float64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Grade:
    """A judgement: ``value`` 0 to 3; ``same_claim``: it checks the very same claim."""

    value: int
    same_claim: bool


Judgements = Mapping[str, Mapping[str, Grade]]
"""Source id → candidate id → grade."""


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


def read_judgements(path: Path) -> dict[str, dict[str, Grade]]:
    """Return the grades of a file: tab-separated source, candidate, grade, same claim (0 or 1)."""
    found: dict[str, dict[str, Grade]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        source, candidate, grade, twin = line.split("\t")
        found.setdefault(source, {})[candidate] = Grade(int(grade), twin == "1")
    return found


def fit(pairs: Pairs, vectors: Vectors) -> NextReadModel:
    """Return the model of graded pairs; ``vectors`` says which features it may use."""
    columns = [FEATURES.index(name) for name in USED[vectors]]
    x = pairs.features[:, columns].astype(np.float64)
    mean, deviation = x.mean(axis=0), x.std(axis=0) + 1e-9
    standard = (x - mean) / deviation

    def head(weights: Doubles, constant: float) -> Head:
        plain = weights / deviation
        named = {n: float(w) for n, w in zip(USED[vectors], plain, strict=True)}
        return Head(float(constant - mean @ plain), named)

    gains = np.exp2(pairs.grades.astype(np.float64)) - 1.0
    return NextReadModel(
        head(*_ridge(standard, gains, L2_RANK)),
        head(*_logistic(standard, (pairs.grades >= 2).astype(np.float64), L2_LOGISTIC)),
        head(*_logistic(standard, pairs.same_claim.astype(np.float64), L2_LOGISTIC)),
        {},
    )


def cross_fitted(pairs: Pairs, vectors: Vectors, seed: int = 0) -> dict[int, NextReadModel]:
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
        model = fit(pairs.of(np.setdiff1d(order, held_out).tolist()), vectors)
        models |= dict.fromkeys(held_out.tolist(), model)
    return models


def _ridge(x: Doubles, y: Doubles, l2: float) -> tuple[Doubles, float]:
    """Return weights and constant for standardised ``x``."""
    gram = x.T @ x / len(y) + l2 * np.eye(x.shape[1])
    return np.linalg.solve(gram, x.T @ (y - y.mean()) / len(y)), float(y.mean())


def _logistic(x: Doubles, y: Doubles, l2: float) -> tuple[Doubles, float]:
    """Return weights and constant (not penalised) for standardised ``x`` and ``y`` in {0, 1}."""
    from scipy.optimize import minimize  # every command would wait for it, and few learn

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        odds = x @ weights[1:] + weights[0]
        slope = (1.0 / (1.0 + np.exp(-odds)) - y) / len(y)
        value = np.mean(np.logaddexp(0.0, odds) - y * odds) + l2 * weights[1:] @ weights[1:]
        gradient = np.concatenate(([slope.sum()], x.T @ slope + 2.0 * l2 * weights[1:]))
        return float(value), gradient

    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return found[1:], float(found[0])
