"""Question terms: the content terms of a question with their weights and its answer type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import stem, words
from index.search.reader import IndexReader
from recommender.answers.answer_type import AnswerType, answer_types_of_terms, expected_answer_type
from recommender.bounded_cache import BoundedCache

MIN_TERMS_WITHOUT_FOCUS = 2  # a question this short keeps its focus word, or nothing would be left
MAX_CACHED_QUESTIONS = 1 << 14  # of the bank, each compared with many pages; some 1 kB each

IdOf = Callable[[str], int | None]
"""The id of a term, None for one without."""

TermOf = Callable[[str], str]
"""The term of a folded word."""

Weight = Callable[[str], float]
"""The weight of a term, > 0: its idf where an archive is known."""


@dataclass(frozen=True, eq=False, slots=True)
class TermTable:
    """Properties of each term id.

    ``weights`` float32 [n_terms]: its idf, 0 for a stop word; ``classes`` uint16 [n_terms]: a mask
    of ``TermClass``.
    """

    weights: NDArray[np.float32]
    classes: NDArray[np.uint16]


@dataclass(frozen=True, eq=False, slots=True)
class WeightedQuestion:
    """The distinct content terms of a question.

    ``known`` uint32 [n] and ``weights`` float32 [n]: those that have an id; ``unknown`` float32
    [m]: the weights of the others; ``expected``: the type of its answer.
    """

    known: NDArray[np.uint32]
    weights: NDArray[np.float32]
    unknown: NDArray[np.float32]
    expected: AnswerType

    @staticmethod
    def of(
        question: str,
        id_of: IdOf,
        weights: NDArray[np.float32],
        unknown_weight: Weight,
        term_of: TermOf = stem,
    ) -> WeightedQuestion:
        """Return the terms of ``question``.

        The word that only names the kind of answer ("tall" in "How tall is …") is left out: an
        answer states a value and often not the word.

        Parameters
        ----------
        question
            The text; stop words are left out.
        id_of
            The id of a term.
        weights
            The weight of each id, float32 [n_terms].
        unknown_weight
            The weight of a term without an id.
        term_of
            The term of a folded word.
        """
        expected = expected_answer_type(question)
        terms = dict.fromkeys(term_of(word) for word in words(question) if word not in STOPWORDS)
        for term in expected.focus:
            if len(terms) > MIN_TERMS_WITHOUT_FOCUS:
                terms.pop(term, None)
        ids = {term: id_of(term) for term in terms}
        known = np.array([id for id in ids.values() if id is not None], np.uint32)
        unknown = [unknown_weight(term) for term, id in ids.items() if id is None]
        return WeightedQuestion(
            known, weights[known].astype(np.float32), np.array(unknown, np.float32), expected
        )

    def __len__(self) -> int:
        return len(self.known) + len(self.unknown)

    @property
    def weight(self) -> float:
        """Return the weight of all terms together."""
        return float(self.weights.sum() + self.unknown.sum())


class TermStatistics:
    """Ids, weights and classes of the terms of one archive, or of one text."""

    def __init__(
        self,
        id_of: IdOf,
        table: TermTable,
        unknown_weight: Weight,
        term_of: TermOf = stem,
    ) -> None:
        """Look terms up.

        Parameters
        ----------
        id_of
            The id of a term.
        table
            Properties of each id.
        unknown_weight
            The weight of a term without an id.
        term_of
            The term of a folded word: in an archive of several languages not the English stem.
        """
        self._id_of, self.table, self._unknown_weight = id_of, table, unknown_weight
        read = partial(
            WeightedQuestion.of,
            id_of=id_of,
            weights=table.weights,
            unknown_weight=unknown_weight,
            term_of=term_of,
        )
        self._questions = BoundedCache(read, MAX_CACHED_QUESTIONS)

    @classmethod
    def of_index(cls, reader: IndexReader) -> TermStatistics:
        """Return the terms of an archive; one per index serves all its pages."""
        weights = reader.forward_index.weights
        table = TermTable(weights, answer_types_of_terms(reader.terms.terms))
        rarest = float(weights.max(initial=1.0))
        return cls(reader.terms.id, table, lambda term: rarest, reader.terms.term_of)

    def question(self, text: str) -> WeightedQuestion:
        """Return the terms of a question."""
        return self._questions[text]

    def weight(self, term: str) -> float:
        """Return the weight of a term: in an archive its idf, an unknown one's of the rarest."""
        id = self._id_of(term)
        return self._unknown_weight(term) if id is None else float(self.table.weights[id])
