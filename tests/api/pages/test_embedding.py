"""The widget is small and speaks as our pages do; the fragment is plain HTML, or nothing at all."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.http.site_address import SiteAddress
from api.pages.embedding import reading_address, widget_script
from tests.api.fake_backend import ARTICLES, ODD_ID, TEA, FakeBackend, make_client

MAX_WIDGET_BYTES = 10_000
BASE = "https://desk.example/checks/"


def test_the_widget_is_small_has_its_labels_and_may_be_loaded_from_anywhere() -> None:
    answer = make_client().get("/widget.js", headers={"origin": "https://news.example"})
    assert len(answer.content) < MAX_WIDGET_BYTES
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "text/javascript" in answer.headers["content-type"]
    assert "__LABELS__" not in answer.text
    assert "Verwandte Faktenchecks" in answer.text
    again = make_client().get("/widget.js", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def test_the_widget_makes_no_markup_of_text_and_keeps_nothing() -> None:
    script = widget_script()
    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "cookie",
        "localStorage",
        ".style.",
    ):
        assert way not in script


def test_a_fragment_has_no_script_and_no_style_and_whole_addresses() -> None:
    site = SiteAddress(public_url="https://desk.example/checks")
    client = TestClient(create_app(FakeBackend(), site=site))
    answer = client.get(f"/v1/fragment/{TEA.id}")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "stale-while-revalidate" in answer.headers["cache-control"]
    assert not re.search(r"<script|<style|<img|\sstyle=|\son\w+=\"", answer.text)
    links = re.findall(r'href="([^"]*)"', answer.text)
    assert len(links) == 7
    assert all(link.startswith(BASE) for link in links)
    assert "<blockquote>Four cups changed nothing measurable.</blockquote>" in answer.text


def test_a_fragment_is_found_by_address_and_by_an_id_with_slashes() -> None:
    client = make_client()
    assert client.get("/v1/fragment", params={"url": TEA.url}).status_code == 200
    assert client.get(f"/v1/fragment/{ODD_ID.replace('/', '%2F')}").status_code == 200


@pytest.mark.parametrize(
    "path", ["/nobody", "/hidden", "/no%0Abody", "/%FF", "?url=https://else.example/", "?url=x"]
)
def test_what_is_unknown_shows_nothing(path: str) -> None:
    answer = make_client().get(f"/v1/fragment{path}")
    assert answer.status_code == 404
    assert answer.text == ""


def test_without_an_index_nothing_shows() -> None:
    answer = make_client(FakeBackend(index=False)).get(f"/v1/fragment/{TEA.id}")
    assert (answer.status_code, answer.text) == (503, "")


def test_labels_are_in_the_language_of_the_article() -> None:
    german = replace(TEA, language="de")
    client = make_client(FakeBackend(found_in=(german, *ARTICLES[1:])))
    text = client.get(f"/v1/fragment/{TEA.id}").text
    assert "Verwandte Faktenchecks" in text
    assert 'lang="de" dir="ltr"' in text


def test_a_question_leads_to_the_publishers_page_at_the_passage() -> None:
    with_address = replace(ARTICLES[1], url="https://desk.example/coffee")
    long = replace(
        with_address,
        sections=(
            replace(with_address.sections[0], text="Four well-filled cups changed nothing."),
        ),
    )
    found = make_client(FakeBackend(found_in=(TEA, long))).get(f"/v1/fragment/{TEA.id}").text
    assert "https://desk.example/coffee#:~:text=Four%20well%2Dfilled%20cups%20changed" in found


def test_an_address_with_a_part_of_its_own_is_left_as_it_is() -> None:
    from api.http.response_models import TargetOut

    article = TargetOut(
        id="a",
        headline="",
        url="https://desk.example/a#part",
        page="/articles/a",
        image=None,
        date=None,
        verdict="",
        claim="",
        claimant="",
        publisher="",
        language="en",
    )
    assert reading_address(article, BASE) == "https://desk.example/a#part"
    ours = article.model_copy(update={"url": None})
    assert reading_address(ours, BASE) == "https://desk.example/articles/a"


@pytest.mark.parametrize(
    "url",
    [TEA.url, f"http://testserver/articles/{TEA.id}", f"http://testserver/articles/{TEA.id}#x"],
)
def test_oembed_gives_the_fragment_by_either_address(url: str) -> None:
    client = make_client()
    found = client.get("/oembed", params={"url": url, "maxwidth": 300}).json()
    assert (found["type"], found["version"], found["title"]) == ("rich", "1.0", TEA.headline)
    assert (found["width"], found["provider_name"]) == (300, TEA.publisher)
    assert found["html"] == client.get(f"/v1/fragment/{TEA.id}").text


def test_our_page_names_its_oembed_address_also_for_an_odd_id() -> None:
    client = make_client()
    page = client.get(f"/articles/{ODD_ID.replace('/', '%2F')}").text
    (link,) = re.findall(r'application/json\+oembed" href="([^"]*)"', page)
    assert client.get(link).json()["title"] == "An odd address?"


def test_oembed_says_what_it_has_not() -> None:
    client = make_client()
    assert client.get("/oembed?url=https://else.example/").status_code == 404
    assert client.get(f"/oembed?url={TEA.url}&format=xml").status_code == 501
    assert client.get("/oembed?url=http://testserver/articles/hidden").status_code == 404
