"""Our own form of JSON is read with what newsrooms put into it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from corpus.readers.own_articles import is_own_article, located_own_article
from corpus.readers.record import LocatedArticle, ReadOptions


def located(**values: object) -> LocatedArticle:
    fields = {"id": "a", "headline": "Do trams fly?"} | values
    return located_own_article(fields, "f", 1, ReadOptions(now=datetime(2026, 5, 1, tzinfo=UTC)))


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "2024-3-5",
        "March 5, 2024",
        "5 March 2024",
        "Tue, 05 Mar 2024 10:15:00 GMT",
        " 2024-03-05",
        "20240305",
        "20240305T101500Z",
        "2024年3月5日",
        "٥ مارس ٢٠٢٤",
    ],
)
def test_a_day_in_any_form_is_read(text: str) -> None:
    found = located(checked_on=text)
    assert found.article.checked_on == date(2024, 3, 5)
    assert found.unread_dates == ()


def test_a_day_that_cannot_be_read_is_named() -> None:
    assert located(checked_on="2024-02-30").unread_dates == (("checked_on", "2024-02-30"),)
    assert located(checked_on="05/03/2024").open_dates == (("checked_on", "05/03/2024"),)
    with pytest.raises(ValueError, match="checked_on must be text"):
        located(checked_on=1709633700)


def test_fields_of_other_names_fill_what_is_missing() -> None:
    assert located(datePublished="2024-03-05").article.checked_on == date(2024, 3, 5)
    own = located(checked_on="2024-01-01", datePublished="2024-03-05").article
    assert own.checked_on == date(2024, 1, 1)
    assert located(mood="grim").article.extra == (("mood", "grim"),)
    assert located(mood="grim").unused == ("mood",)


def test_states_are_respected() -> None:
    found = located(status="draft")
    assert (found.withheld, found.article.published) == ("a draft", False)
    assert located(published=False).withheld == "unpublished"
    assert located(post_password="x").withheld == "protected by a password"
    assert "post_password" not in dict(located(post_password="x").article.extra)


def test_texts_hold_no_markup() -> None:
    found = located(
        headline="Trams &#038; us",
        topic="Energy &amp; Climate",
        sections=[{"heading": "", "text": "<p>One.</p><script>x</script>"}],
        followups=["Don&#8217;t trams fly?"],
    ).article
    assert (found.headline, found.topic) == ("Trams & us", "Energy & Climate")
    assert found.sections[0].text == "One."
    assert found.followups == ("Don’t trams fly?",)
    with pytest.raises(ValueError, match="headline holds tags"):
        located(headline="<br>")


def test_a_region_stays_beside_the_language() -> None:
    found = located(language="pt-BR").article
    assert (found.language, found.language_tag) == ("pt", "pt-BR")


def test_our_form_has_an_id_and_a_headline() -> None:
    assert is_own_article({"id": "a", "headline": "b"})
    assert not is_own_article({"_id": "a", "title": "b"})
