"""Measure what typing errors, case and missing punctuation cost, with and without their remedy.

Run: python -m benchmarks.robustness ../shared/eval/search
"""

from __future__ import annotations

import random
import string
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from corpus.readers import read_qrels, read_queries
from index.evaluation.beir import index_of
from index.evaluation.metrics import average_precision
from index.query.rewriting import RewrittenQuery

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


SETS = (
    ("factchecktweet", "dev", "factchecktweet", ""),
    ("factcheck_questions", "claim", "factchecktweet", ""),
    ("factcheck_questions", "question", "factchecktweet", ""),
    ("factcheck_questions", "question", "factchecktweet", "claim"),
    ("checkthat2022_2a", "dev", "checkthat2022_2a", ""),
    ("checkthat2022_2b", "dev", "checkthat2022_2b", ""),
    ("scifact", "train", "scifact", ""),
    ("healthfc", "en", "healthfc", ""),
)
"""Queries, split, corpus, and the field of a query that goes with its text."""


def main(root: Path) -> None:
    """Print MAP@5 of each set in each form, and in brackets with errors left as they were typed."""
    print(f"| set, split | {' | '.join(FORMS)} | ms p50 | p99 |")
    print("|---" * (len(FORMS) + 3) + "|")
    for name, split, corpus, context in SETS:
        index, _, _ = index_of(root / corpus)
        gold = read_qrels(root / name, split)
        queries = [q for q in read_queries(root / name) if q.id in gold]
        cells: list[str] = []
        ms: list[float] = []
        for form, change in FORMS.items():
            read: list[float] = []
            plain: list[float] = []
            for query in queries:
                text = f"{query.text} {query.fields.get(context, '')}".strip()
                text = change(text, query.id)
                start = time.perf_counter()
                ranking = index.rank(text, 5)
                ms.append((time.perf_counter() - start) * 1000)
                read.append(average_precision([hit.id for hit in ranking], gold[query.id], 5))
                if form == "typos":
                    ranking = index.rank(RewrittenQuery(text), 5)
                    plain.append(average_precision([hit.id for hit in ranking], gold[query.id], 5))
            beside = f" ({np.mean(plain):.3f})" if plain else ""
            cells.append(f"{np.mean(read):.3f}{beside}")
        p50, p99 = np.percentile(ms, [50, 99])
        label = f"{name} {split}{' with context' if context else ''}"
        print(f"| {label} | {' | '.join(cells)} | {p50:.1f} | {p99:.1f} |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
