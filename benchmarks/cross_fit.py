"""Measure a training set of search by weights that have not seen it, half by half.

Each half is ranked by what the other half and the other sets teach, with the shares that the
shipped weights were learned with.

Run: python -m benchmarks.cross_fit EVAL/search none (or auto: with the encoder)
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.result_files import Row
from benchmarks.tables import publish
from corpus.readers.beir import read_qrels, read_queries
from index.dense.encoder import Encoder
from index.dense.load_encoder import load_encoder
from index.evaluation.beir import open_beir_index
from index.evaluation.metrics import average_precision, ndcg
from index.evaluation.training import search_examples, train_search_ranker
from index.ranking.features import FEATURES
from index.ranking.listwise import Example
from index.search.retrieval import Candidates, Retrieval

SHARES: dict[str, dict[str, float]] = {
    "none": {"factchecktweet": 2, "checkthat2022_2a": 0.6, "checkthat2022_2b": 1.5, "scifact": 1},
    "auto": {"factchecktweet": 4, "checkthat2022_2a": 2, "checkthat2022_2b": 2, "scifact": 3},
}
K = 10  # places that the measures look at


@dataclass(frozen=True, eq=False, slots=True)
class Judged:
    """A query: what is learned from it, and what a ranking of it is measured by."""

    example: Example
    ids: tuple[str, ...]  # of its candidates
    gold: Mapping[str, int]

    def measures(
        self, weights: np.ndarray[tuple[int], np.dtype[np.float32]]
    ) -> tuple[float, float]:
        """Return MAP@5 and nDCG@10 of its candidates in the order of these weights."""
        order = np.argsort(-(self.example.features @ weights), kind="stable")[:K]
        ranking = [self.ids[place] for place in order]
        return average_precision(ranking, self.gold, 5), ndcg(ranking, self.gold, K)


def read(folder: Path, encoder: Encoder | None) -> list[Judged]:
    """Return the queries of a folder's train split with their candidates."""
    retrieval, gold = open_beir_index(folder, encoder)[0], read_qrels(folder, "train")
    queries = [q for q in read_queries(folder) if q.id in gold]
    found = []
    for query in queries:
        [example] = search_examples(retrieval, [(query.text, gold[query.id])])
        candidates = retrieval.candidates(retrieval.rewrite(query.text))
        found.append(Judged(example, _ids(retrieval, candidates), gold[query.id]))
    return found


def _ids(retrieval: Retrieval, candidates: Candidates) -> tuple[str, ...]:
    return tuple(retrieval.reader.ids[row] for row in candidates.rows.tolist())


def cross_fit(
    name: str, sets: Mapping[str, Sequence[Judged]], meanings: bool, shares: Mapping[str, float]
) -> tuple[float, float]:
    """Return MAP@5 and nDCG@10 of the queries of set ``name``, every other one in each half.

    Parameters
    ----------
    name
        The set that is measured.
    sets
        All training sets by name.
    meanings
        Whether there is an encoder.
    shares
        How much each set counts.
    """
    measured = []
    for half in (0, 1):
        seen = {n: [j.example for j in part] for n, part in sets.items()}
        seen[name] = seen[name][1 - half :: 2]
        ranker, _ = train_search_ranker(seen, meanings, shares=shares)
        weights = ranker.vector(FEATURES)
        measured += [judged.measures(weights) for judged in sets[name][half::2]]
    first, second = np.mean(measured, axis=0).tolist()
    return first, second


def main() -> None:
    """Measure each set by plain BM25 of its candidates, in-sample and cross-fitted."""
    root, mode = Path(sys.argv[1]), sys.argv[2]
    encoder = load_encoder("auto") if mode == "auto" else None
    sets = {name: read(root / name, encoder) for name in SHARES[mode]}
    every = {name: [judged.example for judged in part] for name, part in sets.items()}
    known = train_search_ranker(every, encoder is not None, shares=SHARES[mode])[0].vector(FEATURES)
    bm25 = np.array([float(name == "bm25") for name in FEATURES], np.float32)
    rows: list[Row] = []
    for name, part in sets.items():
        plain, learned = (
            np.mean([judged.measures(weights) for judged in part], axis=0).tolist()
            for weights in (bm25, known)
        )
        fitted = cross_fit(name, sets, encoder is not None, SHARES[mode])
        row: dict[str, object] = {"set": f"{name} train", "encoder": mode}
        for measure, *values in zip(("MAP@5", "nDCG@10"), plain, learned, fitted, strict=True):
            names = (f"{measure} BM25", measure, f"{measure} cross-fitted")
            row |= dict(zip(names, (round(value, 4) for value in values), strict=True))
        rows.append(row)
        print(row, file=sys.stderr, flush=True)
    command = "python -m benchmarks.cross_fit EVAL/search none|auto"
    publish("cross-fit", rows, command, key=("set", "encoder"))


if __name__ == "__main__":
    main()
