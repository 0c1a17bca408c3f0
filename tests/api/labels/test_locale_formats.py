from __future__ import annotations

from datetime import date

import pytest

from api.labels.locale_formats import (
    decimal_number,
    language_name,
    long_date,
    text_attributes,
    text_direction,
)
from api.settings import PageLanguage

DAY = date(2024, 3, 9)


@pytest.mark.parametrize(
    ("language", "day", "number"),
    [
        ("en", "9 March 2024", "48,436"),
        ("de", "9. März 2024", "48.436"),
        ("es", "9 de marzo de 2024", "48.436"),
        ("fr", "9 mars 2024", "48\u202f436"),
        ("pt", "9 de março de 2024", "48.436"),
    ],
)
def test_dates_and_numbers_are_written_as_in_the_language(
    language: PageLanguage, day: str, number: str
) -> None:
    assert long_date(DAY, language) == day
    assert decimal_number(48_436, language) == number


def test_languages_have_their_names_and_an_unknown_one_its_code() -> None:
    assert language_name("ar", "de") == "Arabisch"
    assert language_name("pt", "fr") == "portugais"
    assert language_name("xx", "en") == "xx"
    assert language_name('"><b', "en") == '"><b'


def test_a_text_has_its_language_and_direction_where_they_differ_from_what_is_around_it() -> None:
    assert text_attributes("de", "de") == ""
    assert text_attributes("pt-br", "pt") == ""
    assert text_attributes("ar", "en") == ' lang="ar" dir="rtl"'
    assert text_attributes("en", "ar") == ' lang="en" dir="ltr"'
    assert text_attributes("", "en") == ' dir="auto"'
    assert text_attributes('en" onload="x', "en") == ' dir="auto"'


@pytest.mark.parametrize(
    ("code", "direction"),
    [("he", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("ja", "ltr"), ("xx", "auto"), ("?", "auto")],
)
def test_the_direction_is_that_of_cldr(code: str, direction: str) -> None:
    assert text_direction(code) == direction
