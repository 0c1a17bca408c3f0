"""Linear ranking model: a weight per named feature, so that every score can be explained."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.storage.atomic import write_atomically

FORMAT = 1
SHIPPED = Path(__file__).parent / "weights" / "search.json"
SHIPPED_NEURAL = Path(__file__).parent / "weights" / "search-encoder.json"


@dataclass(frozen=True, slots=True)
class LinearRanker:
    """The score is the sum of weight * feature.

    ``trained_on`` names the training sets, ``metrics`` what was measured on them.
    """

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
        """Return the weights of ``names`` in order, float32 [n]; 0 for a feature without one."""
        return np.array([self.weights.get(name, 0.0) for name in names], np.float32)
