"""Measure search on a BEIR folder with the same index that serves users."""

from __future__ import annotations

import time
from hashlib import blake2b
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from corpus.models import Article
from corpus.readers import list_splits, read_beir, read_qrels, read_queries
from index.build import FORMAT, build_index
from index.metrics import average_precision, ndcg, recall, reciprocal_rank
from index.search import Index

DEPTH = 100


def evaluate_search(
    folder: Path, corpus: Path, split: str, run: Path | None, query_field: str, context_field: str
) -> dict[str, object]:
    """Return the metrics of one split (all splits together when ``split`` is empty)."""
    names = [split] if split else list_splits(folder)
    gold = {query: grades for name in names for query, grades in read_qrels(folder, name).items()}
    index, seconds, size = _index_of(corpus)
    rankings: dict[str, list[tuple[str, float]]] = {}
    latencies = []
    for query in read_queries(folder):
        if query.id not in gold:
            continue
        fields = {**query.fields, "text": query.text}
        text = f"{fields.get(query_field, '')} {fields.get(context_field, '')}".strip()
        start = time.perf_counter()
        rankings[query.id] = [(hit.id, hit.score) for hit in index.rank(text, DEPTH)]
        latencies.append((time.perf_counter() - start) * 1000)
    if run is not None:
        lines = (
            f"{query} Q0 {id} {rank} {score:.6f} divedeeper\n"
            for query, ranking in rankings.items()
            for rank, (id, score) in enumerate(ranking, 1)
        )
        run.write_text("".join(lines), encoding="utf-8")
    order = {q: [id for id, _ in ranking] for q, ranking in rankings.items()}

    def mean(values: list[float]) -> float:
        return round(float(np.mean(values)), 4) if values else 0.0

    return {
        "queries": len(order),
        "MAP@5": mean([average_precision(r, gold[q], 5) for q, r in order.items()]),
        "MRR@10": mean([reciprocal_rank(r, gold[q], 10) for q, r in order.items()]),
        "nDCG@10": mean([ndcg(r, gold[q], 10) for q, r in order.items()]),
        "recall@10": mean([recall(r, gold[q], 10) for q, r in order.items()]),
        "recall@100": mean([recall(r, gold[q], 100) for q, r in order.items()]),
        "ms p50/p95/p99": [
            round(float(np.percentile(latencies or [0], p)), 2) for p in (50, 95, 99)
        ],
        "build seconds": round(seconds, 1),
        "index bytes": size,
    }


def _index_of(corpus: Path) -> tuple[Index, float, int]:
    """Return the index of a corpus, built once per content; seconds are 0 when it was there."""
    source = corpus
    if corpus.is_dir():
        source = next(iter(sorted(corpus.glob("corpus.jsonl*"))), corpus / "corpus.jsonl")
    digest = blake2b(source.read_bytes(), digest_size=12).hexdigest()
    folder = user_cache_path("divedeeper") / "evaluate" / f"{digest}-{FORMAT}"
    start, built = time.perf_counter(), not (folder / "index.json").exists()
    if built:
        build_index((a for a in read_beir(source) if isinstance(a, Article)), folder)
    seconds = time.perf_counter() - start if built else 0.0
    return Index(folder), seconds, sum(f.stat().st_size for f in folder.iterdir())
