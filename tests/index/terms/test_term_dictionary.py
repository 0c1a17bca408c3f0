"""Law: a text is learnt as the terms that the tokeniser finds in it, however it is cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.tokenizer import tokenize
from index.terms import term_dictionary as lexicon
from index.terms.term_dictionary import TermDictionary

ODD = st.text(
    st.sampled_from("ab.A'#@,/ \t\n\u00a0\u0301\u20197é:w") | st.characters(codec="utf-8"),
    max_size=60,
)
ADDRESS = st.sampled_from(
    [" WWW.example.org/a ", "(www.b.org)", "see:t.co/xyz", "https://c.org/d e", "not.co/ this"]
)


@given(st.lists(ODD | ADDRESS, max_size=6))
def test_texts_are_learnt_as_their_terms(parts: list[str]) -> None:
    texts = ["".join(parts), *parts]
    learnt = TermDictionary()
    ids, ends = learnt.learn(texts)
    for text, terms in zip(texts, np.split(ids, ends[:-1]), strict=True):
        assert [learnt.terms[i] for i in terms.tolist()] == tokenize(text)


def test_numbers_follow_the_order_of_first_appearance() -> None:
    learnt = TermDictionary()
    assert learnt.learn(["Wolves chase hens, wolves"])[0].tolist() == [0, 1, 2, 0]
    assert learnt.learn(["hens and wolves"])[0].tolist() == [2, 3, 0]
    assert learnt.terms == ["wolv", "chase", "hen", "and"]
    assert (learnt.id("and"), learnt.id("fox")) == (3, None)


def test_nothing_that_was_learned_is_forgotten_with_the_tokens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lexicon, "MAX_TOKENS", 1)
    learnt = TermDictionary()
    first = learnt.learn(["red wolves chase hens"])[0].tolist()
    learnt.learn(["sea"])
    assert learnt.learn(["red wolves chase hens"])[0].tolist() == first
    assert learnt.spellings() == {"red": 0, "wolves": 1, "chase": 2, "hens": 3, "sea": 4}


def test_stop_words_are_known_by_their_terms() -> None:
    learnt = TermDictionary(["wolv", "the", "again"])
    assert learnt.stop().tolist() == [False, True, True]
