"""Time searches side by side: ours, tantivy, bm25s and rank-bm25, same texts, same queries.

Run: python -m benchmarks.engines EVAL/search/factchecktweet dev [auto]
(needs the `bench` extra; with ``auto`` also ours with the encoder). rank-bm25 answers the first
20 queries only: it is that slow. Two words: the first two of each query that are no stop words.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import bm25s
import numpy as np
import rank_bm25
import tantivy

from benchmarks.result_files import Row, percentiles
from benchmarks.tables import publish
from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import stem, words
from corpus.models import Article
from corpus.readers.beir import read_beir, read_qrels, read_queries
from index.dense.load_encoder import load_encoder
from index.evaluation.beir import open_beir_index
from index.evaluation.metrics import average_precision
from index.lexical.top_k import top_k
from index.search.retrieval import Retrieval, bm25_scores
from index.search.searcher import Searcher
from index.types import SearchRequest

DEPTH = 100
Answer = Callable[[str], list[str]]


def _without_stop_words(text: str) -> list[str]:
    return [word for word in words(text) if word not in STOPWORDS]


def _terms(text: str) -> list[str]:
    return [stem(word) for word in _without_stop_words(text)]


def _text(article: Article) -> str:
    return "\n".join((article.headline, article.claim, article.summary, article.body))


def _ours_retrieval(retrieval: Retrieval) -> Answer:
    reader = retrieval.reader

    def answer(query: str) -> list[str]:
        scores = bm25_scores(reader, dict.fromkeys(reader.informative_terms(query), 1.0))
        return [reader.ids[row] for row in top_k(scores, DEPTH).tolist()]

    return answer


def _ours_learned(retrieval: Retrieval) -> Answer:
    searcher = Searcher(retrieval)

    def answer(query: str) -> list[str]:
        request = SearchRequest(query, limit=DEPTH, highlight=False)
        return [hit.id for hit in searcher.search(request).hits]

    return answer


def _two_words(answer: Answer) -> Answer:
    return lambda query: answer(" ".join(_without_stop_words(query)[:2]))


def _tantivy(articles: list[Article]) -> Answer:
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("text", stored=False, tokenizer_name="en_stem")
    schema.add_unsigned_field("place", stored=True)
    index = tantivy.Index(schema.build())
    writer = index.writer(300_000_000)
    for place, article in enumerate(articles):
        writer.add_document(tantivy.Document(text=_text(article), place=place))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def answer(query: str) -> list[str]:
        plain = " ".join(_without_stop_words(query))
        hits = searcher.search(index.parse_query(plain, ["text"]), DEPTH).hits
        return [articles[searcher.doc(address)["place"][0]].id for _, address in hits]

    return answer


def _bm25s(tokens: list[list[str]], ids: list[str]) -> Answer:
    engine = bm25s.BM25(k1=1.5, b=0.75, backend="numba")
    engine.index(tokens, show_progress=False)

    def answer(query: str) -> list[str]:
        found, _ = engine.retrieve([_terms(query)], k=min(DEPTH, len(ids)), show_progress=False)
        return [ids[place] for place in found[0]]

    return answer


def _rank_bm25(tokens: list[list[str]], ids: list[str]) -> Answer:
    engine = rank_bm25.BM25Okapi(tokens, k1=1.5, b=0.75)

    def answer(query: str) -> list[str]:
        order = np.argsort(-engine.get_scores(_terms(query)), kind="stable")[:DEPTH]
        return [ids[place] for place in order]

    return answer


def main(folder: Path, split: str, encoder: str = "none") -> None:
    """Measure a row per engine: MAP@5 and milliseconds per query.

    Parameters
    ----------
    folder : Path
        A BEIR folder.
    split : str
        One of its qrels.
    encoder : str
        ``none``, ``auto`` or the folder of a model.
    """
    articles = [a for a in read_beir(folder) if isinstance(a, Article)]
    gold = read_qrels(folder, split)
    queries = [q for q in read_queries(folder) if q.id in gold]
    tokens = [_terms(_text(article)) for article in articles]
    ids = [article.id for article in articles]
    index, _, _ = open_beir_index(folder)
    engines: dict[str, Answer] = {
        "ours, BM25 of two fields alone": _ours_retrieval(index),
        "ours, the whole learned ranking": _ours_learned(index),
        "ours, two words of each query": _two_words(_ours_learned(index)),
        "tantivy": _tantivy(articles),
        "bm25s (numba)": _bm25s(tokens, ids),
        "rank-bm25": _rank_bm25(tokens, ids),
    }
    if (loaded := load_encoder(encoder)) is not None:
        engines["ours, with the encoder"] = _ours_learned(open_beir_index(folder, loaded)[0])
    for answer in engines.values():
        answer(queries[0].text)
    latencies: dict[str, list[float]] = {name: [] for name in engines}
    quality: dict[str, list[float]] = {name: [] for name in engines}
    for n, query in enumerate(queries):  # in turn, so that a noisy moment hits all
        for name, answer in _asked(engines, n):
            start = time.perf_counter()
            ranking = answer(query.text)
            latencies[name].append((time.perf_counter() - start) * 1000)
            quality[name].append(average_precision(ranking, gold[query.id], 5))
    rows: list[Row] = [
        {"engine": name, "queries": len(values), "MAP@5": round(float(np.mean(quality[name])), 4)}
        | percentiles(values)
        for name, values in latencies.items()
    ]
    command = f"python -m benchmarks.engines EVAL/search/{folder.name} {split} {encoder}"
    publish("engines", rows, command, note=f"{len(articles):,} articles, engines asked in turn.")


def _asked(engines: dict[str, Answer], n: int) -> Iterable[tuple[str, Answer]]:
    return (item for item in engines.items() if item[0] != "rank-bm25" or n < 20)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
