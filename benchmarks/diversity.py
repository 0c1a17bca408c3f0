"""What diversity costs and gives: `python -m benchmarks.diversity EVAL/followup/SET/SPLIT …`.

`--encoder auto` in front ranks by meaning, too. For each weight: nDCG@5 and recall@5 against the
judged questions, and the mean likeness of the facets of the five (0: all differ), which is what a
reader sees.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from benchmarks.result_files import Row
from benchmarks.tables import publish
from corpus.models import Article
from corpus.readers.beir import read_beir, read_judgements, read_queries
from index.dense.encoding_cache import cached_encoding
from index.dense.load_encoder import load_encoder
from index.evaluation.metrics import ndcg, recall
from recommender.diversity import MarginalRelevance, facet_cosines
from recommender.ranking.question_index import Encode
from recommender.ranking.question_ranker import QuestionRanker

WEIGHTS = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
SHOWN, LOOKED_AT = 5, 40


def measure(folder: Path, encode: Encode | None) -> list[Row]:
    """Return one row for each weight."""
    articles = [a for a in read_beir(folder / "docs.jsonl") if isinstance(a, Article)]
    questions = read_queries(folder / "questions.jsonl")
    gold, ids = read_judgements(folder / "qrels.tsv"), [q.id for q in questions]
    ranker = QuestionRanker.fit([q.text for q in questions], articles, encode)
    rows: dict[float, list[tuple[float, float, float]]] = {weight: [] for weight in WEIGHTS}
    for article in articles:
        if article.id not in gold:
            continue
        told = ranker.terms_of(article)
        found = ranker.rank(article, LOOKED_AT, told)
        likeness = facet_cosines(
            [ranker.index.vectors.of(f.row) for f in found],
            ranker.terms.idf,
            told.text[: told.n_headline],
        )
        for weight in WEIGHTS:
            diverse = MarginalRelevance(
                {n: f.score for n, f in enumerate(found)},
                lambda one, other, likeness=likeness: float(likeness[one, other]),  # type: ignore[misc]
                weight,
            )
            chosen: list[int] = []
            while len(chosen) < SHOWN and (taken := diverse.take()) is not None:
                diverse.choose(taken[0])
                chosen.append(taken[0])
            ranking = [ids[found[n].row] for n in chosen]
            pairs = likeness[np.ix_(chosen, chosen)][np.triu_indices(len(chosen), 1)]
            grades = gold[article.id]
            mean = float(pairs.mean()) if len(pairs) else 0.0
            rows[weight].append((ndcg(ranking, grades, 5), recall(ranking, grades, 5), mean))
    measured: list[Row] = []
    for weight, values in rows.items():
        means = np.mean(values, axis=0).round(4).tolist()
        names = ("nDCG@5", "recall@5", "mean similarity")
        row: dict[str, object] = {"weight": weight, "set": f"{folder.parent.name} {folder.name}"}
        measured.append(row | dict(zip(names, means, strict=True)))
    return measured


if __name__ == "__main__":
    setting, folders = "none", sys.argv[1:]
    if folders[:1] == ["--encoder"]:
        setting, folders = folders[1], folders[2:]
    with cached_encoding(load_encoder(setting), lambda what, done, total: None) as encode:
        found = [row for folder in folders for row in measure(Path(folder), encode)]
    encoder = "none" if setting == "none" else "auto"
    found = [{**row, "encoder": encoder} for row in found]
    command = f"python -m benchmarks.diversity --encoder {setting} EVAL/followup/SET/SPLIT …"
    publish("diversity", found, command, key=("weight", "set", "encoder"))
