"""Learning to rank: listwise softmax loss over the candidates of each query.

Cao et al., Learning to Rank: From Pairwise Approach to Listwise Approach (2007).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DEFAULT_L2 = 0.2  # from 0.01 to 0.2 weights transfer better and better; benchmarks/README.md
DEFAULT_N_HARD = 10  # candidates that an answer has to beat in the end; benchmarks/README.md


@dataclass(frozen=True, eq=False, slots=True)
class Example:
    """One query: ``features`` [n, n_features] of its candidates, ``relevant`` bool [n]."""

    features: NDArray[np.float32]
    relevant: NDArray[np.bool_]


def fit_listwise(
    sets: Sequence[Sequence[Example]],
    l2: float = DEFAULT_L2,
    n_hard: int | None = DEFAULT_N_HARD,
    shares: Sequence[float] = (),
) -> NDArray[np.float64]:
    """Return the weight of each feature, float64 [n_features].

    Learned twice: from all candidates, then from the relevant ones and the ``n_hard`` others that
    the first weights rank highest, since only the order at the top matters. Queries without a
    relevant candidate are left out.

    Parameters
    ----------
    sets
        Training sets of queries.
    l2
        Penalty on the squared weights of standardised features.
    n_hard
        Candidates of the second round; None: there is one round, with all candidates.
    shares
        How much each set counts, however many queries it has; 1 each by default, 0 leaves it out.

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
    first = _minimize_listwise_loss(sets, l2, shares)
    if n_hard is None:
        return first
    return _minimize_listwise_loss(
        [[_hard_listwise_example(e, first, n_hard) for e in examples] for examples in sets],
        l2,
        shares,
    )


def _hard_listwise_example(example: Example, weights: NDArray[np.float64], n_hard: int) -> Example:
    """Return ``example`` with its relevant and its ``n_hard`` best candidates only."""
    order = np.argsort(-(example.features @ weights), kind="stable")
    chosen = example.relevant.copy()
    chosen[order[:n_hard]] = True
    return Example(example.features[chosen], example.relevant[chosen])


def _minimize_listwise_loss(
    sets: Sequence[Sequence[Example]], l2: float, shares: Sequence[float]
) -> NDArray[np.float64]:
    from scipy.optimize import minimize  # slow to import, and needed to train only

    packed = [_pack_listwise(examples) for examples in sets]
    everything = np.vstack([features for features, _, _ in packed])
    mean, deviation = everything.mean(axis=0), everything.std(axis=0) + 1e-6
    packed = [((x - mean) / deviation, gold, starts) for x, gold, starts in packed]

    def listwise_loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
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

    found = minimize(listwise_loss, np.zeros(everything.shape[1]), jac=True, method="L-BFGS-B")
    weights: NDArray[np.float64] = found.x / deviation
    return weights


Packed = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]


def _pack_listwise(examples: Sequence[Example]) -> Packed:
    """Return features and gold probabilities of all queries, stacked, and where each starts."""
    useful = [e for e in examples if e.relevant.any()]
    if not useful:
        raise ValueError("no query has a relevant article among its candidates: nothing to learn")
    starts = np.zeros(len(useful) + 1, np.int64)
    np.cumsum([len(e.relevant) for e in useful], out=starts[1:])
    gold = np.concatenate([e.relevant / e.relevant.sum() for e in useful])
    return np.vstack([e.features for e in useful]).astype(np.float64), gold, starts
