"""Terms: stop words stay out, unknown words too, and what was saved comes back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.models import Article
from recommender.question_terms import LONGEST, QuestionTerms

BATS = Article("bats", "Are bats blind?", summary="Bats see. They hunt by echo.")


def test_only_known_telling_words_count() -> None:
    terms, _ = QuestionTerms.fit(["Do bats hunt?"], [BATS])
    assert terms.ids("the of and") == []
    assert terms.ids("xylophone") == []
    assert len(terms.ids("Bats and the bat")) == 2


def test_the_headline_is_sentence_0_and_comes_first() -> None:
    terms, (told,) = QuestionTerms.fit([], [BATS])
    assert told.n_headline == 2
    assert told.sentence.tolist() == [0, 0, 1, 1, 2, 2]
    again = terms.article(BATS)  # read anew, as a draft is
    assert again.text.tolist() == told.text.tolist()
    assert again.sentence.tolist() == told.sentence.tolist()


def test_a_rare_word_weighs_more() -> None:
    terms, _ = QuestionTerms.fit(["Do bats hunt?", "Do bats sleep?"], [BATS])
    (bat,), (sleep,) = terms.ids("bats"), terms.ids("sleep")
    assert terms.idf[sleep] > terms.idf[bat] >= 1.0


def test_a_text_without_end_is_cut() -> None:
    endless = Article("x", "Bats?", summary="bats " * LONGEST)
    assert len(QuestionTerms.fit([], [endless])[1][0].text) <= LONGEST / 5 + 1


def test_saved_terms_come_back(tmp_path: Path) -> None:
    terms, _ = QuestionTerms.fit(["Do bats hunt?"], [BATS])
    terms.save(tmp_path)
    opened = QuestionTerms.open(tmp_path)
    assert opened.ids("Do bats hunt by echo?") == terms.ids("Do bats hunt by echo?")
    assert np.array_equal(opened.idf, terms.idf)
    (tmp_path / "question-terms.json").write_text('{"format": 99}')
    with pytest.raises(ValueError, match="divedeeper build"):
        QuestionTerms.open(tmp_path)
