"""Search one generation: BM25 over the short texts and over everything, summed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.text import STOPWORDS, stem, words
from index.bm25 import Postings, idf_lucene, sum_postings, top_k
from index.build import FIELDS, FORMAT
from index.lexicon import Lexicon

SHORT_WEIGHT = 0.2  # headline, claim, summary against everything; benchmarks/README.md
MOST_TERMS = 60  # a pasted page costs no more than its most telling terms


class Index:
    """A generation opened for reading, memory-mapped; safe for any number of threads."""

    def __init__(self, folder: Path) -> None:
        head = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        if head["format"] != FORMAT:
            raise ValueError(
                f"{folder} has index format {head['format']}, this program reads {FORMAT}. "
                "Run `divedeeper build`."
            )
        self.ids: list[str] = head["ids"]
        self._lexicon = Lexicon(json.loads((folder / "terms.json").read_text(encoding="utf-8")))
        self._postings = {
            field: Postings(
                *(
                    np.load(folder / f"{field}.{part}.npy", mmap_mode="r")
                    for part in ("starts", "entries", "weights")
                )
            )
            for field in FIELDS
        }
        self._idf = {f: idf_lucene(p.df, len(self.ids)) for f, p in self._postings.items()}
        self._place = {id: place for place, id in enumerate(self.ids)}

    def __len__(self) -> int:
        return len(self.ids)

    def terms(self, text: str) -> list[str]:
        """Return the terms of ``text`` that the archive knows, most telling first, bounded."""
        counts = Counter(stem(word) for word in words(text) if word not in STOPWORDS)
        idf = self._idf["all"]
        known = {t: i for t in counts if (i := self._lexicon.id(t)) is not None}
        order = sorted(known, key=lambda t: (-counts[t] * float(idf[known[t]]), t))
        return order[:MOST_TERMS]

    def scores(self, text: str) -> NDArray[np.float32]:
        """Return the score of every article for ``text``, float32 [n], 0 where nothing matches."""
        ids = np.array([self._lexicon.id(t) for t in self.terms(text)], np.uint32)
        total = np.zeros(len(self.ids), np.float32)
        for field, weight in (("all", 1.0), ("short", SHORT_WEIGHT)):
            p = self._postings[field]
            idf = (self._idf[field][ids] * weight).astype(np.float32)
            sum_postings(p.starts, p.entries, p.weights, ids, idf, total)
        return total

    def rank(self, text: str, k: int, exclude: Collection[str] = ()) -> list[tuple[str, float]]:
        """Return at most ``k`` (id, score), best first, ties in the order of the archive."""
        scores = self.scores(text)
        for id in exclude:
            if id in self._place:
                scores[self._place[id]] = 0.0
        return [(self.ids[i], float(scores[i])) for i in top_k(scores, max(k, 1))][:k]
