from __future__ import annotations

import pytest

from api.labels.page_language import language_of_article_page, language_of_visitor


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "es"),
        ("*", "es"),
        ("de", "de"),
        ("de-AT, en;q=0.8", "de"),
        ("en;q=0.5, fr;q=0.9", "fr"),
        ("ja, pt-BR;q=0.7, en;q=0.3", "pt"),
        ("FR_ca", "fr"),
        ("de;q=0, fr;q=0.1", "fr"),
        ("fr, de", "fr"),
        ("ja, zh", "es"),
        ("ja, *;q=0.5, de;q=0.4", "es"),
        ("de;q=much, fr;q=nan, pt;q=-1, en;q=9", "es"),
        (",;=,q=1;;de", "es"),
        ("x" * 10_000 + ",de", "es"),
    ],
)
def test_a_page_is_in_the_language_that_the_visitor_prefers_among_ours(
    header: str, language: str
) -> None:
    assert language_of_visitor(header, "es") == language


@pytest.mark.parametrize(
    ("language", "page"), [("de", "de"), ("pt-BR", "pt"), ("ar", "en"), ("", "en"), ('"><b', "en")]
)
def test_the_page_of_an_article_is_in_its_language_where_we_have_labels(
    language: str, page: str
) -> None:
    assert language_of_article_page(language, "en") == page
