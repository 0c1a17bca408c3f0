"""Addresses begin with the path of the site for people, and with its whole address for others."""

from __future__ import annotations

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from api.http.site_address import SiteAddress, site_link, whole_address
from api.server.site_path import SitePathMiddleware


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("/checks", "/"),
        ("/checks/", "/"),
        ("/checks/draft", "/draft"),
        ("/draft", "/draft"),  # the proxy took the path away
        ("/checksum", "/checksum"),
    ],
)
def test_a_path_is_found_below_the_root_and_without_it(asked: str, path: str) -> None:
    assert SiteAddress("/checks/").begin_request(asked) == path
    assert site_link("/x") == "/checks/x"


def test_the_api_names_the_public_address_and_pages_its_path() -> None:
    site = SiteAddress(public_url="https://desk.example/checks/")
    site.begin_request("/checks/v1/search")
    assert site_link("/articles/a") == "https://desk.example/checks/articles/a"
    site.begin_request("/checks/")
    assert site_link("/articles/a") == "/checks/articles/a"
    assert site.base == "https://desk.example/checks"


def test_a_server_of_its_own_has_plain_addresses() -> None:
    assert SiteAddress().begin_request("/draft") == "/draft"
    assert site_link("/draft") == "/draft"


@pytest.mark.parametrize(
    ("site", "address"),
    [
        (SiteAddress(), "http://testserver/x"),
        (SiteAddress("/checks"), "http://testserver/checks/x"),
        (SiteAddress(public_url="https://desk.example/checks"), "https://desk.example/checks/x"),
    ],
)
def test_the_whole_address_is_the_public_one_or_as_the_caller_named_it(
    site: SiteAddress, address: str
) -> None:
    app = FastAPI()
    app.state.site = site

    @app.get("/")
    def show(request: Request) -> str:
        return whole_address(request, "/x")

    app.add_middleware(SitePathMiddleware, site=site)
    assert TestClient(app).get(f"{site.root_path}/").json() == address
