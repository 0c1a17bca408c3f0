"""Evaluation on a BEIR folder, by the same searcher that serves users."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from platformdirs import user_cache_path

from corpus.errors import ArchiveError
from corpus.models import Article
from corpus.readers.beir import list_query_splits, read_beir, read_qrels, read_queries
from index.build import build_index
from index.dense.encoder import Encoder
from index.dense.encoding_cache import EncodingCache
from index.dense.static_embeddings import load_static_embeddings
from index.evaluation.metrics import average_precision, ndcg, recall, reciprocal_rank
from index.evaluation.trec_run import write_run
from index.search.retrieval import Retrieval
from index.search.searcher import Searcher
from index.search.snippets import article_snippet
from index.storage.generation_format import FORMAT, open_manifest, seal_generation
from index.types import SearchRequest

DEPTH = 100  # hits of a query, as recall@100 needs them
PAGE = 10  # hits of a page as it is served
N_SERVED = 300  # queries that are timed as they are served


def evaluate_search(
    folder: Path,
    corpus: Path,
    split: str,
    run: Path | None,
    query_field: str,
    context_field: str,
    encoder: Encoder | None = None,
    progress: Callable[[str, int, int], None] = lambda what, done, total: None,
) -> dict[str, object]:
    """Return the metrics of one split.

    Parameters
    ----------
    folder
        A BEIR folder with queries and relevance judgements.
    corpus
        Folder or file of the articles.
    split
        Name of the split, "" for all together.
    run
        Where the rankings are written in TREC's form, None for nowhere.
    query_field
        The field of a query that is searched for.
    context_field
        The field with what came before in a conversation, "" for none.
    encoder
        The sentence encoder, None for words alone.
    progress
        Called with what is being done, how many are done, and how many there are.
    """
    names = [split] if split else list_query_splits(folder)
    gold = {query: grades for name in names for query, grades in read_qrels(folder, name).items()}
    progress("Indexing the corpus", 0, 0)
    retrieval, seconds, size = open_beir_index(corpus, encoder)
    retrieval.reader.known_words.load()  # as a server does before its first search
    searcher = Searcher(retrieval)
    rankings: dict[str, list[tuple[str, float]]] = {}
    latencies = []
    pages: list[SearchRequest] = []
    for query in read_queries(folder):
        if query.id not in gold:
            continue
        fields = {**query.fields, "text": query.text}
        request = SearchRequest(
            fields.get(query_field, ""),
            fields.get(context_field, ""),
            limit=DEPTH,
            highlight=False,
            weak=True,  # the ranking is measured to its depth; the floor has a table of its own
        )
        start = time.perf_counter()
        rankings[query.id] = [(hit.id, hit.score) for hit in searcher.search(request).hits]
        latencies.append((time.perf_counter() - start) * 1000)
        if len(pages) < N_SERVED:
            pages.append(replace(request, limit=PAGE, weak=False))
        if len(latencies) % 10 == 0:
            progress("Searching", len(latencies), len(gold))
    if run is not None:
        write_run(run, rankings)
    order = {q: [id for id, _ in ranking] for q, ranking in rankings.items()}

    def mean_over_queries(values: list[float]) -> float:
        return round(float(np.mean(values)), 4) if values else 0.0

    return {
        "queries": len(order),
        "MAP@5": mean_over_queries([average_precision(r, gold[q], 5) for q, r in order.items()]),
        "MRR@10": mean_over_queries([reciprocal_rank(r, gold[q], 10) for q, r in order.items()]),
        "nDCG@10": mean_over_queries([ndcg(r, gold[q], 10) for q, r in order.items()]),
        "recall@10": mean_over_queries([recall(r, gold[q], 10) for q, r in order.items()]),
        "recall@100": mean_over_queries([recall(r, gold[q], 100) for q, r in order.items()]),
        "ms p50/p95/p99": _percentiles(latencies),
        "served ms p50/p95/p99": _percentiles(_served_latencies(searcher, pages, corpus)),
        "build seconds": round(seconds, 1),
        "index bytes": size,
    }


def _served_latencies(
    searcher: Searcher, pages: Sequence[SearchRequest], corpus: Path
) -> list[float]:
    """Return the milliseconds of pages of hits as a person gets them, with snippets and facets."""
    shown = {hit.id for request in pages for hit in searcher.search(request).hits}
    articles = {a.id: a for a in read_beir(corpus) if isinstance(a, Article) and a.id in shown}
    latencies = []
    for request in pages:
        start = time.perf_counter()
        for hit in searcher.search(request).hits:
            if hit.id in articles:
                article_snippet(articles[hit.id], hit.terms, hit.phrases)
        latencies.append((time.perf_counter() - start) * 1000)
    return latencies


def _percentiles(latencies: Sequence[float]) -> list[float]:
    return [round(float(np.percentile(latencies or [0], p)), 2) for p in (50, 95, 99)]


def open_beir_index(corpus: Path, encoder: Encoder | None = None) -> tuple[Retrieval, float, int]:
    """Return the opened index of a corpus, its build seconds (0 when it was there) and its bytes.

    An index is built once per content and encoder; a text is encoded once per encoder.
    StaticEmbeddingsUnavailable where one must be built without the table of word vectors: what is
    measured is what is shipped.
    """
    source = corpus
    if corpus.is_dir():
        source = next(iter(sorted(corpus.glob("corpus.jsonl*"))), corpus / "corpus.jsonl")
    digest = blake2b(source.read_bytes(), digest_size=12).hexdigest()
    work = user_cache_path("divedeeper") / "evaluate"
    name = encoder.name if encoder else ""
    suffix = blake2b(name.encode(), digest_size=6).hexdigest() if name else "words"
    folder = work / f"{digest}-{FORMAT}-{suffix}"
    start, built = time.perf_counter(), not _is_intact_beir_index(folder)
    if built:
        shutil.rmtree(folder, ignore_errors=True)
        table = load_static_embeddings()
        articles = (a for a in read_beir(source) if isinstance(a, Article))
        work.mkdir(parents=True, exist_ok=True)
        # In a temporary folder first: two evaluations at once must not write into each other's
        # open files.
        with TemporaryDirectory(dir=work) as parent:
            temporary = Path(parent) / "index"
            if encoder is None:
                build_index(articles, temporary, word_table=table)
            else:
                with EncodingCache.open(work / "encodings.sqlite") as cache:
                    build_index(
                        articles,
                        temporary,
                        encode=lambda texts: cache.encode_cached(encoder, texts),
                        encoder_name=encoder.name,
                        word_table=table,
                    )
            seal_generation(temporary, name)
            if not folder.exists():
                temporary.rename(folder)
    seconds = time.perf_counter() - start if built else 0.0
    size = sum(file.stat().st_size for file in folder.iterdir())
    return Retrieval.open(folder, encoder), seconds, size


def _is_intact_beir_index(folder: Path) -> bool:
    try:
        open_manifest(folder)
    except ArchiveError:
        return False
    return True
