"""An article's page says what it is, whose the page to be found is, and lets nothing escape."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

from fastapi.testclient import TestClient

from api.app import create_app
from api.pages.head import page_head
from corpus.models import Article
from corpus.readers.html import located_page
from corpus.readers.record import LocatedArticle, ReadOptions
from tests.api.fake_backend import COFFEE, TEA, FakeBackend

BASE = "https://checks.example"
CHECK = Article(
    "a/b",
    "Do trams fly?",
    summary="They do not.",
    claim="Trams fly </script><script>alert(1)</script>",
    verdict="False",
    url="https://desk.example/trams",
    publisher="Tram Desk",
    checked_on=date(2026, 4, 9),
    image="https://desk.example/t.jpg",
)


def test_the_publishers_own_page_is_the_one_to_be_found() -> None:
    assert page_head(CHECK, BASE).canonical == "https://desk.example/trams"
    assert page_head(CHECK, BASE).is_copy
    ours = page_head(replace(CHECK, url=""), BASE)
    assert (ours.canonical, ours.is_copy) == (f"{BASE}/articles/a%2Fb", False)


def test_a_review_is_whole_and_ends_no_script() -> None:
    text = str(page_head(CHECK, BASE).json_ld)
    assert "<" not in text
    review = json.loads(text)
    assert review["claimReviewed"] == CHECK.claim
    assert str(page_head(replace(CHECK, claim=""), BASE).json_ld) == ""


def test_the_pages_of_the_server_have_it_and_are_read_back() -> None:
    client = TestClient(create_app(FakeBackend()))
    page = client.get(f"/articles/{TEA.id}").text
    assert f'<link rel="canonical" href="{TEA.url}">' in page
    assert '<meta name="robots" content="noindex">' in page
    (found,) = [
        one
        for one in located_page(page, "tea.html", ReadOptions())
        if isinstance(one, LocatedArticle)
    ]
    assert (found.article.claim, found.article.verdict) == (TEA.claim, TEA.verdict)
    ours = client.get(f"/articles/{COFFEE.id}").text
    assert "noindex" not in ours
    assert re.search(r'rel="canonical" href="http://testserver/articles/', ours)


def test_a_long_summary_is_cut_between_words() -> None:
    found = page_head(replace(CHECK, summary="word " * 200), BASE).description
    assert len(found) <= 300
    assert found.endswith("word…")
