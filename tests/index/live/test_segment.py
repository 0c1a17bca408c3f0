"""A segment has the weights of the generation beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from corpus.models import Article, Section
from index.build import build_index
from index.lexical.article_postings import mean_article_lengths
from index.live.segment import build_segment, index_texts
from index.search.reader import IndexReader
from index.terms.extended_dictionary import ExtendedTermDictionary
from index.warm_up import RowEmbeddings

ARTICLES = [
    Article("bats", "Are bats blind?", claim="Bats are blind.", sections=(Section("", "No."),)),
    Article("owls", "Do owls sleep?", sections=(Section("", "Owls sleep by day " * 9),)),
]


def test_the_same_article_has_the_same_postings_windows_and_columns(tmp_path: Path) -> None:
    build_index(ARTICLES, tmp_path, word_table=RowEmbeddings())
    base = IndexReader(tmp_path)
    terms = ExtendedTermDictionary(base.terms)
    texts = index_texts(ARTICLES, terms, None)
    segment = build_segment(texts, base, terms, mean_article_lengths(base.forward_index.bounds))
    assert len(segment) == 2
    for name, postings in segment.postings.items():
        for array in ("starts", "entries", "weights"):
            wanted = getattr(base.postings[name], array)
            assert np.allclose(getattr(postings, array), wanted), (name, array)
    assert segment.tokens.tolist() == base.forward_index.tokens.tolist()
    assert segment.bounds.tolist() == base.forward_index.bounds.tolist()
    assert segment.windows is not None
    assert base.window_similarity is not None
    assert np.allclose(segment.windows.lengths, base.window_similarity.lengths)
    assert segment.columns.newest.tolist() == base.columns.newest.tolist()
    assert all(text.article.body == "" for text in segment.texts)  # not kept twice


def test_no_article_is_an_empty_segment(tmp_path: Path) -> None:
    build_index(ARTICLES, tmp_path, word_table=RowEmbeddings())
    base = IndexReader(tmp_path)
    terms = ExtendedTermDictionary(base.terms)
    assert len(build_segment([], base, terms, mean_article_lengths(base.forward_index.bounds))) == 0
