"""Closed lists: what the rules that use them take for granted."""

from __future__ import annotations

import pytest

from recommender.grammar.words import (
    FULL_FORMS,
    INTRANSITIVE,
    NEGATIVE,
    OWN_VOICE,
    PRONOUNS,
    STATIVE,
    UNSAFE_NEGATION,
)


@pytest.mark.parametrize(
    "words", [FULL_FORMS, INTRANSITIVE, NEGATIVE, OWN_VOICE, PRONOUNS, STATIVE]
)
def test_words_are_looked_up_in_lower_case(words: frozenset[str]) -> None:
    assert words
    assert all(word == word.lower().replace("’", "'") for word in words)


def test_a_full_form_is_its_own_full_form() -> None:
    assert {FULL_FORMS[form] for form in FULL_FORMS.values()} == set(FULL_FORMS.values())
    assert all(FULL_FORMS[form] == form for form in FULL_FORMS.values())
    assert not any("'" in form for form in FULL_FORMS.values())


def test_without_denies_no_clause() -> None:
    assert "without" not in NEGATIVE  # "trains run without drivers" is asked as it stands
    assert {"not", "n't", "never", "no"} <= NEGATIVE


def test_a_word_whose_negation_is_unsafe_is_no_negation_itself() -> None:
    assert not UNSAFE_NEGATION & NEGATIVE


def test_the_voice_of_a_speaker_is_no_third_person() -> None:
    assert not OWN_VOICE & {"he", "she", "it", "they", "his", "her", "their"}
    assert {"i", "we", "you"} <= OWN_VOICE & PRONOUNS


def test_verbs_stand_in_their_base_form() -> None:
    for verb in INTRANSITIVE | STATIVE:
        assert verb.isalpha(), verb
        assert not verb.endswith(("ing", "ied")) or verb in {"bring", "sing"}, verb
