"""Store → generation: the arrays that a search reads, written as .npy and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from corpus.models import Article
from index.bm25 import build_postings
from index.lexicon import Lexicon

FORMAT = 1
FIELDS = ("short", "all")
"""short: headline, claim and summary; all: these and the body, the claim counted once more."""


def build_index(
    articles: Iterable[Article], folder: Path, progress: Callable[[int], None] | None = None
) -> int:
    """Write the index of ``articles`` into ``folder`` (made if missing); return their number."""
    folder.mkdir(parents=True, exist_ok=True)
    lexicon = Lexicon()
    ids: list[str] = []
    streams: dict[str, list[np.ndarray[tuple[int], np.dtype[np.uint32]]]] = {
        field: [] for field in FIELDS
    }
    for n, article in enumerate(articles, 1):
        ids.append(article.id)
        short = "\n".join((article.headline, article.claim, article.summary))
        streams["short"].append(lexicon.learn(short))
        streams["all"].append(lexicon.learn("\n".join((short, article.claim, article.body))))
        if progress is not None and n % 500 == 0:
            progress(n)
    for field, parts in streams.items():
        ends = np.cumsum([len(part) for part in parts], dtype=np.int64)
        bounds = np.column_stack([ends - [len(part) for part in parts], ends]).astype(np.int64)
        tokens = np.concatenate(parts) if parts else np.zeros(0, np.uint32)
        postings = build_postings(tokens, bounds.reshape(-1, 2), len(lexicon), 1.5, 0.75)
        np.save(folder / f"{field}.starts.npy", postings.starts)
        np.save(folder / f"{field}.entries.npy", postings.entries)
        np.save(folder / f"{field}.weights.npy", postings.weights)
    (folder / "terms.json").write_text(json.dumps(lexicon.terms), encoding="utf-8")
    (folder / "index.json").write_text(json.dumps({"format": FORMAT, "ids": ids}), encoding="utf-8")
    return len(ids)
