"""Question ranking: candidates of an article or a draft, their features, and a linear model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import stem
from corpus.models import Article
from index.ranking.linear_ranker import LinearRanker
from index.search.reader import IndexReader
from recommender.ranking.contrast import FEATURES
from recommender.ranking.question_index import BATCH_SIZE, Embeddings, Encode, QuestionIndex
from recommender.ranking.tfidf import ArticleTerms, QuestionTerms, TermOf

SHIPPED = Path(__file__).parent / "weights" / "questions.json"
SHIPPED_NEURAL = Path(__file__).parent / "weights" / "questions-encoder.json"


@dataclass(frozen=True, eq=False, slots=True)
class CandidateFeatures:
    """``rows`` int64 [n] in the bank, ascending; ``features`` float32 [n, len(FEATURES)]."""

    rows: NDArray[np.int64]
    features: NDArray[np.float32]


@dataclass(frozen=True, eq=False, slots=True)
class RankedQuestion:
    """A question by its row in the bank, and its score: ``features`` times ``weights``.

    Both are float32 [len(FEATURES)].
    """

    row: int
    score: float
    features: NDArray[np.float32]
    weights: NDArray[np.float32]

    def value(self, feature: str) -> float:
        """Return the value of a feature by its name in ``FEATURES``."""
        return float(self.features[FEATURES.index(feature)])

    @property
    def contributions(self) -> dict[str, float]:
        """Return what each feature adds to the score."""
        parts = (self.features * self.weights).tolist()
        return {name: part for name, part in zip(FEATURES, parts, strict=True) if part}


class QuestionRanker:
    """Scores the questions of an index for an article. Same index and article, same scores.

    Safe for several threads.
    """

    def __init__(
        self,
        index: QuestionIndex,
        encode: Encode | None = None,
        model: LinearRanker | None = None,
        known_terms: Mapping[str, tuple[Article, ArticleTerms]] | None = None,
    ) -> None:
        """See ``fit`` and ``open``.

        Parameters
        ----------
        index
            The questions.
        encode
            Encodes articles, as the questions of ``index`` were encoded; None: words only.
        model
            Weights of the features; None: the shipped ones.
        known_terms
            Terms of articles that were read already, by id.
        """
        self.index = index
        self._encode = encode if index.embeddings is not None else None
        if model is None:
            model = LinearRanker.load(SHIPPED_NEURAL if self._encode else SHIPPED)
        self._weights = model.vector(FEATURES)
        self._known_terms = known_terms or {}

    @classmethod
    def fit(
        cls,
        questions: Sequence[str],
        articles: Sequence[Article],
        encode: Encode | None = None,
        model: LinearRanker | None = None,
        reader: IndexReader | None = None,
    ) -> QuestionRanker:
        """Return a ranker of ``questions`` in the archive ``articles``, all in memory.

        Parameters
        ----------
        questions, articles, encode, reader
            See ``QuestionIndex.fit``.
        model
            Weights of the features; None: the shipped ones.
        """
        fitted, terms = QuestionIndex.fit(questions, articles, encode, reader=reader)
        known = {a.id: (a, one) for a, one in zip(articles, terms, strict=True)}
        return cls(fitted, encode, model, known)

    @classmethod
    def open(
        cls,
        folder: Path,
        encode: Encode | None = None,
        model: LinearRanker | None = None,
        term_of: TermOf = stem,
    ) -> QuestionRanker:
        """Return the ranker of an index that was saved, memory-mapped.

        Parameters
        ----------
        folder
            Where ``QuestionIndex.save`` wrote.
        encode
            The encoder that the index was fitted with; None: words only.
        model
            Weights of the features; None: the shipped ones.
        term_of
            The term of a folded word, as the search index of the archive has it.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        index = QuestionIndex.open(folder, encode is not None, term_of)
        return cls(index, encode, model)

    def __len__(self) -> int:
        return len(self.index)

    @property
    def is_dense(self) -> bool:
        """Whether sentence embeddings count."""
        return self._encode is not None

    @property
    def terms(self) -> QuestionTerms:
        """The words of the bank and of its archive."""
        return self.index.terms

    def candidates(
        self, article: Article, article_terms: ArticleTerms | None = None
    ) -> CandidateFeatures:
        """Return the questions that may follow an article; never its own headline.

        ``article_terms`` is what ``terms_of`` gave for it, where that is known.
        """
        terms = article_terms or self.terms_of(article)
        return self._ranked_candidates(article, terms, self.index.embed([article], self._encode)[0])

    def rank(
        self, article: Article, k: int, article_terms: ArticleTerms | None = None
    ) -> list[RankedQuestion]:
        """Return at most ``k`` candidates, best first, ties in the order of the bank.

        Scores compare only within one article and may be negative.

        Parameters
        ----------
        article
            An article of the archive, or a draft.
        k
            At most so many.
        article_terms
            What ``terms_of`` gave for the article, where that is known.
        """
        return self._best_ranked(self.candidates(article, article_terms), k)

    def rank_many(
        self, articles: Iterable[Article], k: int, threads: int = 2
    ) -> Iterator[list[RankedQuestion]]:
        """Yield what ``rank`` gives for each of ``articles``, in order.

        Parameters
        ----------
        articles
            Read one batch at a time.
        k
            At most so many for each article.
        threads
            Articles that are measured side by side.
        """

        def one(article: Article, embeddings: Embeddings) -> list[RankedQuestion]:
            return self._best_ranked(
                self._ranked_candidates(article, self.terms_of(article), embeddings), k
            )

        rest = iter(articles)
        with ThreadPoolExecutor(threads) as pool:
            while batch := list(islice(rest, BATCH_SIZE)):
                yield from pool.map(one, batch, self.index.embed(batch, self._encode))

    def contributions(self, article: Article) -> dict[str, NDArray[np.float64]]:
        """Return what each feature adds to the score of each question, float64 [n_questions].

        Questions that are no candidates have NaN everywhere.
        """
        found = self.candidates(article)
        parts = np.full((len(self), len(FEATURES)), np.nan)
        parts[found.rows] = found.features * self._weights
        return {name: parts[:, i] for i, name in enumerate(FEATURES) if self._weights[i]}

    def scores(self, article: Article) -> NDArray[np.float64]:
        """Return the score of each question, float64 [n_questions]; -inf for no candidate."""
        found = self.candidates(article)
        scores = np.full(len(self), -np.inf)
        scores[found.rows] = found.features @ self._weights
        return scores

    def near_headline(self, article: Article) -> NDArray[np.int64]:
        """Return the rows whose words are nearest to the headline, int64, best first, <= 120."""
        terms = self.terms_of(article)
        return self.index.nearest_by_words([(terms.text[: terms.n_headline], 1.0)])

    def terms_of(self, article: Article) -> ArticleTerms:
        """Return the terms of an article; those that were read when fitting are not read again."""
        known = self._known_terms.get(article.id)
        return known[1] if known and known[0] is article else self.terms.article(article)

    def _ranked_candidates(
        self, article: Article, article_terms: ArticleTerms, embeddings: Embeddings
    ) -> CandidateFeatures:
        rows, measures = self.index.measure(article, article_terms, embeddings)
        number = self.index.article_numbers.get(article.id, -1)
        return CandidateFeatures(rows, self.index.nearest.features(number, rows, measures))

    def _best_ranked(self, found: CandidateFeatures, k: int) -> list[RankedQuestion]:
        scores = found.features @ self._weights
        order = np.argsort(-scores, kind="stable")[:k]
        return [
            RankedQuestion(row, score, features, self._weights)
            for row, score, features in zip(
                found.rows[order].tolist(),
                scores[order].tolist(),
                found.features[order],
                strict=True,
            )
        ]
