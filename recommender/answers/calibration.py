"""Calibrated logistic regression over named features: fit, load, save, probability."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.storage.atomic import write_atomically

FORMAT = 1  # of the file of a model
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """p = 1 / (1 + exp(-(intercept + sum of weight * feature))).

    ``threshold`` is the least probability at which an answer is shown. ``trained_on`` and
    ``metrics`` name its data and its quality there.
    """

    weights: Mapping[str, float]
    intercept: float
    threshold: float
    trained_on: tuple[str, ...] = ()
    metrics: Mapping[str, float] = field(default_factory=dict)

    def vector(self, names: Sequence[str]) -> Floats:
        """Return the weights in the order of ``names``, float64 [n], 0 for a name without one.

        Raises
        ------
        ValueError
            The model has a weight for a feature that is not among ``names``: another version's.
        """
        if missing := sorted(set(self.weights) - set(names)):
            raise ValueError(
                f"the answer model weighs {missing[0]!r}, which is not measured any more. "
                "Fit it again with `python -m benchmarks.answers --fit`."
            )
        return np.array([self.weights.get(name, 0.0) for name in names])

    @staticmethod
    def load(path: Path) -> LogisticModel:
        """Return the model in ``path``; ValueError where it is of another format."""
        model = json.loads(path.read_text(encoding="utf-8"))
        if model.get("format") != FORMAT:
            raise ValueError(
                f"{path} has answer model format {model.get('format')}, this program reads "
                f"{FORMAT}. Fit it again with `python -m benchmarks.answers --fit`."
            )
        return LogisticModel(
            model["weights"],
            model["intercept"],
            model["threshold"],
            tuple(model["trained_on"]),
            model["metrics"],
        )

    def save(self, path: Path) -> None:
        """Write the model as JSON, all of it or nothing."""
        model = {
            "format": FORMAT,
            "trained_on": list(self.trained_on),
            "metrics": dict(self.metrics),
            "threshold": self.threshold,
            "intercept": self.intercept,
            "weights": dict(self.weights),
        }
        write_atomically(path, json.dumps(model, indent=1) + "\n")


def calibrated_probability(logit: float) -> float:
    """Return the probability of a logit, in [0, 1], for any finite number."""
    return float(1.0 / (1.0 + np.exp(-np.clip(logit, -60.0, 60.0))))


def fit_calibration(
    names: Sequence[str],
    features: Floats,
    right: NDArray[np.bool_],
    c: float,
    shares: Floats | None = None,
) -> LogisticModel:
    """Return the model learned from examples; its threshold is 0.5.

    Parameters
    ----------
    names
        Names of the features.
    features
        Float64 [n, len(names)].
    right
        Whether each example is one of an answer, bool [n].
    c
        The inverse of the L2 penalty on standardised weights.
    shares
        How much each example counts, float64 [n]; None: 1 each.
    """
    from sklearn.linear_model import LogisticRegression  # a second to import, needed to fit only

    mean, deviation = features.mean(axis=0), features.std(axis=0)
    useful = deviation > 1e-9
    scaled = (features[:, useful] - mean[useful]) / deviation[useful]
    found = LogisticRegression(C=c, max_iter=5_000).fit(scaled, right, sample_weight=shares)
    weights = found.coef_[0] / deviation[useful]
    intercept = float(found.intercept_[0] - weights @ mean[useful])
    used = [name for name, use in zip(names, useful, strict=True) if use]
    named = {name: round(float(w), 6) for name, w in zip(used, weights, strict=True)}
    return LogisticModel(named, round(intercept, 6), 0.5)
