"""Measure follow-up questions with the ranking code that serves article pages."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from corpus.models import Article
from corpus.readers import read_beir, read_judgements, read_queries
from corpus.text import fold
from index.metrics import ndcg, recall, reciprocal_rank
from recommender.question_ranking import QuestionRanker

DEPTH = 100
HARD = 50


def evaluate_questions(folder: Path, run: Path | None) -> dict[str, object]:
    """Rank all questions of ``folder`` for each document; a document's own title is left out.

    The hard column ranks a document's own questions among the 50 nearest to its title.
    """
    articles = [a for a in read_beir(folder / "docs.jsonl") if isinstance(a, Article)]
    questions = read_queries(folder / "questions.jsonl")
    gold = read_judgements(folder / "qrels.tsv")
    ids = np.array([q.id for q in questions])
    folded = np.array([fold(q.text).strip() for q in questions])
    ranker = QuestionRanker([q.text for q in questions], articles)
    rankings: dict[str, list[str]] = {}
    hard: dict[str, list[str]] = {}
    lines: list[str] = []
    for article in articles:
        if article.id not in gold:
            continue
        parts = ranker.contributions(article)
        scores = np.sum(list(parts.values()), axis=0)
        scores[folded == fold(article.headline).strip()] = -1.0
        order = np.argsort(-scores, kind="stable")
        rankings[article.id] = ids[order[:DEPTH]].tolist()
        own = np.isin(ids, list(gold[article.id]))
        near = np.argsort(-np.where(own, -1.0, parts["headline words"]), kind="stable")[:HARD]
        pool = own.copy()
        pool[near] = True
        hard[article.id] = ids[order[pool[order]]][:DEPTH].tolist()
        lines += [
            f"{article.id} Q0 {ids[j]} {rank} {scores[j]:.6f} divedeeper\n"
            for rank, j in enumerate(order[:DEPTH], 1)
        ]
    if run is not None:
        run.write_text("".join(lines), encoding="utf-8")

    def mean(values: list[float]) -> float:
        return round(float(np.mean(values)), 4) if values else 0.0

    return {
        "documents": len(rankings),
        "nDCG@10": mean([ndcg(r, gold[d], 10) for d, r in rankings.items()]),
        "MRR": mean([reciprocal_rank(r, gold[d], DEPTH) for d, r in rankings.items()]),
        "recall@5": mean([recall(r, gold[d], 5) for d, r in rankings.items()]),
        "recall@10": mean([recall(r, gold[d], 10) for d, r in rankings.items()]),
        "nDCG@10 hard": mean([ndcg(r, gold[d], 10) for d, r in hard.items()]),
    }
