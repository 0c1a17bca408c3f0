"""Field values are the same for every file format."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.field_values import field_language_code, visible_field_text


@pytest.mark.parametrize(
    ("value", "code"),
    [("en", "en"), (" EN_us ", "en"), ("pt-BR", "pt"), ("deu", "deu"), ("zh-Hant-TW", "zh")],
)
def test_a_language_is_its_code(value: str, code: str) -> None:
    assert field_language_code(value) == code


@pytest.mark.parametrize("value", ["", "English", "e", "12", "en-", "en-" + "x" * 21])
def test_what_is_no_code_is_the_default(value: str) -> None:
    assert field_language_code(value) == "en"
    assert field_language_code(value, "de") == "de"


def test_what_shows_nothing_is_left_out() -> None:
    assert visible_field_text("\u202egnorw\u202c\u200b si\xadde\x00\ufeff") == "gnorw side"
    assert visible_field_text("half \ud800 here") == "half \ufffd here"
    assert visible_field_text("a\tb\nc") == "a\tb\nc"


@given(st.text(st.characters()))
def test_visible_text_can_be_written_and_stays(text: str) -> None:
    visible = visible_field_text(text)
    visible.encode()
    assert visible_field_text(visible) == visible
