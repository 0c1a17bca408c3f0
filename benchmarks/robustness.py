"""Robustness of search: what typing errors, case and missing punctuation cost.

Run: python -m benchmarks.robustness EVAL
"""

from __future__ import annotations

import random
import string
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.result_files import Row, percentiles
from benchmarks.search_sets import search_sets
from benchmarks.tables import publish
from corpus.readers.beir import read_qrels, read_queries
from index.evaluation.beir import open_beir_index
from index.evaluation.metrics import average_precision
from index.query.rewriting import RewrittenQuery
from index.search.retrieval import Retrieval
from index.search.searcher import Searcher
from index.types import SearchRequest

SHARE = 0.1  # of all words
SHORTEST = 4  # letters of a word that gets an error
_LETTERS = string.ascii_lowercase


def with_typos(text: str, seed: str) -> str:
    """Return ``text`` with one error in each of a tenth of its words, the same for one seed."""
    dice = random.Random(seed)
    tokens = text.split(" ")
    places = [i for i, token in enumerate(tokens) if len(token) >= SHORTEST and token.isalpha()]
    dice.shuffle(places)
    for place in places[: max(1, round(SHARE * len(tokens)))]:
        tokens[place] = _mistyped(tokens[place], dice)
    return " ".join(tokens)


def _mistyped(word: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(word) - 1)  # the first and the last letter are seldom wrong
    match dice.choice(("insert", "delete", "substitute", "transpose")):
        case "insert":
            return word[:at] + dice.choice(_LETTERS) + word[at:]
        case "delete":
            return word[:at] + word[at + 1 :]
        case "substitute":
            return word[:at] + dice.choice(_LETTERS) + word[at + 1 :]
        case _:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def without_punctuation(text: str) -> str:
    """Return ``text`` with every ASCII punctuation mark replaced by a space."""
    return text.translate(str.maketrans(string.punctuation, " " * len(string.punctuation)))


FORMS: dict[str, Callable[[str, str], str]] = {
    "as it is": lambda text, seed: text,
    "typos": with_typos,
    "lower case": lambda text, seed: text.lower(),
    "upper case": lambda text, seed: text.upper(),
    "no punctuation": lambda text, seed: without_punctuation(text),
}


def as_typed(retrieval: Retrieval, text: str) -> list[str]:
    """Return the ids of the best five candidates without any correction of ``text``."""
    found = retrieval.candidates(RewrittenQuery(text))
    best = np.argsort(-retrieval.score(found), kind="stable")[:5]
    return [retrieval.reader.ids[row] for row in found.rows[best].tolist()]


def main(root: Path) -> None:
    """Measure MAP@5 of each set in each form, typos also without spelling correction."""
    rows: list[Row] = []
    for one in search_sets(root):
        retrieval, _, _ = open_beir_index(one.corpus_in(root))
        searcher = Searcher(retrieval)
        gold = read_qrels(one.queries_in(root), one.split)
        queries = [q for q in read_queries(one.queries_in(root)) if q.id in gold]
        cells: dict[str, float] = {}
        ms: list[float] = []
        for form, change in FORMS.items():
            read: list[float] = []
            plain: list[float] = []
            for query in queries:
                text = change(query.text, query.id)
                before = change(query.fields.get(one.context_field, ""), query.id)
                request = SearchRequest(text, before, limit=5, highlight=False)
                start = time.perf_counter()
                hits = searcher.search(request).hits
                ms.append((time.perf_counter() - start) * 1000)
                read.append(average_precision([hit.id for hit in hits], gold[query.id], 5))
                if form == "typos":
                    ranking = as_typed(retrieval, f"{text} {before}".strip())
                    plain.append(average_precision(ranking, gold[query.id], 5))
            cells[form] = round(float(np.mean(read)), 4)
            if plain:
                cells[f"{form} left as typed"] = round(float(np.mean(plain)), 4)
        rows.append({"set": one.label, **cells, **percentiles(ms)})
        print(rows[-1], file=sys.stderr, flush=True)
    note = "MAP@5 without the encoder; typos: one error in each of 10 % of the words."
    publish("robustness", rows, "python -m benchmarks.robustness EVAL", note=note)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
