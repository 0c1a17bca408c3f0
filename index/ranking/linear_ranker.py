"""The ranking model: a weight per named feature, so that every score can be taken apart."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.storage.atomic import write_atomically

FORMAT = 1
L2 = 0.2  # from 0.01 to 0.2 weights transfer better and better; benchmarks/README.md
NEAREST = 10  # candidates that an answer has to beat in the end; benchmarks/README.md
SHIPPED = Path(__file__).parent / "weights" / "search.json"
SHIPPED_NEURAL = Path(__file__).parent / "weights" / "search-encoder.json"


@dataclass(frozen=True, slots=True)
class LinearRanker:
    """score = sum of weight * feature; ``trained_on``, ``metrics``: where the weights are from."""

    weights: Mapping[str, float]
    trained_on: tuple[str, ...] = ()
    metrics: Mapping[str, float] | None = None

    @staticmethod
    def load(path: Path = SHIPPED) -> LinearRanker:
        """Return the model in ``path``; ValueError where it is of another format."""
        model = json.loads(path.read_text(encoding="utf-8"))
        if model.get("format") != FORMAT:
            raise ValueError(
                f"{path} has ranker format {model.get('format')}, this program reads {FORMAT}. "
                "Train it again with `divedeeper train`."
            )
        return LinearRanker(model["weights"], tuple(model["trained_on"]), model["metrics"])

    def save(self, path: Path) -> None:
        """Write the model as JSON, all of it or nothing."""
        model = {
            "format": FORMAT,
            "trained_on": list(self.trained_on),
            "metrics": dict(self.metrics or {}),
            "weights": dict(self.weights),
        }
        write_atomically(path, json.dumps(model, indent=1) + "\n")

    def vector(self, names: Sequence[str]) -> NDArray[np.float32]:
        """Return the weights of ``names`` in order, float32 [n]; 0 for a feature it lacks."""
        return np.array([self.weights.get(name, 0.0) for name in names], np.float32)


@dataclass(frozen=True, eq=False, slots=True)
class Example:
    """One query: ``features`` [n, n_features] of its candidates, ``relevant`` bool [n]."""

    features: NDArray[np.float32]
    relevant: NDArray[np.bool_]


def fit(
    sets: Sequence[Sequence[Example]],
    l2: float = L2,
    nearest: int | None = NEAREST,
    shares: Sequence[float] = (),
) -> NDArray[np.float64]:
    """Return the weight of each feature, float64 [n_features].

    A set counts by its share, however many queries it has, not at all by 0; without ``shares``
    each counts 1.

    Learned twice: from all candidates, then from the answers and the ``nearest`` candidates that
    the first weights put on top, since only there the order matters to anyone. ``nearest`` None
    learns once, from all candidates.

    Listwise softmax loss (Cao et al., Learning to Rank: From Pairwise Approach to Listwise
    Approach, 2007) over the candidates of a query, with an L2 penalty on standardised weights.
    Queries without a relevant candidate teach nothing and are left out.

    Raises
    ------
    ValueError
        No query of some set has a relevant candidate, or every share is 0.
    """
    shares = shares or [1.0] * len(sets)
    sets = [part for part, share in zip(sets, shares, strict=True) if share > 0.0]
    shares = [share for share in shares if share > 0.0]
    if not sets:
        raise ValueError("every set counts 0: nothing to learn")
    first = _fit(sets, l2, shares)
    if nearest is None:
        return first
    return _fit([[_near(e, first, nearest) for e in examples] for examples in sets], l2, shares)


def _near(example: Example, weights: NDArray[np.float64], nearest: int) -> Example:
    """Return ``example`` with its relevant and its ``nearest`` best candidates alone."""
    order = np.argsort(-(example.features @ weights), kind="stable")
    kept = example.relevant.copy()
    kept[order[:nearest]] = True
    return Example(example.features[kept], example.relevant[kept])


def _fit(
    sets: Sequence[Sequence[Example]], l2: float, shares: Sequence[float]
) -> NDArray[np.float64]:
    from scipy.optimize import minimize  # every command would wait for it, and few learn

    packed = [_pack(examples) for examples in sets]
    everything = np.vstack([features for features, _, _ in packed])
    mean, deviation = everything.mean(axis=0), everything.std(axis=0) + 1e-6
    packed = [((x - mean) / deviation, gold, starts) for x, gold, starts in packed]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = float(l2 * weights @ weights), 2.0 * l2 * weights
        for (x, gold, starts), share in zip(packed, shares, strict=True):
            n = (len(starts) - 1) / share
            query = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
            scores = x @ weights
            scores -= np.maximum.reduceat(scores, starts[:-1])[query]
            exp = np.exp(scores)
            norm = np.add.reduceat(exp, starts[:-1])[query]
            total -= float(gold @ (scores - np.log(norm))) / n
            gradient = gradient + x.T @ (exp / norm - gold) / n
        return total, gradient

    found = minimize(loss, np.zeros(everything.shape[1]), jac=True, method="L-BFGS-B")
    weights: NDArray[np.float64] = found.x / deviation
    return weights


Packed = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]


def _pack(examples: Sequence[Example]) -> Packed:
    """Return features and gold shares of all queries, stacked, and where each query starts."""
    useful = [e for e in examples if e.relevant.any()]
    if not useful:
        raise ValueError("no query has a relevant article among its candidates: nothing to learn")
    starts = np.zeros(len(useful) + 1, np.int64)
    np.cumsum([len(e.relevant) for e in useful], out=starts[1:])
    gold = np.concatenate([e.relevant / e.relevant.sum() for e in useful])
    return np.vstack([e.features for e in useful]).astype(np.float64), gold, starts
