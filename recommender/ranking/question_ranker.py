"""Score the questions of a bank for an article or a draft: find candidates, measure, weigh.

The candidates share telling words with the article (or, with an encoder, its meaning); only they
are measured, so a bank of any size costs about the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import words
from corpus.models import Article
from index.dense.encoded_text import lead
from index.dense.int8_vectors import Int8Vectors
from index.lexical.postings import sum_postings
from index.lexical.top_k import top_k
from index.ranking.linear_ranker import LinearRanker
from index.search.reader import Index
from index.storage.arrays import (
    ArrayType,
    array_path,
    check_ids,
    check_shape,
    check_starts,
    frozen,
    open_arrays,
    save_arrays,
)
from index.storage.json_files import open_json, save_json
from recommender.ranking.contrast import ENCODED_FIELDS, FEATURES, N_USUAL, USUAL, NearestArticles
from recommender.ranking.features import (
    QuestionVectors,
    letter_norm,
    measure,
    term_weights,
)
from recommender.ranking.tfidf import ArticleTerms, QuestionTerms

_NAME = "question-index"
_EMBEDDINGS = "question-embeddings"
N_WORDS = 120  # candidates by words, and as many by meaning; 200 find nothing more
BATCH = 256  # articles under way at a time
SHIPPED = Path(__file__).parent / "weights" / "questions.json"
SHIPPED_NEURAL = Path(__file__).parent / "weights" / "questions-encoder.json"

Meanings = tuple[NDArray[np.float32], ...]
Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, eq=False, slots=True)
class CandidateFeatures:
    """``places`` int64 [n] in the bank, ascending; ``features`` float32 [n, len(FEATURES)]."""

    places: NDArray[np.int64]
    features: NDArray[np.float32]


@dataclass(frozen=True, eq=False, slots=True)
class RankedQuestion:
    """A question's place in the bank and its score: ``features`` times ``weights``.

    Both are float32 [len(FEATURES)].
    """

    place: int
    score: float
    features: NDArray[np.float32]
    weights: NDArray[np.float32]

    def value(self, feature: str) -> float:
        """Return what was measured, by its name in ``FEATURES``."""
        return float(self.features[FEATURES.index(feature)])

    @property
    def contributions(self) -> dict[str, float]:
        """Return what each feature adds to the score."""
        parts = (self.features * self.weights).tolist()
        return {name: part for name, part in zip(FEATURES, parts, strict=True) if part}


class QuestionRanker:
    """A fitted bank of questions. The same bank and the same article give the same scores.

    Safe for several threads. ``articles`` is the archive: it tells how telling a word is, and how
    near a question usually is to the articles nearest to it.
    """

    def __init__(
        self,
        questions: Sequence[str],
        articles: Sequence[Article],
        encode: Encode | None = None,
        ranker: LinearRanker | None = None,
        threads: int = 2,
        index: Index | None = None,
    ) -> None:
        """``encode`` makes vectors of length 1; without it meanings have no say.

        No two of ``articles`` have the same id. Where an ``index`` holds all of them, their words
        need not be read again.
        """
        if index is None:
            terms, told = QuestionTerms.fit(questions, articles)
        else:
            terms, told = QuestionTerms.of_index(questions, index, [a.id for a in articles])
        own = [np.unique(terms.ids(text)).astype(np.uint32) for text in questions]
        starts = np.zeros(len(own) + 1, np.int64)
        np.cumsum([len(ids) for ids in own], out=starts[1:])
        weighed = [term_weights(ids, terms.idf)[1] for ids in own]
        nearest = NearestArticles.nobody(len(questions))
        self._keep(
            terms,
            QuestionVectors(
                frozen(starts),
                frozen(np.concatenate([*own, np.zeros(0, np.uint32)])),
                frozen(np.concatenate([*weighed, np.zeros(0, np.float32)])),
                frozen(np.array([letter_norm(ids, *terms.letters) for ids in own], np.float32)),
            ),
            np.array([_key(text) for text in questions], np.int64),
            Int8Vectors.of(encode(questions)) if encode and len(questions) else None,
            nearest.frozen(),  # the same memory: what is noted below is in it
            [article.id for article in articles],
        )
        self._use(encode, ranker)
        self._told |= {a.id: (a, one) for a, one in zip(articles, told, strict=True)}
        with ThreadPoolExecutor(threads) as pool:  # the compiled parts run side by side
            for start in range(0, len(articles), BATCH):
                batch = articles[start : start + BATCH]
                rest = told[start : start + BATCH], self._meanings_of(batch)
                measured = pool.map(self._measure, batch, *rest)
                for number, (places, measures) in enumerate(measured, start):
                    nearest.note(number, places, measures)

    def _keep(
        self,
        terms: QuestionTerms,
        vectors: QuestionVectors,
        keys: NDArray[np.int64],
        meanings: Int8Vectors | None,
        nearest: NearestArticles,
        ids: Sequence[str],
    ) -> None:
        self._terms, self._vectors, self._keys = terms, vectors, keys
        self._meanings, self._nearest = meanings, nearest
        self._numbers = {id: number for number, id in enumerate(ids)}
        self._told: dict[str, tuple[Article, ArticleTerms]] = {}
        order = np.argsort(vectors.terms, kind="stable")
        counts = np.bincount(vectors.terms, minlength=len(terms))
        self._postings = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        asked = np.repeat(np.arange(len(keys), dtype=np.uint32), np.diff(vectors.starts))
        self._entries, self._weights = asked[order], vectors.weights[order]

    def _use(self, encode: Encode | None, ranker: LinearRanker | None) -> None:
        self._encode = encode if self._meanings is not None else None
        if ranker is None:
            ranker = LinearRanker.load(SHIPPED_NEURAL if self._encode else SHIPPED)
        self._model = ranker.vector(FEATURES)

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def by_meaning(self) -> bool:
        """Whether meanings have a say."""
        return self._encode is not None

    @property
    def terms(self) -> QuestionTerms:
        """The words of the bank and of its archive."""
        return self._terms

    @property
    def vectors(self) -> QuestionVectors:
        """The questions of the bank by words, in its order."""
        return self._vectors

    def candidates(self, article: Article, told: ArticleTerms | None = None) -> CandidateFeatures:
        """Return the questions that may follow an article; never its own headline.

        ``told`` is what ``read`` gave for it, where that is known.
        """
        told, meanings = told or self.read(article), self._meanings_of([article])[0]
        return self._compared(article, *self._measure(article, told, meanings))

    def rank(
        self, article: Article, k: int, told: ArticleTerms | None = None
    ) -> list[RankedQuestion]:
        """Return at most ``k`` candidates, best first, ties in the order of the bank.

        Scores compare only within one article and may be negative.
        """
        return self._ranked(self.candidates(article, told), k)

    def rank_many(
        self, articles: Iterable[Article], k: int, threads: int = 2
    ) -> Iterator[list[RankedQuestion]]:
        """Yield what ``rank`` gives for each of ``articles``, in order, several at a time."""

        def one(article: Article, meanings: Meanings) -> list[RankedQuestion]:
            measured = self._measure(article, self.read(article), meanings)
            return self._ranked(self._compared(article, *measured), k)

        rest = iter(articles)
        with ThreadPoolExecutor(threads) as pool:
            while batch := list(islice(rest, BATCH)):
                yield from pool.map(one, batch, self._meanings_of(batch))

    def contributions(self, article: Article) -> dict[str, NDArray[np.float64]]:
        """Return what each feature adds to the score of each question, float64 [n].

        Questions that are no candidates have NaN everywhere.
        """
        found = self.candidates(article)
        parts = np.full((len(self), len(FEATURES)), np.nan)
        parts[found.places] = found.features * self._model
        return {name: parts[:, i] for i, name in enumerate(FEATURES) if self._model[i]}

    def scores(self, article: Article) -> NDArray[np.float64]:
        """Return the score of each question of the bank, float64 [n]; -inf for no candidate."""
        found = self.candidates(article)
        scores = np.full(len(self), -np.inf)
        scores[found.places] = found.features @ self._model
        return scores

    def near_headline(self, article: Article) -> NDArray[np.int64]:
        """Return the questions whose words are nearest to the headline, best first, at most 120."""
        told = self.read(article)
        return self._nearest_by_words([(told.text[: told.n_headline], 1.0)])

    def read(self, article: Article) -> ArticleTerms:
        """Return the terms of an article; reading them again would take half of all time."""
        known = self._told.get(article.id)
        return known[1] if known and known[0] is article else self._terms.article(article)

    def _meanings_of(self, articles: Sequence[Article]) -> list[Meanings]:
        """Return the vector of each headline, and of headline and start together."""
        if self._encode is None:
            return [()] * len(articles)
        texts = [text for a in articles for text in (a.headline, lead(a))]
        vectors = self._encode(texts).reshape(len(articles), len(ENCODED_FIELDS), -1)
        both = vectors.sum(axis=1)
        both /= np.maximum(np.linalg.norm(both, axis=1, keepdims=True), 1e-9)
        return list(zip(vectors[:, 0], both, strict=True))

    def _compared(
        self, article: Article, places: NDArray[np.int64], measures: NDArray[np.float32]
    ) -> CandidateFeatures:
        number = self._numbers.get(article.id, -1)
        return CandidateFeatures(places, self._nearest.features(number, places, measures))

    def _ranked(self, found: CandidateFeatures, k: int) -> list[RankedQuestion]:
        scores = found.features @ self._model
        order = np.argsort(-scores, kind="stable")[:k]
        return [
            RankedQuestion(place, score, features, self._model)
            for place, score, features in zip(
                found.places[order].tolist(),
                scores[order].tolist(),
                found.features[order],
                strict=True,
            )
        ]

    def _measure(
        self, article: Article, told: ArticleTerms, meanings: Meanings
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the candidates and float32 [n, len(MEASURES)] of them."""
        headline_terms = told.text[: told.n_headline]
        places = [self._nearest_by_words([(told.text, 1.0), (headline_terms, 0.5)])]
        if self._meanings is not None:
            places.append(top_k(self._meanings.cosines(meanings[-1]), N_WORDS))
        found = np.unique(np.concatenate(places))
        found = found[self._keys[found] != _key(article.headline)]
        measured = measure(told, self._terms, self._vectors, found)
        near = [np.zeros(len(found), np.float32)] * len(ENCODED_FIELDS)
        if self._meanings is not None:
            few = self._meanings.take(found)
            near = [few.cosines(vector) for vector in meanings]
        return found, np.column_stack((measured, *near)).astype(np.float32)

    def _nearest_by_words(
        self, texts: Sequence[tuple[NDArray[np.uint32], float]]
    ) -> NDArray[np.int64]:
        """Return the questions with the largest sum of cosine * share over ``texts``."""
        scores = np.zeros(len(self), np.float32)
        for text, share in texts:
            terms, weights, _ = term_weights(text, self._terms.idf)
            weights = weights * np.float32(share)
            sum_postings(self._postings, self._entries, self._weights, terms, weights, scores)
        return top_k(scores, N_WORDS)

    def save(self, folder: Path) -> None:
        """Write the bank as arrays and JSON; the texts and the model are kept elsewhere."""
        self._terms.save(folder)
        save_arrays(folder, _NAME, **self._arrays())
        if self._meanings is not None:
            self._meanings.save(folder, _EMBEDDINGS)
        state = {"embeddings": self._meanings is not None, "articles": list(self._numbers)}
        save_json(folder, _NAME, state)

    @classmethod
    def open(
        cls, folder: Path, encode: Encode | None = None, ranker: LinearRanker | None = None
    ) -> QuestionRanker:
        """Return what ``save`` wrote, memory-mapped; ``encode`` as it was when it was built.

        Without ``encode`` the meanings have no say.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        state = open_json(folder, _NAME, "embeddings", "articles")
        found, terms = open_arrays(folder, _NAME, **_ARRAYS), QuestionTerms.open(folder)
        n = len(found["keys"])
        _check(folder, found, len(terms), len(state["articles"]))
        self = cls.__new__(cls)
        self._keep(
            terms,
            QuestionVectors(*(found[name] for name in _VECTORS)),
            found["keys"],
            Int8Vectors.open(folder, _EMBEDDINGS, n) if state["embeddings"] and encode else None,
            NearestArticles(found["nearest"], found["nearest_articles"]),
            state["articles"],
        )
        self._use(encode, ranker)
        return self

    def _arrays(self) -> dict[str, NDArray[Any]]:
        v = self._vectors
        near = (self._nearest.values, self._nearest.articles)
        every = (v.starts, v.terms, v.weights, v.letter_norms, self._keys, *near)
        return dict(zip(_ARRAYS, every, strict=True))


_ARRAYS: dict[str, ArrayType] = {
    "starts": (np.int64, 1),
    "terms": (np.uint32, 1),
    "weights": (np.float32, 1),
    "letter_norms": (np.float32, 1),
    "keys": (np.int64, 1),
    "nearest": (np.float32, 3),
    "nearest_articles": (np.int32, 3),
}
_VECTORS = ("starts", "terms", "weights", "letter_norms")


def _check(folder: Path, arrays: Mapping[str, NDArray[Any]], n_terms: int, n_articles: int) -> None:
    """Raise ArchiveError where an array points outside another one."""
    path = {name: array_path(folder, _NAME, name) for name in _ARRAYS}
    n, n_weights = len(arrays["keys"]), len(arrays["terms"])
    check_starts(path["starts"], arrays["starts"], n, n_weights)
    check_ids(path["terms"], arrays["terms"], n_terms)
    check_shape(path["weights"], arrays["weights"], n_weights)
    check_shape(path["letter_norms"], arrays["letter_norms"], n)
    for name in ("nearest", "nearest_articles"):
        check_shape(path[name], arrays[name], n, len(USUAL), N_USUAL + 1)
    check_ids(path["nearest_articles"], arrays["nearest_articles"], n_articles, lowest=-1)


def _key(text: str) -> int:
    """Return a number for the words of a text: equal for texts that differ in signs or case."""
    digest = blake2b(" ".join(words(text)).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little", signed=True)
