"""What is unchanged is not sent twice, and what is private is not stored."""

from __future__ import annotations

import pytest
from fastapi import Request

from api.http.caching import NO_STORE, ONE_MINUTE, REVALIDATE, cacheable_response
from tests.api.fake_backend import TEA, make_client


def request(if_none_match: str = "") -> Request:
    headers = [(b"if-none-match", if_none_match.encode())] if if_none_match else []
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers})


def test_an_unchanged_article_is_not_sent_twice() -> None:
    client = make_client()
    for path in ("", "/questions", "/related"):
        first = client.get(f"/v1/articles/{TEA.id}{path}")
        tag = first.headers["etag"]
        assert first.headers["cache-control"] == "public, max-age=60"
        again = client.get(
            f"/v1/articles/{TEA.id}{path}", headers={"If-None-Match": f'"x", W/{tag}'}
        )
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag


def test_drafts_and_searches_are_stored_nowhere() -> None:
    client = make_client()
    draft = client.post("/v1/preview", json={"headline": "Secret?"})
    for response in (draft, client.get("/v1/search?q=tea"), client.get("/readyz")):
        assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("cache_control", [ONE_MINUTE, REVALIDATE])
def test_the_tag_is_of_the_content_and_saves_the_body(cache_control: str) -> None:
    first = cacheable_response(request(), "body", "text/html", cache_control)
    tag = first.headers["etag"]
    assert (first.body, first.headers["cache-control"]) == (b"body", cache_control)
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = cacheable_response(request(known), "body", "text/html", cache_control)
        assert (again.status_code, again.body, again.headers["etag"]) == (304, b"", tag)
    changed = cacheable_response(request(tag), "other", "text/html", cache_control)
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


def test_what_is_not_stored_has_no_tag_and_keeps_its_status() -> None:
    response = cacheable_response(request("*"), "no", "text/html", NO_STORE, 503)
    assert response.status_code == 503
    assert "etag" not in response.headers
