"""Measured values: shares and cosines in [0, 1], and what each of them sees."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import stem, words
from corpus.models import Article, Section
from index.lexical.ngram_hashing import N_BUCKETS
from recommender.ranking.features import (
    MEASURED,
    QuestionVectors,
    measure_question_features,
    question_letter_norm,
    question_term_weights,
)
from recommender.ranking.tfidf import ArticleTerms, QuestionTerms

ARTICLE = Article(
    "tea",
    "Is green tea healthy?",
    summary="Green tea holds caffeine.",
    sections=(Section("", "Coffee holds more caffeine. Farmers in Assam dry tea leaves."),),
)
QUESTIONS = (
    "Is green tea healthy?",
    "Who are the farmers that dry tea leaves?",
    "How much caffeine does coffee hold?",
    "Why do glaciers melt?",
)


def measured(questions: tuple[str, ...] = QUESTIONS) -> dict[str, np.ndarray]:
    terms, _ = QuestionTerms.fit(questions, [ARTICLE])
    own = [np.unique(terms.ids(q)).astype(np.uint32) for q in questions]
    vectors = QuestionVectors(
        np.cumsum([0, *map(len, own)]).astype(np.int64),
        np.concatenate(own),
        np.concatenate([question_term_weights(ids, terms.idf)[1] for ids in own]),
        np.array([question_letter_norm(ids, *terms.letters) for ids in own], np.float32),
    )
    values = measure_question_features(
        terms.article(ARTICLE), terms, vectors, np.arange(len(questions))
    )
    return dict(zip(MEASURED, values.T, strict=True))


def test_all_values_lie_between_0_and_1() -> None:
    for name, column in measured().items():
        assert np.all((column >= 0.0) & (column <= 1.0 + 1e-5)), name


def test_the_cosine_by_words_is_that_of_scikit_learn() -> None:
    def analyze(text: str) -> list[str]:
        return [stem(word) for word in words(text) if word not in STOPWORDS]

    text = "\n".join((ARTICLE.headline, ARTICLE.claim, ARTICLE.summary, ARTICLE.body))
    vectorizer = TfidfVectorizer(analyzer=analyze, sublinear_tf=True).fit([*QUESTIONS, text])
    expected = vectorizer.transform([text]) @ vectorizer.transform(QUESTIONS).T
    assert measured()["words article"] == pytest.approx(expected.toarray()[0], abs=1e-5)


def test_the_headline_itself_is_recognised() -> None:
    values = measured()
    assert values["same as headline"][0] == pytest.approx(1.0)
    assert values["letters headline"][0] == pytest.approx(1.0, abs=1e-5)
    assert values["new to headline"][0] == 0.0


def test_a_facet_of_the_text_is_new_to_the_headline() -> None:
    values = measured()
    assert values["new to headline"][2] > 0.5
    assert values["terms in article"][1] == pytest.approx(1.0)
    assert 0.0 < values["headline covered"][1] < 1.0


def test_a_question_about_something_else_has_nothing() -> None:
    values = measured()
    for name in ("words article", "terms in article", "best sentence", "most telling hit"):
        assert values[name][3] == 0.0


def test_another_ending_counts_by_its_letters() -> None:
    values = measured(("Are coffees caffeinated?", "Why do glaciers melt?"))
    assert values["letters article"][0] > values["letters article"][1]


def test_a_text_of_more_sentences_than_bits_is_measured() -> None:
    body = " ".join(f"Sentence {n} speaks of thing{n}." for n in range(200))
    long = Article("long", "Long?", sections=(Section("", body),))
    terms, _ = QuestionTerms.fit(["What of thing199?"], [long])
    assert terms.article(long).sentence.max() == 63


class RandomBank:
    """Random terms, letters and questions, and one article."""

    def __init__(self, seed: int) -> None:
        random = np.random.default_rng(seed)
        self.idf = random.uniform(1.0, 5.0, 20).astype(np.float32)
        self.rarest = float(self.idf.max())
        self.runs = [random.choice(40, 4, replace=False) for _ in self.idf]
        grams = np.concatenate(self.runs).astype(np.uint32)
        gram_idf = np.zeros(N_BUCKETS, np.float32)
        gram_idf[:40] = random.uniform(1.0, 4.0, 40)
        self.letters = (np.arange(0, 81, 4), grams, gram_idf)
        self.own = [np.unique(random.integers(0, 20, 5)).astype(np.uint32) for _ in range(6)]
        text = random.integers(0, 15, 30).astype(np.uint32)
        self.article = ArticleTerms(text, (np.arange(30) // 6).astype(np.uint8), 6)

    def __len__(self) -> int:
        return len(self.idf)

    def vectors(self) -> QuestionVectors:
        return QuestionVectors(
            np.cumsum([0, *map(len, self.own)]),
            np.concatenate(self.own),
            np.concatenate([question_term_weights(ids, self.idf)[1] for ids in self.own]),
            np.array([question_letter_norm(ids, *self.letters) for ids in self.own], np.float32),
        )

    def measure(self, vectors: QuestionVectors) -> np.ndarray:
        terms = cast(QuestionTerms, self)  # as far as ``measure`` looks
        return measure_question_features(self.article, terms, vectors, np.arange(len(self.own)))

    def letters_of(self, terms: list[int], damped: bool) -> np.ndarray:
        counts = np.zeros(N_BUCKETS)
        for term in terms:
            counts[self.runs[term]] += 1
        held = counts > 0
        counts[held] = 1 + np.log(counts[held]) if damped else counts[held]
        vector = counts * self.letters[2]
        return vector / np.linalg.norm(vector)

    def words_of(self, terms: list[int]) -> np.ndarray:
        counts = np.bincount(terms, minlength=len(self))
        vector = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0) * self.idf
        return vector / np.linalg.norm(vector)

    def by_hand(self, question: list[int]) -> list[float]:
        text, sentence = self.article.text.tolist(), self.article.sentence.tolist()
        headline = text[: self.article.n_headline]
        asked, article = set(question), set(text)

        def idf(terms: set[int]) -> float:
            return float(sum(self.idf[term] for term in terms))

        sentences = [
            [term for term, of in zip(text, sentence, strict=True) if of == number]
            for number in range(5)
        ]
        best = max(idf(asked & set(terms)) / (1 + len(terms) / 10) for terms in sentences)
        common = asked & set(headline)
        return [
            float(self.words_of(question) @ self.words_of(headline)),
            float(self.words_of(question) @ self.words_of(text)),
            float(self.letters_of(question, False) @ self.letters_of(headline, True)),
            float(self.letters_of(question, False) @ self.letters_of(text, True)),
            idf(asked & article) / idf(asked),
            idf((asked & article) - set(headline)) / idf(asked),
            best / idf(asked),
            max((float(self.idf[term]) for term in asked & article), default=0) / self.rarest,
            idf(common) / idf(set(headline)),
            idf(common) / idf(asked | set(headline)),
        ]


@pytest.mark.parametrize("seed", range(10))
def test_the_compiled_pass_finds_what_plain_python_finds(seed: int) -> None:
    bank = RandomBank(seed)
    for own, row in zip(bank.own, bank.measure(bank.vectors()), strict=True):
        assert row.tolist() == pytest.approx(bank.by_hand(own.tolist()), abs=1e-5)


def test_terms_and_letters_beyond_the_arrays_are_passed_over() -> None:
    bank = RandomBank(1)
    vectors = bank.vectors()
    vectors.terms[3] = bank.article.text[2] = bank.letters[1][5] = 4_000_000_000
    assert bank.measure(vectors).shape == (6, len(MEASURED))
