"""One key for all spellings of one wording, the same in every process."""

from __future__ import annotations

from recommender.question_key import question_key


def test_case_accents_and_punctuation_do_not_count_and_words_do() -> None:
    assert question_key("Are bats blind?") == question_key("ARE: bats, blind")
    assert question_key("Is the café open?") == question_key("Is the cafe open?")
    assert question_key("Are bats blind?") != question_key("Are cats blind?")


def test_the_key_is_a_64_bit_number_and_never_changes() -> None:
    assert f"{question_key('Are bats blind?'):016x}" == "fb1538f2b9528375"
    assert 0 <= question_key("") < 2**64
    assert 0 <= question_key("half a pair \ud800?") < 2**64
