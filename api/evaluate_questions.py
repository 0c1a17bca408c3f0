"""Measure follow-up questions with the ranking code that serves article pages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from corpus.models import Article
from corpus.readers import read_beir, read_judgements, read_queries
from index.encoder import Encoder
from index.metrics import ndcg, recall, reciprocal_rank
from index.ranker import LinearRanker
from index.vector_cache import VectorCache
from recommender.question_ranking import QuestionRanker

DEPTH = 100
HARD = 50


def evaluate_questions(
    folder: Path,
    run: Path | None,
    encoder: Encoder | None = None,
    ranker: LinearRanker | None = None,
) -> dict[str, object]:
    """Rank the questions of ``folder`` for each document, by ``ranker`` or the shipped one.

    Candidates are found as in serving, so a question that shares neither words nor meaning is not
    found; a document's own headline is never its follow-up. The hard column ranks a document's own
    questions among the 50 others whose words are nearest to its headline.
    """
    with VectorCache.open(user_cache_path("divedeeper") / "evaluate" / "encodings.sqlite") as cache:
        encode = (lambda texts: cache.encode_cached(encoder, texts)) if encoder else None
        articles = [a for a in read_beir(folder / "docs.jsonl") if isinstance(a, Article)]
        questions = read_queries(folder / "questions.jsonl")
        gold = read_judgements(folder / "qrels.tsv")
        ids = [q.id for q in questions]
        bank = QuestionRanker([q.text for q in questions], articles, encode, ranker)
        rankings: dict[str, list[str]] = {}
        hard: dict[str, list[str]] = {}
        lines: list[str] = []
        for article in articles:
            if article.id not in gold:
                continue
            ranking = bank.rank(article, len(ids))
            rankings[article.id] = [ids[found.place] for found in ranking][:DEPTH]
            near = bank.near_headline(article)
            others = [ids[j] for j in near if ids[j] not in gold[article.id]][:HARD]
            pool = set(others) | set(gold[article.id])
            hard[article.id] = [ids[f.place] for f in ranking if ids[f.place] in pool][:DEPTH]
            lines += [
                f"{article.id} Q0 {ids[found.place]} {rank} {found.score:.6f} divedeeper\n"
                for rank, found in enumerate(ranking[:DEPTH], 1)
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
