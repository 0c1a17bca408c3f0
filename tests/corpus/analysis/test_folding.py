"""Folding: spellings that read the same are one, and those that do not stay apart."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.folding import digits_table, fold, invisible_characters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Łukasz", "lukasz"),
        ("Tromsø", "tromso"),
        ("Đorđe", "dorde"),
        ("Æther", "aether"),
        ("cœur", "coeur"),
        ("Þingvellir", "thingvellir"),
        ("Ħamrun", "hamrun"),
        ("DIYARBAKIR", "diyarbakır"),
        ("İzmir", "izmir"),
        ("ILIK", "ılık"),
        ("Größe", "GROSSE"),
        ("ﬁlm", "film"),
        ("ＣＯＶＩＤ", "covid"),
        ("２０２４", "2024"),
        ("٢٠٢٤", "2024"),
        ("२०२४", "2024"),
        ("বাংলা", "বাংলা"),
        ("סֵפֶר", "ספר"),
        ("كِتَابٌ", "كتاب"),
        ("كتـــاب", "كتاب"),
        ("إسلام", "اسلام"),
        ("آسيا", "اسيا"),
        ("مدرسة", "مدرسه"),
        ("یک", "يك"),
        ("می\u200cروم", "میروم"),
        ("hand\u00adbook", "handbook"),
        ("hand\u200bbook", "handbook"),
        ("\ufeffhandbook", "handbook"),
        (unicodedata.normalize("NFD", "パン"), "パン"),
        ("ﾊﾟﾝ", "パン"),
        ("ёж", "еж"),
        ("Ἀθῆναι", "αθηναι"),
    ],
)
def test_spellings_that_read_the_same_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("दिन", "दान"),  # vowel signs of Indic scripts tell words apart
        ("কাল", "কালি"),
        ("はは", "ばば"),
        ("мой", "мои"),
        ("กา", "กี"),
        ("한", "할"),
    ],
)
def test_spellings_that_read_otherwise_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_is_folding_once_and_leaves_nothing_invisible(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert not set(folded) & set(invisible_characters())


def test_every_decimal_digit_is_one_of_ascii() -> None:
    table = digits_table()
    assert "".join(map(str, range(10))) == "๐๑๒๓๔๕๖๗๘๙".translate(table)
    assert all(len(value) == 1 and value.isascii() for value in table.values())
