"""A web page gives its reviews, what it says of itself, and the text of its article."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from corpus.models import BadRecord
from corpus.readers.html.page import located_page, page_text, read_html
from corpus.readers.record import LeftOut, LocatedArticle, ReadOptions, Record

TEXT = "".join(
    f"<p>Trams of the line {n} run on rails through the town, and none of them was seen to fly in "
    "the years that the office of transport keeps records of.</p>"
    for n in range(6)
)
REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://desk.example/trams",
    "claimReviewed": "Trams fly.",
    "datePublished": "2026-04-10",
    "author": {"@type": "Organization", "name": "Tram Desk"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "A poster"}},
    "reviewRating": {"@type": "Rating", "alternateName": "False", "ratingValue": 1},
}


def html(*objects: object, head: str = "", body: str = TEXT, lang: str = "en") -> str:
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in objects
    )
    return (
        f'<!doctype html><html lang="{lang}"><head><title>Do trams fly? | Desk</title>'
        f'<link rel="canonical" href="https://desk.example/trams">{head}{scripts}</head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Do trams fly?</h1>{body}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )


def read(source: str, address: str = "") -> list[Record]:
    return list(located_page(source, "dir/trams.html", ReadOptions(), address))


def articles(source: str) -> list[LocatedArticle]:
    return [one for one in read(source) if isinstance(one, LocatedArticle)]


def test_a_review_and_the_text_are_one_article() -> None:
    head = '<meta property="og:title" content="Do trams fly?">'
    (found,) = articles(html(REVIEW, head=head))
    article = found.article
    assert article.id == "trams"
    assert article.headline == "Do trams fly?"
    assert (article.claim, article.claimant, article.verdict) == ("Trams fly.", "A poster", "False")
    assert article.publisher == "Tram Desk"
    assert article.checked_on == date(2026, 4, 10)
    assert article.body.count("run on rails") == 6
    assert "Home" not in article.body
    assert "All rights" not in article.body


def test_a_page_without_a_review_is_read_by_what_it_says_of_itself() -> None:
    news = {
        "@type": "NewsArticle",
        "headline": "Do trams fly?",
        "datePublished": "2026-04-10T08:00:00+02:00",
        "dateModified": "2026-04-11",
        "author": [{"@type": "Person", "name": "Ann Lee"}],
        "publisher": {"@type": "Organization", "name": "Tram Desk"},
        "image": ["https://desk.example/t.jpg"],
        "articleSection": "Transport",
        "keywords": ["sky", "rails"],
        "inLanguage": "en-GB",
    }
    (found,) = articles(html(news))
    article = found.article
    assert (article.published_on, article.modified_on) == (date(2026, 4, 10), date(2026, 4, 11))
    assert (article.authors, article.publisher) == (("Ann Lee",), "Tram Desk")
    assert (article.topic, article.tags) == ("Transport", ("sky", "rails"))
    assert article.image == "https://desk.example/t.jpg"
    assert article.language_tag == "en-GB"
    assert article.url == "https://desk.example/trams"


def test_meta_elements_tell_what_json_ld_does_not() -> None:
    head = (
        '<meta property="article:published_time" content="2026-04-10T08:00:00Z">'
        '<meta name="description" content="A short look.">'
        '<meta name="author" content="Ann Lee"><meta property="og:site_name" content="Tram Desk">'
    )
    (found,) = articles(html(head=head, lang="de-AT"))
    article = found.article
    assert (article.summary, article.authors) == ("A short look.", ("Ann Lee",))
    assert (article.publisher, article.language, article.language_tag) == (
        "Tram Desk",
        "de",
        "de-AT",
    )


def test_each_of_several_reviews_is_an_article() -> None:
    other = REVIEW | {"claimReviewed": "Trams swim."}
    for source in (html([REVIEW, other]), html({"@graph": [REVIEW, other]}), html(REVIEW, other)):
        first, second = articles(source)
        assert (first.article.claim, second.article.claim) == ("Trams fly.", "Trams swim.")
        assert first.article.sections
        assert second.article.headline == "Trams swim."
        assert first.article.id != second.article.id


def test_a_media_review_is_named_and_left_out() -> None:
    found = read(html(REVIEW, {"@type": "MediaReview"}))
    assert [one.what for one in found if isinstance(one, LeftOut)] == [
        "a MediaReview: pictures and videos are not indexed"
    ]


def test_lines_above_the_text_about_who_and_when_are_left_out() -> None:
    above = "<p>Published on 10 April 2026</p><p>3 min read</p><p>By Ann Lee</p>"
    (found,) = articles(html(body=above + TEXT))
    assert found.article.body.startswith("Trams of the line 0")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<html><body><script>app()</script></body></html>", "no text of an article"),
        ("<div>" * 5_000, "within each other"),
    ],
)
def test_what_holds_no_article_is_one_message(source: str, reason: str) -> None:
    (found,) = read(source)
    assert isinstance(found, BadRecord)
    assert reason in found.reason


def test_the_address_of_the_page_is_used_where_it_names_none() -> None:
    source = html(REVIEW | {"url": ""}).replace("canonical", "other")
    (found,) = [r for r in read(source, "https://d.example/x") if isinstance(r, LocatedArticle)]
    assert found.article.url == "https://d.example/x"


def test_a_page_is_decoded_as_it_says(tmp_path: Path) -> None:
    text = '<meta charset="iso-8859-1"><p>Straße</p>'
    assert page_text(text.encode("iso-8859-1")) == text
    assert page_text('<meta charset="utf-8">Straße'.encode("cp1252"))  # it does not know itself
    path = tmp_path / "trams.html"
    path.write_text(html(REVIEW), encoding="utf-8")
    assert sum(isinstance(r, LocatedArticle) for r in read_html(path, ReadOptions())) == 1
    (missing,) = read_html(tmp_path / "none.html", ReadOptions())
    assert isinstance(missing, BadRecord)


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="successor-version" href="https://desk.example/new">',
        '<link rel="next successor-version" href="https://desk.example/new">',
        '<meta name="DCTERMS.isReplacedBy" content="https://desk.example/new">',
        '<link rel="dcterms.isReplacedBy" href="https://desk.example/new">',
    ],
)
def test_the_head_of_a_page_names_its_successor(head: str) -> None:
    (found,) = articles(html(REVIEW, head=head))
    assert found.article.superseded_by == ("https://desk.example/new",)
    assert found.article.supersedes == ()


def test_a_version_that_is_no_web_address_or_the_page_itself_is_none() -> None:
    head = (
        '<link rel="predecessor-version" href="javascript:alert(1)">'
        f'<link rel="predecessor-version" href="{REVIEW["url"]}">'
        '<link rel="predecessor-version" href="https://desk.example/old">'
    )
    (found,) = articles(html(REVIEW, head=head))
    assert found.article.supersedes == ("https://desk.example/old",)
