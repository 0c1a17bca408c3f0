"""Pages in the language of their article or visitor, and every quoted text in its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.backend.protocol import SuggestionRequest
from corpus.models import Article
from recommender.types import Answer, QuestionSuggestion, RelatedSuggestion
from recommender.types import Suggestions as Page
from tests.api.fake_backend import COFFEE, TEA, FakeBackend

ARABIC = Article(
    id="camels",
    headline="هل تخزن الجمال الماء في سنامها؟",
    summary="السنام دهن.",
    checked_on=date(2024, 3, 9),
    claim="السنام خزان ماء",
    verdict="خطأ",
    language="ar",
)
GERMAN = Article(
    id="kamele",
    headline="Speichern Kamele Wasser im Höcker?",
    summary="Der Höcker ist aus Fett [1].",
    checked_on=date(2024, 3, 9),
    claim="Der Höcker ist ein Wassertank",
    claimant="einem Reiseführer",
    verdict="Falsch",
    language="de",
)
QUESTIONS = (
    QuestionSuggestion("1", "Wie lange kommt ein Kamel ohne Wasser aus?", 2.0, "own"),
    QuestionSuggestion(
        "2",
        ARABIC.headline,
        1.0,
        "archive",
        Answer("camels", 0, 0.9),
        (f"also checked, {ARABIC.verdict}", "also about Kamel", "made up"),
    ),
)
RELATED = (RelatedSuggestion("camels", 1.0, "same topic", reasons=("checks the same claim",)),)


class Camels(FakeBackend):
    """An archive in three languages."""

    def suggestions(self, article_id: str, request: SuggestionRequest) -> Page:
        return Page(QUESTIONS, RELATED)

    def preview(self, draft: Article, request: SuggestionRequest) -> Page:
        return Page(QUESTIONS, RELATED)


def get(path: str, accept_language: str = "", **settings: object) -> Any:
    app = create_app(Camels((TEA, COFFEE, ARABIC, GERMAN)), **settings)  # type: ignore[arg-type]
    headers = {"accept": "text/html", "accept-language": accept_language}
    return TestClient(app).get(path, headers=headers)


@pytest.mark.parametrize(
    ("path", "header", "setting", "language"),
    [
        ("/articles/kamele", "fr", "en", "de"),
        ("/articles/camels", "fr", "en", "en"),
        ("/articles/camels", "fr", "es", "es"),
        ("/", "fr-CH, de;q=0.5", "en", "fr"),
        ("/?q=camels", "ja, pt-BR;q=0.9", "en", "pt"),
        ("/?q=camels", "ja", "de", "de"),
        ("/draft", "", "es", "es"),
        ("/docs", "de", "en", "de"),
        ("/nowhere", "es", "en", "es"),
    ],
)
def test_the_language_of_a_page(path: str, header: str, setting: str, language: str) -> None:
    page = get(path, header, page_language=setting)
    assert f'<html lang="{language}" dir="ltr">' in page.text
    assert page.headers["content-language"] == language
    by_visitor = not path.startswith("/articles/")
    assert ("Accept-Language" in page.headers.get("vary", "")) == by_visitor


def test_tags_tell_languages_apart_and_a_304_varies_too() -> None:
    german, french = get("/", "de"), get("/", "fr")
    assert german.headers["etag"] != french.headers["etag"]
    client = TestClient(create_app(Camels((TEA,))))
    tag = client.get("/", headers={"accept-language": "de"}).headers["etag"]
    again = client.get("/", headers={"accept-language": "de", "if-none-match": tag})
    assert (again.status_code, again.headers["vary"]) == (304, "Accept-Language")
    other = client.get("/", headers={"accept-language": "fr", "if-none-match": tag})
    assert other.status_code == 200


def test_an_article_page_is_whole_in_its_language() -> None:
    page = get("/articles/kamele").text
    for words in (
        "Geprüft am <time",
        ">9. März 2024<",
        "Die Behauptung von <span>einem Reiseführer</span>",
        ">Zusammenfassung<",
        "Möchten Sie tiefer eintauchen?",
        "noch nicht beantwortet: im Archiv suchen",
        "Warum diese Frage?",
        "<li>ebenfalls über Kamel</li>",
        "Verwandte Faktenchecks",
        "gleiches Thema",
        "Urteil:",
    ):
        assert words in page
    for words in ("Want to", "Related", "Verdict", "Checked", "Summary", "also about", "Search"):
        assert words not in page


def test_what_the_program_says_and_no_page_knows_is_called_english() -> None:
    assert '<li lang="en" dir="ltr">made up</li>' in get("/articles/kamele").text


def test_quoted_texts_have_their_language_and_direction() -> None:
    page = get("/articles/kamele").text
    assert f'" lang="ar" dir="rtl">{ARABIC.headline}</a>' in page
    assert f'<span lang="ar" dir="rtl">{ARABIC.verdict}</span>' in page
    assert 'title="Falsch"' in page
    own = page[page.index("?q=Wie+lange") :].split("</a>")[0]
    assert "lang=" not in own
    arabic = get("/articles/camels").text
    assert '<article lang="ar" dir="rtl">' in arabic
    assert '<span lang="en" dir="ltr">Checked on <time' in arabic
    # the heading stands where the text begins, at the right
    assert '<h2 id="summary"><span lang="en" dir="ltr">Summary</span></h2>' in arabic
    assert 'lang="de" dir="ltr">Wie lange' not in arabic  # an own question is in Arabic there


def test_results_count_in_the_language_and_give_each_hit_its_own() -> None:
    page = get("/?q=kamele+tea&limit=2", "de").text
    assert "2 Faktenchecks" in page
    assert '<li lang="en" dir="ltr">' in page
    assert '<span lang="de" dir="ltr"><time' in page
    assert 'role="status">1 vérification</p>' in get("/?q=kamele", "fr").text
    assert "Aucune vérification trouvée" in get("/?q=nothing", "fr").text


def test_the_search_box_brings_the_words_of_its_script() -> None:
    page = get("/", "de").text
    assert 'data-headline="Faktencheck"' in page
    assert 'data-counts="0 Vorschläge|1 Vorschlag|2 Vorschläge|' in page


def test_an_error_speaks_the_visitors_language_and_the_program_english() -> None:
    missing = get("/articles/nope", "fr").text
    assert "Il n’y a rien à cette adresse." in missing
    assert "No published" not in missing
    wrong = get("/?q=tea&limit=900", "de").text
    assert "Das hat nicht geklappt" in wrong
    assert '<p lang="en" dir="ltr">limit is &#34;900&#34;' in wrong


def test_a_draft_is_quoted_in_its_language() -> None:
    client = TestClient(create_app(Camels((TEA, ARABIC))))
    text = "---\nlanguage: ar\n---\n# هل يصاب الناس بالزكام من البرد؟\n\nلا.\n"
    page = client.post("/draft", data={"text": text}, headers={"accept-language": "es"}).text
    assert 'Para «<span lang="ar" dir="rtl">هل يصاب' in page


def test_hostile_languages_become_no_attribute() -> None:
    evil = replace(TEA, language='en" onload="window.hacked=1')
    page = TestClient(create_app(Camels((evil,)))).get(f"/articles/{TEA.id}").text
    assert "onload" not in page
    assert '<article dir="auto">' in page
