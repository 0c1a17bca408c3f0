"""Below /checks every link, file and redirect of our pages leads on below /checks."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.http.site_address import SiteAddress
from tests.api.fake_backend import ODD_ID, TEA, FakeBackend

PAGES = ("/", "/?q=tea", "/?q=nothing+at+all", f"/articles/{TEA.id}", "/draft", "/docs", "/nowhere")
LINK = re.compile(r'(?:href|src|action)="([^"]*)"')


def client(site: SiteAddress) -> TestClient:
    return TestClient(create_app(FakeBackend(), site=site), headers={"accept": "text/html"})


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("prefix", ["/checks", ""], ids=["kept", "taken away"])
def test_every_link_of_a_page_stays_below_the_path(page: str, prefix: str) -> None:
    found = client(SiteAddress("/checks")).get(prefix + page)
    links = [unescape(link) for link in LINK.findall(found.text)]
    ours = [link for link in links if not link.startswith(("https://", "#", "http://"))]
    assert len(ours) > 5
    assert all(link.startswith("/checks/") for link in ours), ours
    assert 'data-root="/checks"' in found.text


def test_files_and_answers_are_there_with_the_path() -> None:
    site = client(SiteAddress(public_url="https://desk.example/checks"))
    assert site.get("/checks/static/page.css").status_code == 200
    found = site.get(f"/checks/v1/next?id={TEA.id}").json()
    assert found["related"][0]["page"].startswith("https://desk.example/checks/articles/")
    assert site.get("/checks/openapi.json").json()["servers"] == [
        {"url": "https://desk.example/checks"}
    ]
    odd = ODD_ID.replace("/", "%2F")
    assert site.get(f"/checks/v1/articles/{odd}").json()["id"] == ODD_ID


def test_a_redirect_names_no_host_and_stays_below_the_path() -> None:
    site = client(SiteAddress("/checks"))
    answer = site.get("/docs/", headers={"host": "evil.example"}, follow_redirects=False)
    assert answer.headers["location"] == "/checks/docs"


@pytest.mark.parametrize("file", ["robots.txt", "sitemap.xml", "opensearch.xml"])
def test_what_crawlers_read_names_the_public_address(file: str) -> None:
    found = client(SiteAddress(public_url="https://desk.example/checks")).get(f"/{file}").text
    assert "testserver" not in found
    assert "/checks/checks" not in found


def test_the_canonical_address_of_our_page_is_the_public_one() -> None:
    page = client(SiteAddress(public_url="https://desk.example/checks")).get("/articles/tea-old")
    assert 'rel="canonical" href="https://desk.example/checks/articles/tea-old"' in page.text
