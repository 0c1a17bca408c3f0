"""Fields of any format become an article, and nothing is lost without being named."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from corpus.models import Article, Rating, Section, Source
from corpus.readers.article_fields import (
    article_from_fields,
    is_private_field,
    kept_extra,
    list_items,
    rating_from,
)
from corpus.readers.record import LocatedArticle, ReadOptions

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def located(**values: object) -> LocatedArticle:
    fields = {"headline": "Do trams fly?", "slug": "trams"} | values
    return article_from_fields(fields, "f", 3, ReadOptions(now=NOW))


def article(**values: object) -> Article:
    return located(**values).article


def test_texts_hold_no_markup() -> None:
    found = article(
        headline="Trams &amp; <i>us</i>", summary="<p>One.</p><p>Two.</p>", topic=" a  b "
    )
    assert (found.headline, found.summary, found.topic) == ("Trams & us", "One.\nTwo.", "a b")


def test_a_body_of_html_has_sections_sources_and_followups() -> None:
    found = article(
        url="https://desk.example/trams",
        html="<p>See <a href='https://lab.example/a'>the study</a> and "
        "<a href='https://desk.example/b'>ours</a> [1].</p>"
        "<h2>Want to dive deeper?</h2><ul><li>Do trams swim?</li></ul>",
    )
    assert found.sections == (Section("", "See the study and ours [1]."),)
    assert found.sources == (Source(2, "the study", "https://lab.example/a"),)
    assert found.followups == ("Do trams swim?",)


@pytest.mark.parametrize("heading", ["Pour aller plus loin", "¿Quiere saber más?", "Mehr erfahren"])
def test_followups_are_known_by_the_headings_of_other_languages(heading: str) -> None:
    found = article(html=f"<p>Text.</p><h3>{heading}</h3><p>Et les bus ?</p>")
    assert found.followups == ("Et les bus ?",)


def test_days_of_every_form_are_read_and_others_named() -> None:
    found = located(
        checked_on="March 5, 2024",
        published_on=1_709_633_700,
        modified_on=datetime(2024, 3, 6, tzinfo=UTC),
        claimed_on="soon",
    )
    days = found.article
    assert days.checked_on == days.published_on == date(2024, 3, 5)
    assert days.modified_on == date(2024, 3, 6)
    assert found.unread_dates == (("claimed_on", "soon"),)
    assert located(published_on="03/04/2024").open_dates == (("published_on", "03/04/2024"),)


def test_a_check_is_of_the_day_of_its_publication_unless_it_says_another() -> None:
    assert article(published_on="2024-03-05").checked_on == date(2024, 3, 5)
    both = article(published_on="2024-03-05", checked_on="2024-03-01")
    assert both.checked_on == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"state": "draft"}, "a draft"),
        ({"published": False}, "unpublished"),
        ({"password": "x"}, "protected by a password"),
        ({"state": "publish", "due": "2026-06-01"}, "scheduled"),
        ({"state": "draft", "due": "2020-01-01"}, "a draft"),
        ({"state": "future"}, "scheduled"),
    ],
)
def test_what_is_not_published_is_withheld(values: dict[str, object], reason: str) -> None:
    found = located(**values)
    assert (found.withheld, found.article.published) == (reason, False)


def test_a_scheduled_article_has_its_hour_in_the_time_zone_of_the_archive() -> None:
    from zoneinfo import ZoneInfo

    options = ReadOptions(now=NOW, zone=ZoneInfo("Europe/Berlin"))
    fields = {"headline": "A?", "slug": "a", "state": "future", "due": "2026-06-01"}
    found = article_from_fields(fields, "f", 1, options).article
    assert found.embargo == datetime(2026, 5, 31, 22, tzinfo=UTC)
    assert located(state="future", due="2026-04-01").withheld == ""  # its hour has come


def test_language_keeps_its_region() -> None:
    found = article(language="pt_br")
    assert (found.language, found.language_tag) == ("pt", "pt-BR")
    assert article(language="de").language_tag == ""


def test_an_image_on_the_page_is_an_address() -> None:
    url = "https://desk.example/a"
    assert article(url=url, image="/x.jpg").image == "https://desk.example/x.jpg"
    assert article(image={"url": "https://i.example/x.jpg"}).image == "https://i.example/x.jpg"
    assert article(image="javascript:alert(1)").image == ""


def test_the_id_is_the_records_own_else_proposed() -> None:
    assert located(id="x").has_own_id
    assert article(url="https://d.example/2020/fast-trams/").id == "fast-trams"
    assert article(slug="", system_id="ghost:7").id == "ghost-7"
    with pytest.raises(ValueError, match="headline is missing"):
        article(headline="", slug="")


def test_lists_come_as_lists_objects_and_texts() -> None:
    assert list_items("Ann Lee; Bo Sun") == ("Ann Lee", "Bo Sun")
    assert list_items("a, b,c, a") == ("a", "b", "c")
    assert list_items([{"name": "a"}, "b", None]) == ("a", "b")
    assert list_items(None) == ()


def test_a_rating_is_a_number_of_a_scale() -> None:
    assert rating_from({"value": "1", "best": 5, "worst": "1"}) == Rating(1, 5, 1)
    assert rating_from({"value": "False"}) is None
    assert rating_from(float("nan")) is None


def test_private_fields_are_never_kept_and_all_are_named() -> None:
    kept, names = kept_extra({"mood": "grim", "author_email": "a@b.example", "_lock": "1"})
    assert kept == (("mood", "grim"),)
    assert names == ("_lock", "author_email", "mood")
    for name in ("password", "api_key", "user_login", "ip_address", "session"):
        assert is_private_field(name)
    assert not is_private_field("description")
