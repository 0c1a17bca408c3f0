"""The content of all articles: the same for a draft, saved, and refused where it is damaged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.analysis.tokenizer import stem, tokenize
from corpus.errors import ArchiveError
from corpus.models import Article
from index.build import build_index
from index.dense.int8_vectors import Int8Vectors
from index.search.reader import IndexReader
from index.warm_up import RowEmbeddings
from recommender.related import article_vectors
from recommender.related.article_vectors import ArticleVectors, article_idf_by_script
from recommender.related.content import Content

ARTICLES = [
    Article(
        "ferry",
        "Harbour Herald: did the ferry sink?",
        claim="The old ferry sank in the storm.",
        summary="The ferry lay safe in the harbour all night.",
        publisher="Harbour Herald",
    ),
    Article("storm", "Was the storm the worst ever?", summary="Storms in autumn were worse."),
    Article("stop", "Is it this?", summary="It is."),
    Article("empty", ""),
]


def make_vectors(
    folder: Path, articles: list[Article], words: bool = True
) -> tuple[IndexReader, ArticleVectors]:
    build_index(articles, folder, word_table=RowEmbeddings() if words else None)
    reader = IndexReader(folder)
    return reader, ArticleVectors.of_index(reader)


def assert_same(one: Content, other: Content) -> None:
    for part in ("terms", "counts", "near", "norms"):
        np.testing.assert_array_equal(getattr(one, part), getattr(other, part))


def text_of(reader: IndexReader, article: Article) -> tuple[NDArray[np.uint32], int]:
    """Return the term ids of a text that is not indexed, and the length of its headline."""
    fields = (article.headline, article.claim, article.summary, article.body)
    ids = [[reader.terms.id(term) for term in tokenize(field)] for field in fields]
    n = len(reader.terms)
    return np.array([n if id is None else id for one in ids for id in one], np.uint32), len(ids[0])


def test_a_draft_of_a_published_text_has_the_same_content(tmp_path: Path) -> None:
    many = [replace(ARTICLES[0], id=f"ferry-{n}") for n in range(30)]  # so there is boilerplate
    articles = [*ARTICLES, *many]
    reader, vectors = make_vectors(tmp_path, articles)
    assert len(vectors.boilerplate.runs)
    for row, article in enumerate(articles):
        tokens, n_headline = text_of(reader, article)
        assert_same(vectors.of(row), vectors.of_text(tokens, n_headline, article.publisher))


def test_content_is_what_is_no_stop_word(tmp_path: Path) -> None:
    reader, vectors = make_vectors(tmp_path, ARTICLES)
    ferry = {reader.terms.terms[id] for id in vectors.of(0).terms.tolist()}
    assert {stem(word) for word in ("ferry", "sank", "storm", "harbour")} <= ferry
    assert not ferry & {"the", "in"}
    for row in (2, 3):
        assert len(vectors.of(row).terms) == 0
        assert not vectors.of(row).norms.any()


def test_terms_that_the_archive_does_not_know_count_nothing(tmp_path: Path) -> None:
    reader, vectors = make_vectors(tmp_path, ARTICLES)
    unknown = np.full(9, len(reader.terms), np.uint32)
    assert len(vectors.of_text(unknown, 4, "").terms) == 0
    tokens, n_headline = text_of(reader, ARTICLES[1])
    mixed = np.concatenate([tokens, unknown])
    assert_same(vectors.of_text(tokens, n_headline, ""), vectors.of_text(mixed, n_headline, ""))


def test_an_unknown_publisher_has_no_words_of_its_own(tmp_path: Path) -> None:
    many = [replace(ARTICLES[0], id=f"ferry-{n}") for n in range(30)]
    reader, vectors = make_vectors(tmp_path, many)
    tokens, n_headline = text_of(reader, many[0])
    known = vectors.of_text(tokens, n_headline, "Harbour Herald")
    other = vectors.of_text(tokens, n_headline, "Valley Voice")
    assert len(known.terms) < len(other.terms)


def test_word_vectors_are_there_where_the_index_has_them(tmp_path: Path) -> None:
    _, vectors = make_vectors(tmp_path / "with", ARTICLES)
    assert vectors.headlines is not None
    assert len(vectors.headlines.codes) == len(ARTICLES)
    found = vectors.word_vector(vectors.of(0))
    assert found is not None
    assert np.linalg.norm(found) == pytest.approx(1.0, abs=1e-5)
    none = vectors.word_vector(vectors.of(3))
    assert none is not None
    assert not none.any()
    _, bare = make_vectors(tmp_path / "without", ARTICLES, words=False)
    assert bare.headlines is None
    assert bare.word_vector(bare.of(0)) is None


@pytest.mark.parametrize("articles", [ARTICLES, ARTICLES[:1], ARTICLES[3:], []])
@pytest.mark.parametrize("words", [True, False])
def test_saved_and_opened_it_is_the_same(
    tmp_path: Path, articles: list[Article], words: bool
) -> None:
    reader, vectors = make_vectors(tmp_path, articles, words)
    ArticleVectors.of_index(reader, tmp_path)
    again = opened(reader)
    assert len(again) == len(vectors) == len(articles)
    np.testing.assert_array_equal(again.idf, vectors.idf)
    for row in range(len(articles)):
        assert_same(again.of(row), vectors.of(row))
    assert (again.headlines is None) == (vectors.headlines is None)
    if again.headlines is not None and vectors.headlines is not None:
        np.testing.assert_array_equal(again.headlines.codes, vectors.headlines.codes)


@pytest.mark.parametrize("at_once", [1, 2, 33, 34])
def test_articles_are_taken_in_blocks_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    many = [replace(ARTICLES[0], id=f"ferry-{n}") for n in range(30)]
    reader, whole = make_vectors(tmp_path, [*ARTICLES, *many])
    monkeypatch.setattr(article_vectors, "ARTICLES_AT_ONCE", at_once)
    for vectors in (ArticleVectors.of_index(reader), ArticleVectors.of_index(reader, tmp_path)):
        np.testing.assert_array_equal(vectors.idf, whole.idf)
        np.testing.assert_array_equal(vectors.starts, whole.starts)
        for row in range(len(reader)):
            assert_same(vectors.of(row), whole.of(row))


def opened(reader: IndexReader) -> ArticleVectors:
    windows = reader.window_similarity
    return ArticleVectors.open(
        reader.folder, len(reader), len(reader.terms), windows.words if windows else None
    )


DAMAGES: dict[str, tuple[str, Callable[[NDArray[Any]], NDArray[Any]]]] = {
    "a start beyond the end": ("content.starts", lambda a: np.append(a[:-1], a[-1] + 9)),
    "starts that descend": ("content.starts", lambda a: a[::-1].copy()),
    "a start less": ("content.starts", lambda a: a[1:]),
    "a term that there is not": ("content.terms", lambda a: a + np.uint32(10**6)),
    "a count less": ("content.counts", lambda a: a[1:]),
    "a place less": ("content.near", lambda a: a[1:]),
    "a norm less": ("content.norms", lambda a: a[:, 1:].copy()),
    "an article without norms": ("content.norms", lambda a: a[1:]),
    "a weight less": ("content.idf", lambda a: a[1:]),
    "weights of another type": ("content.idf", lambda a: a.astype(np.float64)),
    "a headline less": ("content-headlines.codes", lambda a: a[1:]),
    "a scale less": ("content-headlines.scales", lambda a: a[1:]),
    "repeated runs of another type": ("boilerplate.runs", lambda a: a.astype(np.int64)),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, what: str) -> None:
    reader, _ = make_vectors(tmp_path, ARTICLES)
    ArticleVectors.of_index(reader, tmp_path)
    name, damage = DAMAGES[what]
    path = tmp_path / f"{name}.npy"
    np.save(path, damage(np.load(path)))
    with pytest.raises(ArchiveError, match=name.replace(".", r"\.")):
        opened(reader)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    reader, _ = make_vectors(tmp_path, ARTICLES)
    ArticleVectors.of_index(reader, tmp_path)
    for path in tmp_path.glob("content*.npy"):
        data = path.read_bytes()
        path.unlink()
        with pytest.raises(ArchiveError, match=path.name.replace(".", r"\.")):
            opened(reader)
        path.write_bytes(data)


def test_weights_are_those_of_lucene_in_the_main_script() -> None:
    df = np.array([1, 5, 10], np.int64)  # numbers of all articles are of no script
    found = article_idf_by_script(df, 10, ["ferry", "storm", "2024"])
    np.testing.assert_allclose(found, np.log1p((10 - df + 0.5) / (df + 0.5)), rtol=1e-6)


def test_a_word_of_every_article_in_a_rare_script_tells_as_little_as_a_stop_word() -> None:
    df = np.array([90, 40, 4, 1, 4], np.int64)
    found = article_idf_by_script(df, 100, ["ferry", "storm", "है", "नाव", "boat"])
    of_all = np.log1p(0.5 / 4.5)  # four articles in this script, and all hold it
    assert found[2] == pytest.approx(of_all, rel=1e-5)
    assert found[3] == pytest.approx(np.log1p(3.5 / 1.5), rel=1e-5)
    assert found[4] == pytest.approx(np.log1p(96.5 / 4.5), rel=1e-5)


def test_an_archive_in_another_script_alone_is_weighed_by_its_number_of_articles() -> None:
    found = article_idf_by_script(np.array([3, 1], np.int64), 8, ["है", "नाव"])
    np.testing.assert_allclose(found, np.log1p([5.5 / 3.5, 7.5 / 1.5]), rtol=1e-5)
    assert len(article_idf_by_script(np.zeros(0, np.int64), 0, [])) == 0


def test_word_vectors_of_any_length_count_by_their_direction(tmp_path: Path) -> None:
    reader, vectors = make_vectors(tmp_path, ARTICLES)
    assert vectors.words is not None
    other = replace(vectors, words=Int8Vectors(vectors.words.codes, vectors.words.scales * 3.0))
    for row in range(len(reader)):
        one, two = (v.word_vector(v.of(row)) for v in (vectors, other))
        np.testing.assert_array_equal(one, two)
