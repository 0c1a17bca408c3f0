"""Measure what typing errors, case and missing punctuation cost, with and without their remedy.

Run: python -m benchmarks.robustness ../shared/eval/search/checkthat2022_2a dev [text] [corpus]
"""

from __future__ import annotations

import random
import string
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from api.evaluate import index_of
from corpus.readers import read_qrels, read_queries
from index.expansion import Reading
from index.metrics import average_precision

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


def main(folder: Path, split: str, field: str = "text", corpus: str = "") -> None:
    """Print MAP@5 and milliseconds of each form, read with and without spelling."""
    index, _, _ = index_of(Path(corpus) if corpus else folder)
    gold = read_qrels(folder, split)
    queries = [q for q in read_queries(folder) if q.id in gold]
    print("| form | MAP@5 | typing errors left as they are | ms p50 | p99 |\n|---|---|---|---|---|")
    for name, form in FORMS.items():
        read: list[float] = []
        plain: list[float] = []
        ms: list[float] = []
        for query in queries:
            text = form(query.text if field == "text" else query.fields.get(field, ""), query.id)
            start = time.perf_counter()
            ranking = index.rank(text, 5)
            ms.append((time.perf_counter() - start) * 1000)
            read.append(average_precision([hit.id for hit in ranking], gold[query.id], 5))
            ranking = index.rank(Reading(text), 5)
            plain.append(average_precision([hit.id for hit in ranking], gold[query.id], 5))
        p50, p99 = np.percentile(ms, [50, 99])
        print(f"| {name} | {np.mean(read):.3f} | {np.mean(plain):.3f} | {p50:.2f} | {p99:.2f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
