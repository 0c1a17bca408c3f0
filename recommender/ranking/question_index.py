"""Question index: the questions of a bank as postings, TF-IDF vectors and embeddings.

Finds the candidates for an article and measures them. Candidates share content words with the
article (or, with an encoder, lie near its embedding); only they are measured, so the cost of one
article hardly grows with the bank.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import stem
from corpus.models import Article
from index.dense.encoded_text import encoded_lead
from index.dense.int8_vectors import Int8Vectors
from index.lexical.postings import sum_postings
from index.lexical.top_k import top_k
from index.search.reader import IndexReader
from index.storage.arrays import (
    ArrayType,
    array_path,
    check_array_ids,
    check_array_shape,
    check_array_starts,
    frozen_array,
    open_arrays,
    save_arrays,
)
from index.storage.json_files import open_json, save_json
from recommender.question_key import question_key
from recommender.ranking.contrast import ENCODED_FIELDS, N_USUAL, USUAL, NearestArticles
from recommender.ranking.features import (
    QuestionVectors,
    measure_question_features,
    question_letter_norm,
    question_term_weights,
)
from recommender.ranking.tfidf import ArticleTerms, QuestionTerms, TermOf

MAX_CANDIDATES = 120  # by words, and as many by embedding; 200 find nothing more
BATCH_SIZE = 256  # articles that are encoded in one call
HEADLINE_SHARE = 0.5  # the headline counts once more, by half, in finding candidates

Embeddings = tuple[NDArray[np.float32], ...]
"""Embeddings of one article, one for each of ``ENCODED_FIELDS``; empty without an encoder."""

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts → their embeddings, float32 [n, dim], rows of length 1."""

_NAME = "question-index"
_EMBEDDINGS = "question-embeddings"
_ARRAYS: dict[str, ArrayType] = {
    "starts": (np.int64, 1),
    "terms": (np.uint32, 1),
    "weights": (np.float32, 1),
    "letter_norms": (np.float32, 1),
    "keys": (np.uint64, 1),
    "nearest": (np.float32, 3),
    "nearest_articles": (np.int32, 3),
}
_VECTORS = ("starts", "terms", "weights", "letter_norms")


@dataclass(frozen=True, eq=False, slots=True)
class Postings:
    """Term t is held by ``questions[starts[t]:starts[t + 1]]`` with ``weights`` at the same rows.

    ``starts`` int64 [n_terms + 1], ``questions`` uint32 [n], ``weights`` float32 [n].
    """

    starts: NDArray[np.int64]
    questions: NDArray[np.uint32]
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, vectors: QuestionVectors, n_terms: int) -> Postings:
        """Return the postings of ``vectors``: the same numbers, ordered by term."""
        order = np.argsort(vectors.terms, kind="stable")
        counts = np.bincount(vectors.terms, minlength=n_terms)
        n_questions = len(vectors.starts) - 1
        owners = np.repeat(np.arange(n_questions, dtype=np.uint32), np.diff(vectors.starts))
        return cls(
            np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
            owners[order],
            vectors.weights[order],
        )


