"""Answer model: ranking weights and a calibrated confidence, with and without context.

A question *alone* and a question *with context*, the conversation before it, have weights of their
own: the context brings the words of the topic, so that the same coverage means less.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.storage.atomic import write_atomically
from recommender.answers.calibration import LogisticModel

FORMAT = 2  # of the file of a model
SHIPPED = Path(__file__).parent / "weights" / "answers.json"


@dataclass(frozen=True, slots=True)
class Mode:
    """``rank`` weighs the features of each candidate, ``confidence`` those of the best."""

    rank: Mapping[str, float]
    confidence: LogisticModel


@dataclass(frozen=True, slots=True)
class AnswerModel:
    """The models of both modes.

    ``search`` holds the weights of the search ranking that chooses the candidates and is one of
    their features, so that another ranking does not change what the others mean. ``trained_on`` and
    ``metrics`` name its data and its quality there.
    """

    search: Mapping[str, float]
    alone: Mode
    context: Mode
    trained_on: tuple[str, ...] = ()
    metrics: Mapping[str, float] = field(default_factory=dict)

    @staticmethod
    def load(path: Path = SHIPPED) -> AnswerModel:
        """Return the model in ``path``; ValueError where it is of another format."""
        model = json.loads(path.read_text(encoding="utf-8"))
        if model.get("format") != FORMAT:
            raise ValueError(
                f"{path} has answer model format {model.get('format')}, this program reads "
                f"{FORMAT}. Fit it again with `python -m benchmarks.answers --fit`."
            )
        return AnswerModel(
            model["search"],
            _answer_mode(model["alone"]),
            _answer_mode(model["context"]),
            tuple(model["trained_on"]),
            model["metrics"],
        )

    def save(self, path: Path = SHIPPED) -> None:
        """Write the model as JSON, all of it or nothing."""
        model = {
            "format": FORMAT,
            "trained_on": list(self.trained_on),
            "metrics": dict(self.metrics),
            "search": dict(self.search),
            "alone": _answer_mode_as_json(self.alone),
            "context": _answer_mode_as_json(self.context),
        }
        write_atomically(path, json.dumps(model, indent=1) + "\n")


def _answer_mode(mode: Mapping[str, Any]) -> Mode:
    return Mode(mode["rank"], LogisticModel(mode["weights"], mode["intercept"], mode["threshold"]))


def _answer_mode_as_json(mode: Mode) -> dict[str, object]:
    return {
        "threshold": mode.confidence.threshold,
        "intercept": mode.confidence.intercept,
        "weights": dict(mode.confidence.weights),
        "rank": dict(mode.rank),
    }
