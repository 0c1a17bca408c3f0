"""The language of a text is told by its script, its words, or not at all."""

from __future__ import annotations

import pytest

from corpus.languages.detection import article_language, query_language
from corpus.models import Article

ARCHIVE = ("en", "de", "es", "fr", "hi", "ar", "ja")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Schlafen Bären im Winter wirklich die ganze Zeit durch?", "de"),
        ("¿Duermen los osos de verdad durante todo el invierno?", "es"),
        ("Les ours dorment-ils vraiment pendant tout l'hiver ?", "fr"),
        ("Ayılar gerçekten bütün kış boyunca uyur mu, yoksa uyanır mı?", "tr"),
        ("क्या भालू सच में पूरी सर्दी सोते रहते हैं या जागते हैं?", "hi"),
        ("هل تنام الدببة طوال فصل الشتاء حقا أم تستيقظ أحيانا؟", "ar"),
        (
            "熊は本当に冬の間ずっと眠っているのか、途中で目を覚ますのかを調べた人がいる",
            "ja",
        ),
        ("Do bears really sleep through all of the winter, or do they wake?", "en"),
        ("Bears", "en"),
        ("Child-abduction rumour frenzy now spreads to Maharashtra", "en"),
        ("Schlafen Bären?", "en"),  # a few Latin letters may be any language's
        ("هل ينام الدب؟", "ar"),
        ("क्या भालू सोते हैं?", "hi"),
        ("熊は眠る？".replace("？", "\uff1f"), "ja"),
        ("곰은 잠을 잔다", "ko"),
    ],
)
def test_an_article_without_a_language_has_that_of_its_text(text: str, language: str) -> None:
    assert article_language(Article("a", text)) == language


def test_a_language_that_a_field_says_stays_with_its_region() -> None:
    text = "Do bears really sleep through all of the winter?"
    assert article_language(Article("a", text, language="pt-BR")) == "pt-BR"
    assert article_language(Article("a", text, language="de")) == "de"


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("do bears sleep", "en"),
        ("schlafen die Bären", "de"),
        ("los osos duermen", "es"),
        ("भालू", "hi"),
        ("الدب", "ar"),
        ("熊は冬に", "ja"),
        ("bears", ""),  # a word that many languages may have
        ("", ""),
    ],
)
def test_a_query_is_in_a_language_of_the_archive_or_does_not_tell(
    query: str, language: str
) -> None:
    assert query_language(query, ARCHIVE) == language


def test_an_archive_of_one_language_is_searched_in_it() -> None:
    assert query_language("los osos", ["en"]) == "en"
    assert query_language("bears", []) == "en"


def test_a_short_text_is_in_a_language_of_the_archive() -> None:
    for text, among, language in [
        ("Schlafen die Bären?", ("en", "de"), "de"),
        ("Schlafen die Bären?", (), "en"),
        ("Do bears sleep in it?", ("de",), "en"),
        ("Bears", ("en", "de"), "en"),
    ]:
        assert article_language(Article("a", text), among) == language
