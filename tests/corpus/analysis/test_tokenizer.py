"""Text to terms: what is one word, what is folded away, and where each term stands in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import (
    MAX_WORD_CHARACTERS,
    content_terms,
    fold,
    raw_tokens,
    raw_words,
    stem,
    token_spans,
    tokenize,
    words,
)

TEXTS = st.text() | st.lists(
    st.sampled_from(
        [
            *("Déjà", "vu's", "U.S.A.", "1,250.5", "#MoonLanding", "@NASA2020", "end.Start", "—"),
            *("https://a.example/b?c=d", "www.b.example", "t.co/x1", "ﬁsh", "İstanbul", "a_b"),
            *("COVID-19", "e\u0301t\u0301", "你好", "don’t", "'s", "x" * 80),
        ]
    )
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Déjà vu’s", ["deja", "vu"]),
        ("the U.S.A. and U.N", ["the", "usa", "and", "un"]),
        ("1,250,000.5 and 3.14", ["1250000.5", "and", "3.14"]),
        ("#MoonLanding @NASAGoddard2020", ["moon", "landing", "nasa", "goddard", "2020"]),
        ("end.Start", ["end", "start"]),
        ("don't, they’ve", ["dont", "theyve"]),
        ("O'Brien's", ["obrien"]),
        ("snake_case COVID-19", ["snake", "case", "covid", "19"]),
        ("Straße, ﬁsh, İstanbul", ["strasse", "fish", "istanbul"]),
        ("see https://a.example/b, www.b.example or t.co/x here", ["see", "or", "here"]),
        ("", []),
        ("… — !", []),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_forms_of_a_word_have_one_term_and_numbers_stay() -> None:
    assert tokenize("vaccines vaccine VACCINE") == [stem("vaccine")] * 3
    assert tokenize("2019s b12") == ["2019s", "b12"]


def test_stop_words_are_dropped_by_content_terms_alone() -> None:
    assert tokenize("Is the moon hollow") == ["is", "the", "moon", "hollow"]
    assert content_terms("Is the moon hollow, the moon") == ["moon", "hollow", "moon"]


def test_a_long_run_is_cut() -> None:
    assert words("x" * 100_000) == ["x" * MAX_WORD_CHARACTERS]


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_folds_to_lower_case(text: str) -> None:
    assert fold(text) == text.lower()


@given(TEXTS)
def test_words_are_folded_and_are_their_own_words(text: str) -> None:
    for word in words(text):
        assert 0 < len(word) <= MAX_WORD_CHARACTERS
        assert word == fold(word)
        assert "'" not in word
        assert "’" not in word
        assert not any(map(str.isspace, word))
        if word.isascii() and word.isalpha() and len(word) > 1:
            assert words(word) == [word]


@given(TEXTS)
def test_terms_are_the_stems_of_the_words(text: str) -> None:
    assert tokenize(text) == [stem(word) for word in words(text)]
    assert content_terms(text) == [term for term in tokenize(text) if term not in STOPWORDS]


@given(TEXTS)
def test_spans_hold_the_terms_in_order_at_their_place(text: str) -> None:
    spans = token_spans(text)
    assert [term for term, _, _ in spans] == tokenize(text)
    before = 0
    for term, start, end in spans:
        assert before <= start < end <= len(text)
        before = end
        assert term in tokenize(text[start:end])


@given(TEXTS, st.sets(st.sampled_from(["a", "b", "de", "en", "mo", "us"])))
def test_spans_by_first_letters_are_some_of_all_spans(text: str, beginnings: set[str]) -> None:
    every, some = token_spans(text), token_spans(text, beginnings)
    assert [span for span in every if span in some] == some
    wanted = [
        (term, start, end)
        for term, start, end in every
        if text[start : start + 2].lower() in beginnings
    ]
    assert all(span in some for span in wanted)


@given(st.lists(TEXTS))
def test_no_raw_token_reaches_over_white_space(texts: list[str]) -> None:
    parts = [part for text in texts for part in text.split()]
    joined = raw_tokens(" ".join(parts))
    assert joined == [token for part in parts for token in raw_tokens(part)]
    assert words(" ".join(parts)) == [w for token in joined for w, _, _ in raw_words(token)]
