"""Relevance floor: what it costs answered queries, and what it spares answerless ones.

Each query is searched twice: as it is, and with its gold articles taken out, as if the archive had
no answer. Another publisher's check of the same claim is then right to stay.

Run: python -m benchmarks.floor EVAL [SET …]
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from benchmarks.result_files import Row
from benchmarks.search_sets import search_sets
from benchmarks.tables import publish
from corpus.readers.beir import read_qrels, read_queries
from index.evaluation.beir import open_beir_index
from index.search.searcher import LITTLE_ABOUT_THIS, Searcher
from index.types import SearchRequest

DEPTH = 100
MAX_QUERIES = 600  # of a set: half a percent of them is three


def ids_found(searcher: Searcher, text: str, before: str, weak: bool = False) -> set[str]:
    """Return the ids that a search shows, at most ``DEPTH``.

    Parameters
    ----------
    searcher
        Searches the corpus.
    text, before
        The query, and what came before it.
    weak
        Whether what is below the floor counts, too.
    """
    request = SearchRequest(text, before, limit=DEPTH, highlight=False, weak=weak)
    return {hit.id for hit in searcher.search(request).hits}


def main(root: Path, names: list[str]) -> None:
    """Measure each set: gold lost by the floor, and answerless queries that show something."""
    rows: list[Row] = []
    for one in search_sets(root):
        if names and one.folder not in names:
            continue
        retrieval, _, _ = open_beir_index(one.corpus_in(root))
        reader = retrieval.reader
        searcher = Searcher(retrieval)
        gold = read_qrels(one.queries_in(root), one.split)
        queries = [q for q in read_queries(one.queries_in(root)) if q.id in gold][:MAX_QUERIES]
        found = lost = shown = told = left = 0
        for query in queries:
            before = query.fields.get(one.context_field, "")
            right = {id for id, grade in gold[query.id].items() if grade > 0 and id in reader}

            reader.alive = None
            is_found = bool(right & ids_found(searcher, query.text, before, weak=True))
            found += is_found
            lost += is_found and not right & ids_found(searcher, query.text, before)
            alive = np.ones(len(reader), np.bool_)
            alive[[reader.row(id) for id in right]] = False
            reader.alive = alive
            result = searcher.search(
                SearchRequest(query.text, before, limit=DEPTH, highlight=False)
            )
            reader.alive = None
            is_told = LITTLE_ABOUT_THIS in result.notes
            told += is_told or not result.total
            shown += bool(result.total) and not is_told
            left += result.weak
        rows.append(
            {
                "set": one.label,
                "queries": len(queries),
                "gold in 100": round(found / len(queries), 4),
                "gold lost by the floor": round(lost / max(found, 1), 4),
                "answerless that show something": round(shown / len(queries), 4),
                "told that little is there": round(told / len(queries), 4),
                "left out, articles a query": round(left / len(queries), 1),
            }
        )
        print(rows[-1], file=sys.stderr, flush=True)
    publish("floor", rows, "python -m benchmarks.floor EVAL", key=("set",), note="Words alone.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