@dataclass(frozen=True, eq=False, slots=True)
class QuestionIndex:
    """A fitted bank of questions and the archive around it; read-only, safe for several threads.

    ``terms`` are the words of the bank and its archive, ``vectors`` the TF-IDF vectors of the
    questions, ``keys`` uint64 [n_questions] their ``question_key``, ``embeddings`` their sentence
    embeddings (None without an encoder), ``nearest`` the nearest articles of each question,
    ``article_numbers`` the number of each article there, by id.
    """

    terms: QuestionTerms
    vectors: QuestionVectors
    postings: Postings
    keys: NDArray[np.uint64]
    embeddings: Int8Vectors | None
    nearest: NearestArticles
    article_numbers: dict[str, int]

    def __len__(self) -> int:
        return len(self.keys)

    @classmethod
    def fit(
        cls,
        questions: Sequence[str],
        articles: Collection[Article],
        encode: Encode | None = None,
        threads: int = 2,
        reader: IndexReader | None = None,
    ) -> tuple[QuestionIndex, list[ArticleTerms]]:
        """Return the index of ``questions``, and the terms of each of ``articles``.

        Parameters
        ----------
        questions
            Texts of the bank, in its order.
        articles
            The archive, no two with the same id; gone through twice. The weights of words and the
            nearest articles of each question are learned from it.
        encode
            The sentence encoder; None: words only.
        threads
            Articles that are measured side by side (the compiled parts release the lock).
        reader
            A search index that holds all of ``articles``, whose terms are then not read again.
        """
        ids = [article.id for article in articles]
        if reader is None:
            terms, article_terms = QuestionTerms.fit(questions, articles)
        else:
            terms, article_terms = QuestionTerms.of_index(questions, reader, ids)
        vectors = _question_index_vectors(questions, terms)
        nearest = NearestArticles.empty(len(questions))
        fitted = cls(
            terms,
            vectors,
            Postings.of(vectors, len(terms)),
            np.array([question_key(text) for text in questions], np.uint64),
            Int8Vectors.of(encode(questions)) if encode and len(questions) else None,
            nearest.frozen(),  # shares its memory with ``nearest``, which is filled below
            {id: number for number, id in enumerate(ids)},
        )
        waiting = iter(articles)
        with ThreadPoolExecutor(threads) as pool:
            for start in range(0, len(ids), BATCH_SIZE):
                batch = list(islice(waiting, BATCH_SIZE))
                rest = article_terms[start : start + BATCH_SIZE], fitted.embed(batch, encode)
                measured = pool.map(fitted.measure, batch, *rest)
                for number, (rows, measures) in enumerate(measured, start):
                    nearest.note(number, rows, measures)
        return fitted, article_terms

    def embed(self, articles: Sequence[Article], encode: Encode | None) -> list[Embeddings]:
        """Return the embeddings of each article: of its headline, and of headline and lead.

        Empty ones where there is no encoder, or the questions have no embeddings.
        """
        if encode is None or self.embeddings is None:
            return [()] * len(articles)
        texts = [text for a in articles for text in (a.headline, encoded_lead(a))]
        embeddings = encode(texts).reshape(len(articles), len(ENCODED_FIELDS), -1)
        both = embeddings.sum(axis=1)
        both /= np.maximum(np.linalg.norm(both, axis=1, keepdims=True), 1e-9)
        return list(zip(embeddings[:, 0], both, strict=True))

    def measure(
        self, article: Article, article_terms: ArticleTerms, embeddings: Embeddings
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the rows of an article's candidates, int64 [n] ascending, and what they measure.

        The measures are float32 [n, len(MEASURES)]. The article's own headline is no candidate.

        Parameters
        ----------
        article
            The article or draft at hand.
        article_terms
            Its terms, as ``terms.article`` reads them.
        embeddings
            What ``embed`` gives for it.
        """
        headline = article_terms.text[: article_terms.n_headline]
        sources = [self.nearest_by_words([(article_terms.text, 1.0), (headline, HEADLINE_SHARE)])]
        dense = self.embeddings if embeddings else None
        if dense is not None:
            sources.append(top_k(dense.cosines(embeddings[-1]), MAX_CANDIDATES))
        rows = np.unique(np.concatenate(sources))
        rows = rows[self.keys[rows] != np.uint64(question_key(article.headline))]
        measured = measure_question_features(article_terms, self.terms, self.vectors, rows)
        cosines = [np.zeros(len(rows), np.float32)] * len(ENCODED_FIELDS)
        if dense is not None:
            few = dense.take(rows)
            cosines = [few.cosines(embedding) for embedding in embeddings]
        return rows, np.column_stack((measured, *cosines)).astype(np.float32)

    def nearest_by_words(
        self, texts: Sequence[tuple[NDArray[np.uint32], float]]
    ) -> NDArray[np.int64]:
        """Return the rows with the largest sum of cosine * share over (terms, share), best first.

        At most ``MAX_CANDIDATES``.
        """
        scores = np.zeros(len(self), np.float32)
        for text, share in texts:
            terms, weights, _ = question_term_weights(text, self.terms.idf)
            weights = weights * np.float32(share)
            postings = self.postings
            sum_postings(
                postings.starts, postings.questions, postings.weights, terms, weights, scores
            )
        return top_k(scores, MAX_CANDIDATES)

    def save(self, folder: Path) -> None:
        """Write the index as arrays and JSON; texts and ranking weights are stored elsewhere."""
        self.terms.save(folder)
        v, near = self.vectors, self.nearest
        arrays = (v.starts, v.terms, v.weights, v.letter_norms, self.keys)
        every: tuple[NDArray[Any], ...] = (*arrays, near.values, near.articles)
        save_arrays(folder, _NAME, **dict(zip(_ARRAYS, every, strict=True)))
        if self.embeddings is not None:
            self.embeddings.save(folder, _EMBEDDINGS)
        articles = list(self.article_numbers)
        save_json(folder, _NAME, {"embeddings": self.embeddings is not None, "articles": articles})

    @classmethod
    def open(cls, folder: Path, dense: bool = True, term_of: TermOf = stem) -> QuestionIndex:
        """Return what ``save`` wrote, memory-mapped.

        Parameters
        ----------
        folder
            Where it wrote.
        dense
            Whether the embeddings are opened, too.
        term_of
            The term of a folded word, as the search index of the archive has it.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        state = open_json(folder, _NAME, "embeddings", "articles")
        arrays, terms = open_arrays(folder, _NAME, **_ARRAYS), QuestionTerms.open(folder, term_of)
        _check_question_index(folder, arrays, len(terms), len(state["articles"]))
        vectors = QuestionVectors(*(arrays[name] for name in _VECTORS))
        embeddings = None
        if dense and state["embeddings"]:
            embeddings = Int8Vectors.open(folder, _EMBEDDINGS, len(arrays["keys"]))
        return cls(
            terms,
            vectors,
            Postings.of(vectors, len(terms)),
            arrays["keys"],
            embeddings,
            NearestArticles(arrays["nearest"], arrays["nearest_articles"]),
            {id: number for number, id in enumerate(state["articles"])},
        )


def _question_index_vectors(questions: Sequence[str], terms: QuestionTerms) -> QuestionVectors:
    distinct = [np.unique(terms.ids(text)).astype(np.uint32) for text in questions]
    starts = np.zeros(len(distinct) + 1, np.int64)
    np.cumsum([len(ids) for ids in distinct], out=starts[1:])
    weights = [question_term_weights(ids, terms.idf)[1] for ids in distinct]
    norms = [question_letter_norm(ids, *terms.letters) for ids in distinct]
    return QuestionVectors(
        frozen_array(starts),
        frozen_array(np.concatenate([*distinct, np.zeros(0, np.uint32)])),
        frozen_array(np.concatenate([*weights, np.zeros(0, np.float32)])),
        frozen_array(np.array(norms, np.float32)),
    )


def _check_question_index(
    folder: Path, arrays: Mapping[str, NDArray[Any]], n_terms: int, n_articles: int
) -> None:
    """Raise ArchiveError where an array points outside another one."""
    path = {name: array_path(folder, _NAME, name) for name in _ARRAYS}
    n, n_weights = len(arrays["keys"]), len(arrays["terms"])
    check_array_starts(path["starts"], arrays["starts"], n, n_weights)
    check_array_ids(path["terms"], arrays["terms"], n_terms)
    check_array_shape(path["weights"], arrays["weights"], n_weights)
    check_array_shape(path["letter_norms"], arrays["letter_norms"], n)
    for name in ("nearest", "nearest_articles"):
        check_array_shape(path[name], arrays[name], n, len(USUAL), N_USUAL + 1)
    check_array_ids(path["nearest_articles"], arrays["nearest_articles"], n_articles, lowest=-1)
