from __future__ import annotations

import pytest

from recommender.grammar.lemmas import Lemmatizer


@pytest.fixture(scope="module")
def lemmatizer() -> Lemmatizer:
    rules = {
        "verb": [["ies", "y"], ["es", "e"], ["es", ""], ["s", ""], ["ed", "e"], ["ed", ""]],
        "noun": [["ies", "y"], ["s", ""]],
        "adj": [["er", ""]],
    }
    index = {
        "verb": ["carry", "vote", "bake", "watch"],
        "noun": ["owl", "city"],
        "adj": ["old"],
    }
    exceptions = {
        "verb": {"sold": ["sell"], "lay": ["lie", "lay"]},
        "noun": {"mice": ["mouse"]},
        "adj": {"worse": ["bad"]},
    }
    return Lemmatizer(rules, index, exceptions)


@pytest.mark.parametrize(
    ("text", "tag", "lemma"),
    [
        ("carries", "VBZ", "carry"),
        ("baked", "VBD", "bake"),
        ("watches", "VBZ", "watch"),  # "watche" is in no list: the next rule
        ("cities", "NNS", "city"),
        ("older", "JJR", "old"),
        ("Owls", "NNS", "owl"),
    ],
)
def test_a_rule_holds_where_the_list_knows_its_form(
    lemmatizer: Lemmatizer, text: str, tag: str, lemma: str
) -> None:
    assert lemmatizer.lemma(text, tag) == lemma


@pytest.mark.parametrize(
    ("text", "tag", "lemma"),
    [("sold", "VBN", "sell"), ("mice", "NNS", "mouse"), ("worse", "JJR", "bad")],
)
def test_an_exception_goes_before_rules(
    lemmatizer: Lemmatizer, text: str, tag: str, lemma: str
) -> None:
    assert lemmatizer.lemma(text, tag) == lemma


def test_of_several_lemmas_the_first_is_taken(lemmatizer: Lemmatizer) -> None:
    assert lemmatizer.lemma("lay", "VBD") == "lie"


@pytest.mark.parametrize(
    ("text", "tag", "lemma"),
    [
        ("were", "VBD", "be"),
        ("’s", "VBZ", "be"),
        ("'ve", "VBP", "have"),
        ("n’t", "RB", "not"),
        ("wo", "MD", "will"),
        ("Does", "VBZ", "do"),
    ],
)
def test_auxiliaries_need_no_table(lemmatizer: Lemmatizer, text: str, tag: str, lemma: str) -> None:
    assert lemmatizer.lemma(text, tag) == lemma


def test_the_possessive_is_no_auxiliary(lemmatizer: Lemmatizer) -> None:
    assert lemmatizer.lemma("'s", "POS") == "'s"


def test_base_forms_are_lower_case_and_names_stay(lemmatizer: Lemmatizer) -> None:
    assert lemmatizer.lemma("Sell", "VB") == "sell"
    assert lemmatizer.lemma("Baked", "JJ") == "baked"
    assert lemmatizer.lemma("Athens", "NNP") == "Athens"
    assert lemmatizer.lemma("The", "DT") == "the"


@pytest.mark.parametrize(
    ("text", "tag", "lemma"),
    [
        ("vapes", "VBZ", "vape"),
        ("selfies", "NNS", ""),  # selfie or selfy?
        ("boxes", "NNS", ""),
        ("vaped", "VBD", ""),  # vape or vap?
        ("greener", "JJR", "greener"),
    ],
)
def test_of_an_unknown_word_only_what_is_sure_is_taken_off(
    lemmatizer: Lemmatizer, text: str, tag: str, lemma: str
) -> None:
    assert lemmatizer.lemma(text, tag) == lemma
