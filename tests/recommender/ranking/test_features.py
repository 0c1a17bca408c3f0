"""Measured values: shares and cosines in [0, 1], and what each of them sees."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import stem, words
from corpus.models import Article, Section
from recommender.ranking.features import (
    MEASURED,
    QuestionVectors,
    letter_norm,
    measure,
    term_weights,
)
from recommender.ranking.tfidf import QuestionTerms

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
        np.concatenate([term_weights(ids, terms.idf)[1] for ids in own]),
        np.array([letter_norm(ids, *terms.letters) for ids in own], np.float32),
    )
    values = measure(terms.article(ARTICLE), terms, vectors, np.arange(len(questions)))
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
