"""Score every question of a bank for an article or a draft: TF-IDF embeddings by scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from corpus.models import Article
from corpus.text import STOPWORDS, stem, words

# Cosine of the question with …; weights chosen on the sets in benchmarks/README.md.
WEIGHTS = {"headline words": 0.5, "article words": 1.0, "article letters": 1.0}


class QuestionRanker:
    """A fitted bank of questions. The same bank and the same article give the same scores."""

    def __init__(self, questions: Sequence[str], articles: Sequence[Article]) -> None:
        self._words = TfidfVectorizer(analyzer=_terms, sublinear_tf=True)
        self._letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
        if questions:
            texts = list(questions)
            self._words.fit(texts + [_text(a) for a in articles])
            self._letters.fit(texts + [a.headline for a in articles])
            self._by_words = self._words.transform(texts).T.tocsr()
            self._by_letters = self._letters.transform(texts).T.tocsr()
        self._n = len(questions)

    def contributions(self, article: Article) -> dict[str, NDArray[np.float64]]:
        """Return what each feature adds to the score of each question, float64 [n], >= 0."""
        if not self._n:
            return {name: np.zeros(0) for name in WEIGHTS}
        text = _text(article)
        cosines = {
            "headline words": self._words.transform([article.headline]) @ self._by_words,
            "article words": self._words.transform([text]) @ self._by_words,
            "article letters": self._letters.transform([text]) @ self._by_letters,
        }
        return {name: WEIGHTS[name] * row.toarray()[0] for name, row in cosines.items()}

    def scores(self, article: Article) -> NDArray[np.float64]:
        """Return the score of each question, float64 [n]: the sum of the contributions."""
        total: NDArray[np.float64] = np.sum(list(self.contributions(article).values()), axis=0)
        return total


def _terms(text: str) -> list[str]:
    return [stem(word) for word in words(text) if word not in STOPWORDS]


def _text(article: Article) -> str:
    return "\n".join((article.headline, article.claim, article.summary, article.body))
