"""The next-read model: how good an article is after a page, and whether it checks the same claim.

Three linear heads over the same named features: the rank (expected gain of the graded next reads,
2^grade - 1), the probability of a good next read (grade 2 or 3), and that of the same claim.
Contributions are weight times value, and add up to the head's value less its constant.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corpus.storage.atomic import write_atomically
from recommender.related.pair_features import (
    FEATURES,
    MEANING_FEATURES,
    TERM_FEATURES,
    WORD_VECTOR_FEATURES,
)

FORMAT = 1
WEIGHTS = Path(__file__).parent / "weights"
Vectors = Literal["terms", "words", "encoder"]
"""Vectors of an index: none, those of words, or those of an encoder, too."""
USED: Mapping[Vectors, tuple[str, ...]] = {
    "terms": TERM_FEATURES,
    "words": (*TERM_FEATURES, *WORD_VECTOR_FEATURES),
    "encoder": (*TERM_FEATURES, *WORD_VECTOR_FEATURES, *MEANING_FEATURES),
}

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """value = constant + sum of weight * feature."""

    constant: float
    weights: Mapping[str, float]

    def vector(self) -> Floats:
        """Return the weight of each of ``FEATURES``, float32; 0 for one without."""
        return np.array([self.weights.get(name, 0.0) for name in FEATURES], np.float32)

    def values(self, features: Floats) -> Floats:
        """Return the value of each row of ``features``, float32 [n, len(FEATURES)]."""
        values: Floats = features @ self.vector() + np.float32(self.constant)
        return values


@dataclass(frozen=True, slots=True)
class NextReadModel:
    """Three heads; ``good`` and ``same_claim`` are log odds.

    ``measured``: what it was learned from, and how good it was on pairs that it did not learn.
    """

    rank: Head
    good: Head
    same_claim: Head
    measured: Mapping[str, float]

    @staticmethod
    def load(vectors: Vectors, folder: Path = WEIGHTS) -> NextReadModel:
        """Return the shipped model for an index; ValueError where it is of another format."""
        path = folder / f"next-reads-{vectors}.json"
        model = json.loads(path.read_text(encoding="utf-8"))
        if model.get("format") != FORMAT:
            raise ValueError(
                f"{path} has next-read format {model.get('format')}, this program reads {FORMAT}. "
                "Train it again with `divedeeper train nextreads`."
            )
        rank, good, same_claim = (
            Head(model[name]["constant"], model[name]["weights"])
            for name in ("rank", "good", "same claim")
        )
        return NextReadModel(rank, good, same_claim, model["measured"])

    def save(self, path: Path) -> None:
        """Write the model as JSON, by a temporary name and a rename."""
        heads = {"rank": self.rank, "good": self.good, "same claim": self.same_claim}
        model = {
            "format": FORMAT,
            "measured": dict(self.measured),
            **{n: {"constant": h.constant, "weights": dict(h.weights)} for n, h in heads.items()},
        }
        write_atomically(path, json.dumps(model, indent=1) + "\n")

    def contributions(self, features: Floats) -> dict[str, float]:
        """Return what each feature adds to the rank of one row, without the zeros.

        The constant is among them, as "constant", so that they add up to the rank.
        """
        parts = {"constant": self.rank.constant}
        for name, value in zip(FEATURES, features.tolist(), strict=True):
            if part := self.rank.weights.get(name, 0.0) * value:
                parts[name] = part
        return parts


def next_read_probability(log_odds: Floats) -> Floats:
    """Return the probabilities of ``log_odds``."""
    return (1.0 / (1.0 + np.exp(-log_odds))).astype(np.float32)
