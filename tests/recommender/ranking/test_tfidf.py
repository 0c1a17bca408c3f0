"""Terms: stop words stay out, unknown words too, and what was saved comes back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ArchiveError
from corpus.models import Article
from index.build import build_index
from index.search.reader import IndexReader
from recommender.ranking.tfidf import MAX_FIELD_CHARACTERS, MAX_TERMS, N_SENTENCES, QuestionTerms

BATS = Article("bats", "Are bats blind?", summary="Bats see. They hunt by echo.")


def test_only_known_telling_words_count() -> None:
    terms, _ = QuestionTerms.fit(["Do bats hunt?"], [BATS])
    assert terms.ids("the of and") == []
    assert terms.ids("xylophone") == []
    assert len(terms.ids("Bats and the bat")) == 2


def test_the_headline_is_window_0_and_comes_first() -> None:
    terms, (article_terms,) = QuestionTerms.fit([], [BATS])
    assert article_terms.n_headline == 2
    assert article_terms.sentence.tolist() == [0, 0, 1, 1, 1, 1]
    again = terms.article(BATS)  # read anew, as a draft is
    assert again.text.tolist() == article_terms.text.tolist()
    assert again.sentence.tolist() == article_terms.sentence.tolist()


def test_a_rare_word_weighs_more() -> None:
    terms, _ = QuestionTerms.fit(["Do bats hunt?", "Do bats sleep?"], [BATS])
    (bat,), (sleep,) = terms.ids("bats"), terms.ids("sleep")
    assert terms.idf[sleep] > terms.idf[bat] >= 1.0


def test_a_text_without_end_is_cut() -> None:
    endless = Article("x", "Bats?", summary="bats " * MAX_FIELD_CHARACTERS)
    terms, (article_terms,) = QuestionTerms.fit([], [endless])
    assert len(article_terms.text) == MAX_TERMS
    assert article_terms.sentence.max() == N_SENTENCES - 1
    assert terms.article(endless).text.tolist() == article_terms.text.tolist()


def test_an_index_knows_the_words_already(tmp_path: Path) -> None:
    articles = [BATS, Article("owls", "Do the owls see?", claim="Owls hoot.", summary="They do.")]
    build_index(articles, tmp_path)
    questions = ["Do bats hunt?", "Is the xylophone loud?"]
    terms, article_terms = QuestionTerms.of_index(
        questions, IndexReader(tmp_path), ["bats", "owls"]
    )
    expected, fitted = QuestionTerms.fit(questions, articles)
    for article, one, other in zip(articles, article_terms, fitted, strict=True):
        assert terms.article(article).text.tolist() == one.text.tolist()
        assert one.sentence.tolist() == other.sentence.tolist()
        assert one.n_headline == other.n_headline
        assert terms.idf[one.text].tolist() == expected.idf[other.text].tolist()
    assert len(terms) == len(expected)
    assert len(terms.ids("Is the xylophone loud?")) == 2


def test_saved_terms_come_back(tmp_path: Path) -> None:
    terms, _ = QuestionTerms.fit(["Do bats hunt?"], [BATS])
    terms.save(tmp_path)
    opened = QuestionTerms.open(tmp_path)
    assert opened.ids("Do bats hunt by echo?") == terms.ids("Do bats hunt by echo?")
    assert np.array_equal(opened.idf, terms.idf)
    (tmp_path / "question-terms.json").write_text("[]")
    with pytest.raises(ArchiveError, match=r"question-terms\.idf\.npy.*divedeeper build"):
        QuestionTerms.open(tmp_path)


def test_a_draft_in_another_language_has_the_terms_of_its_archive(tmp_path: Path) -> None:
    german = Article(
        "impfen",
        "Helfen Impfungen gegen Grippe?",
        summary="Geimpfte Kinder erkranken seltener an der Grippe.",
        language="de",
    )
    question = "Warum erkranken geimpfte Kinder seltener?"
    bats = Article("bats", "Do bats see?", summary="Bats see well.")
    build_index([bats, german], tmp_path)
    reader = IndexReader(tmp_path)
    terms, (stored,) = QuestionTerms.of_index([question], reader, ["impfen"])
    assert terms.article(german).text.tolist() == stored.text.tolist()
    assert set(terms.ids(question)) & set(stored.text.tolist())
