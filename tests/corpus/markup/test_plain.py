"""A field that may hold HTML becomes plain text, and plain text stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.markup.plain import has_markup, is_plain, plain_line, plain_text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Minister&#8217;s &#038; caf&eacute;", "Minister’s & café"),
        ("A <b>bold</b> claim", "A bold claim"),
        ("<p>One.</p><p>Two&nbsp;three.</p>", "One.\nTwo three."),
        ("a<script>x=1</script>b", "ab"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("List<String> of <name>", "List<String> of <name>"),
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("", ""),
    ],
)
def test_tags_and_references_become_what_they_show(text: str, plain: str) -> None:
    assert plain_text(text) == plain
    assert is_plain(text) == (text == plain)


def test_a_line_has_single_spaces() -> None:
    assert plain_line(" A&nbsp;\n<br>line ") == "A line"


@given(st.text().filter(lambda text: "<" not in text and "&" not in text))
def test_text_without_markup_stays_the_same(text: str) -> None:
    assert plain_text(text) == text
    assert not has_markup(text)
