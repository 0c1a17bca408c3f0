"""New articles alone: found by the postings of all segments, and never when they are withdrawn."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from corpus.models import Article
from corpus.storage.store import Change
from index.build import build_index
from index.live.live_index import LiveIndex
from index.search.reader import IndexReader
from index.warm_up import ARTICLES, RowEmbeddings


def test_rows_of_several_segments_are_one_index(tmp_path: Path) -> None:
    build_index(ARTICLES, tmp_path, word_table=RowEmbeddings())
    base = IndexReader(tmp_path)
    live = LiveIndex(base)
    headline = ARTICLES[0].headline
    new = [Article(f"n{i:03d}", f"{headline} {i}") for i in range(300)]
    live.apply([Change(i, a.id, a) for i, a in enumerate(new[:260])])
    live.apply([Change(300 + i, a.id, a) for i, a in enumerate(new[260:])])
    live.apply([Change(400, "n003", None), Change(401, "n299", None)])
    reader = live.new_articles
    assert reader is not None
    assert len([id for id in reader.ids if id]) == 298
    assert "n003" not in reader
    assert reader.row("n004") == reader.ids.index("n004")
    term = base.terms.id("bat") or base.forward_index.tokens[0]
    scores = np.zeros(len(reader), np.float32)
    reader.add_scores("all", np.array([term], np.uint32), np.ones(1, np.float32), scores)
    assert {id for id, score in zip(reader.ids, scores, strict=True) if score > 0} == {
        a.id for a in new if a.id not in ("n003", "n299")
    }
    assert reader.bounds[-1, -1] == len(reader.tokens)
