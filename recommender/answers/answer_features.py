"""Answer features: what is measured of each candidate article, and of the best of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.ranking.features import FEATURES as SEARCH_FEATURES
from recommender.answers.answer_type import KINDS
from recommender.answers.calibration import Floats
from recommender.answers.passage_evidence import PASSAGE_FEATURES
from recommender.answers.question_terms import WeightedQuestion
from recommender.wording.checks import check_stands_alone

N_CANDIDATES = 20  # articles whose passages are read; 10 to 40 differ by .01 of coverage
LARGE_ARCHIVE = 50_000  # articles; the size of the archive most questions were graded on
MIN_LOG_GAP = -30.0  # of a candidate's score to the best, below which it counts for nothing
WITH_CONTEXT = ", with context"

RANK_FEATURES = (
    *SEARCH_FEATURES,
    "search score",
    *PASSAGE_FEATURES,
    *(f"{name}{WITH_CONTEXT}" for name in PASSAGE_FEATURES),
)
"""Columns of a candidate. The passage features are those of the question alone, then of question
and context together."""

_SCORES = ("score", "score margin", "log of equal scores", "softmax share")
_ALWAYS_MEASURED = tuple(
    name
    for name in RANK_FEATURES
    if "of best" not in name and not name.startswith("meaning") and name != "word vectors"
)  # an index may be without word vectors or embeddings; the confidence must not depend on that
_ALWAYS_MEASURED_COLUMNS = [RANK_FEATURES.index(name) for name in _ALWAYS_MEASURED]
_QUESTION = (
    "question terms",
    "mean weight of a term",
    "greatest weight of a term",
    "weight of all terms",
    "unknown share",
    "does not stand alone",
    *(f"expects {kind}" for kind in KINDS),
)
_BY_SIZE = (*_SCORES, *PASSAGE_FEATURES)
BEST_FEATURES = (
    *_SCORES,
    *_ALWAYS_MEASURED,
    *_QUESTION,
    "small archive",
    *(f"{name}, small archive" for name in _BY_SIZE),
)
"""Columns of the best candidate.

Score margin: to the next. Log of equal scores: the logarithm of the number of candidates that score
like the best. Small archive: 0 for ``LARGE_ARCHIVE`` articles, 1 for one. A small archive has one
check of a claim, a large one several, so that a close second means something else there.
"""

COVERED = BEST_FEATURES.index(f"article coverage{WITH_CONTEXT}")
MIN_COVERED = 0.4  # of the question's weight: an article that lacks more answers another question
_BY_SIZE_COLUMNS = [BEST_FEATURES.index(name) for name in _BY_SIZE]


@dataclass(frozen=True, eq=False, slots=True)
class AnswerCandidates:
    """The candidates of a question, best first by the search ranking.

    ``rows`` int64 [n] in the index; ``features`` float64 [n, len(RANK_FEATURES)]; ``scores``
    float64 [n], by the answer ranking; ``question`` float64 [n_question_features].
    """

    rows: NDArray[np.int64]
    features: Floats
    scores: Floats
    question: Floats

    def best(self, allowed: NDArray[np.bool_], n_articles: int) -> tuple[int, Floats] | None:
        """Return the best candidate's row in the index and its features; None without one.

        ``allowed`` bool [n]: which candidates count, as the best or as another.
        """
        left = np.flatnonzero(allowed)
        if not len(left):
            return None
        order = left[np.argsort(-self.scores[left], kind="stable")]
        best = self.features[order[0]][_ALWAYS_MEASURED_COLUMNS]
        small = max(0.0, 1.0 - float(np.log(max(n_articles, 1)) / np.log(LARGE_ARCHIVE)))
        found = np.concatenate(
            [_answer_features_of_scores(self.scores[order]), best, self.question, [small]]
        )
        return int(self.rows[order[0]]), np.concatenate([found, small * found[_BY_SIZE_COLUMNS]])


def answer_question_features(text: str, question: WeightedQuestion) -> Floats:
    """Return the features of a question and its terms, float64 [n_question_features]."""
    return np.array(
        [
            len(question),
            float(question.weights.mean()) if len(question.known) else 0.0,
            float(question.weights.max(initial=0.0)),
            question.weight,
            float(question.unknown.sum()) / max(question.weight, 1e-9),
            float(check_stands_alone(text) is not None),
            *(float(question.expected.kind == kind) for kind in KINDS),
        ]
    )


def _answer_features_of_scores(scores: Floats) -> Floats:
    """Return the features of scores in descending order, at least one."""
    equal = float(np.exp(np.maximum(scores - scores[0], MIN_LOG_GAP)).sum())
    margin = scores[0] - (scores[1] if len(scores) > 1 else 0.0)
    return np.array([scores[0], margin, np.log(equal), 1.0 / equal])
