"""Store → generation: the arrays that a search reads, written as .npy and JSON."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from corpus.models import Article
from index.bm25 import Postings, build_postings
from index.letters import build_letters
from index.lexicon import Lexicon

FORMAT = 3
POSTINGS = ("all", "short", "letters-headline", "letters-claim")
"""all: every word; short: headline, claim and summary; letters: TF-IDF embeddings of one field."""


def build_index(
    articles: Iterable[Article], folder: Path, progress: Callable[[int], None] | None = None
) -> int:
    """Write the index of ``articles`` into ``folder`` (made if missing); return their number.

    ``tokens.npy`` uint32 holds every article's terms in order, ``bounds.npy`` int64 [n, 5] where
    its headline, claim, summary and body lie in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lexicon = Lexicon()
    ids: list[str] = []
    headlines: list[str] = []
    claims: list[str] = []
    tokens = array("I")
    bounds: list[list[int]] = []
    for n, article in enumerate(articles, 1):
        ids.append(article.id)
        headlines.append(article.headline)
        claims.append(article.claim)
        row = [len(tokens)]
        for text in (article.headline, article.claim, article.summary, article.body):
            tokens.frombytes(lexicon.learn(text).tobytes())
            row.append(len(tokens))
        bounds.append(row)
        if progress is not None and n % 500 == 0:
            progress(n)
    stream = np.frombuffer(tokens, np.uint32) if tokens else np.zeros(0, np.uint32)
    places = np.array(bounds, np.int64).reshape(-1, 5)
    np.save(folder / "tokens.npy", stream)
    np.save(folder / "bounds.npy", places)
    parts = {
        "all": build_postings(stream, places[:, [0, 4]], len(lexicon), 1.5, 0.75),
        "short": build_postings(stream, places[:, [0, 3]], len(lexicon), 1.5, 0.75),
        "letters-headline": build_letters(headlines),
        "letters-claim": build_letters(claims),
    }
    for name, postings in parts.items():
        _save(folder, name, postings)
    (folder / "terms.json").write_text(json.dumps(lexicon.terms), encoding="utf-8")
    (folder / "index.json").write_text(json.dumps({"format": FORMAT, "ids": ids}), encoding="utf-8")
    return len(ids)


def _save(folder: Path, name: str, postings: Postings) -> None:
    np.save(folder / f"{name}.starts.npy", postings.starts)
    np.save(folder / f"{name}.entries.npy", postings.entries)
    np.save(folder / f"{name}.weights.npy", postings.weights)


def load_postings(folder: Path, name: str) -> Postings:
    """Return postings of a generation, memory-mapped; ``name`` is one of ``POSTINGS``."""
    starts, entries, weights = (
        np.load(folder / f"{name}.{part}.npy", mmap_mode="r")
        for part in ("starts", "entries", "weights")
    )
    return Postings(starts, entries, weights)
