"""Every publisher's word comes down to one of four rulings, or to none."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Article
from corpus.readers import read
from corpus.verdicts import (
    _TABLE,
    MAX_VERDICT_CHARACTERS,
    Ruling,
    _verdict_words,
    has_negation,
    has_verdict_words,
    verdict_degree,
    verdict_ruling,
)

VERDICTS: dict[Ruling, str] = {
    "true": """
        True, TRUE, Mostly true, mostly-true, Correct, Accurate, Confirmed, Verified, Supported
        Legit, Genuine, Correct Attribution, Right, Mostly right, One Pinocchio
        Richtig, Größtenteils richtig, Stimmt, Verdadero, Cierto, Vrai, Plutôt vrai, Verdadeiro
        Fato, Vero, Waar, Grotendeels waar, सही, सच, صحيح
        """,
    "false": """
        False, FALSE, Mostly false, Pants on fire, pants-fire, Not true, Isn't true, Not accurate
        Not at all true, Wrong, Fake, Hoax, Altered, Satire, Labeled Satire, Miscaptioned
        Misattributed, Fabricated, Debunked, Refuted, Scam, Unfounded, Four Pinocchios
        Three Pinocchios, False and misleading, False context, False. The photo does not show it
        Falsch, Größtenteils falsch, Stimmt nicht, Nicht wahr, Gefälscht, Falso, Falsa, Bulo
        No es cierto, Faux, Plutôt faux, Ce n'est pas vrai, Fake news, Não é verdade, Boato
        Bufala, Non è vero, Onwaar, Klopt niet, गलत, ग़लत, झूठा, फ़र्ज़ी, सच नहीं, خطأ, كاذب, زائف
        غير صحيح
        """,
    "mixed": """
        Mixed, Mixture, Half true, half-true, Half-truth, Barely true, barely-true, Misleading
        Partly false, Partially true, Missing context, Needs context, Lacks context, Out of context
        Outdated, Exaggerated, Distorts the Facts, Cherry Picks, Spins the Facts, Two Pinocchios
        True and false, True but misleading, Not entirely true, Not quite right
        Conflicting Evidence/Cherrypicking
        Irreführend, Teilweise falsch, Halbwahr, Fehlender Kontext, Nicht ganz richtig, Engañoso
        Verdad a medias, Parcialmente falso, Fuera de contexto, Trompeur, Partiellement faux
        Hors contexte, À nuancer, Enganoso, Distorcido, Não é bem assim, Fora de contexto
        Fuorviante, Parzialmente vero, Fuori contesto, Misleidend, Deels waar, Zonder context
        भ्रामक, आंशिक रूप से सच, आधा सच, مضلل, صحيح جزئيًا
        """,
    "unproven": """
        Unproven, No evidence, Not proven, Unverified, Unsupported, Unconfirmed, Not supported
        Lacks evidence, Insufficient evidence, Not enough evidence, Unknown, Unclear
        Research in Progress
        Unbelegt, Unbewiesen, Keine Belege, Nicht belegt, Sin pruebas, No hay evidencia
        Pas de preuve, Non prouvé, Invérifiable, Sem provas, Sem evidências, Senza prove
        Non verificabile, Niet bewezen, Geen bewijs, कोई सबूत नहीं, अपुष्ट, لا يوجد دليل, غير مؤكد
        """,
}
NO_RULING = ["", "42", "half-flip", "Full Flop", "Not false", "Legend", "???", "See the article"]

CASES = [
    (verdict.strip(), expected)
    for expected, listed in VERDICTS.items()
    for verdict in listed.replace("\n", ",").split(",")
    if verdict.strip()
]


@pytest.mark.parametrize(("verdict", "expected"), CASES)
def test_a_verdict_comes_down_to_a_ruling(verdict: str, expected: Ruling) -> None:
    assert verdict_ruling(verdict) == expected


@pytest.mark.parametrize("verdict", NO_RULING)
def test_what_says_something_else_has_none(verdict: str) -> None:
    assert verdict_ruling(verdict) is None
    assert verdict_degree(verdict) is None


def test_degrees_rise_from_false_to_true() -> None:
    verdicts = ["False", "Mostly false", "Mixed", "Mostly true", "True"]
    assert [verdict_degree(v) for v in verdicts] == [0, 1, 2, 3, 4]
    assert [
        verdict_degree(v) for v in ("Falsch", "Plutôt faux", "Engañoso", "Plutôt vrai", "सच")
    ] == [*(0, 1, 2, 3, 4)]
    assert verdict_degree("Barely true") == 1
    assert verdict_degree("Three Pinocchios") == 1
    assert verdict_degree("Unproven") is None
    assert verdict_degree("") is None


def test_no_phrase_of_the_table_has_two_meanings() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for meaning, listed in _TABLE.items():
        for phrase in listed.replace("\n", ",").split(","):
            if words := _verdict_words(phrase):
                assert seen.setdefault(words, meaning) == meaning, phrase


@given(st.text(), st.sampled_from(CASES))
def test_any_text_has_one_answer_whatever_its_case(text: str, case: tuple[str, Ruling]) -> None:
    verdict, expected = case
    assert verdict_ruling(text) in (None, "true", "mixed", "false", "unproven")
    assert verdict_ruling(f"  {verdict.upper()}! ") == expected
    assert (verdict_degree(text) is None) == (verdict_ruling(text) in (None, "unproven"))


def test_only_the_beginning_of_a_long_verdict_is_read() -> None:
    assert verdict_ruling("False. " + "x" * 1_000_000) == "false"
    assert verdict_ruling("x " * MAX_VERDICT_CHARACTERS + "False") is None


def test_every_verdict_of_the_sample_archive_has_a_ruling() -> None:
    sample = [
        a.verdict
        for a in read(Path(str(files("corpus") / "sample")))
        if isinstance(a, Article) and a.language not in ("ja", "tr")  # the table has no such words
    ]
    assert {verdict_ruling(verdict) for verdict in sample if verdict} == set(get_args(Ruling))


@pytest.mark.parametrize(
    ("sentence", "has_verdict", "denies"),
    [
        ("The claim is false.", True, False),
        ("The photo was doctored.", True, False),
        ("The figure is mostly accurate.", True, False),
        ("There is no evidence of it.", True, True),
        ("He didn’t say so.", False, True),
        ("La imagen es un bulo.", True, False),
        ("Das stimmt so nicht.", True, True),
        ("The government spoke of a pregnant woman.", False, False),
        ("The right wing confirmed it in this context.", False, False),
        ("", False, False),
    ],
)
def test_sentences_with_words_of_verdicts_and_denials_are_told(
    sentence: str, has_verdict: bool, denies: bool
) -> None:
    assert (has_verdict_words(sentence), has_negation(sentence)) == (has_verdict, denies)
