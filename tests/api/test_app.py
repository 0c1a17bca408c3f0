"""One application: JSON API, pages, files, and what is closed at its end."""

from __future__ import annotations

from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.fake_backend import TEA, FakeBackend


def test_json_pages_and_files_are_served_by_one_application() -> None:
    client = TestClient(create_app(FakeBackend(), frame_ancestors="https://news.example"))
    assert client.get("/healthz").json() == {"status": "ok"}
    page = client.get(f"/articles/{TEA.id}")
    assert page.headers["content-type"].startswith("text/html")
    assert "frame-ancestors https://news.example" in page.headers["content-security-policy"]
    assert client.get("/static/page.css").status_code == 200
    assert client.get("/docs").status_code == 200
    assert client.get("/openapi.json").json()["paths"]


def test_the_bound_on_bodies_can_be_set() -> None:
    client = TestClient(create_app(FakeBackend(), max_body_bytes=10))
    assert client.post("/v1/preview", json={"headline": "Is it?"}).status_code == 413


def test_what_the_backend_holds_is_closed_when_the_server_stops() -> None:
    closed: list[bool] = []
    with TestClient(create_app(FakeBackend(), on_close=lambda: closed.append(True))) as client:
        assert client.get("/readyz").status_code == 200
        assert not closed
    assert closed == [True]


def test_examples_are_offered_on_the_front_page() -> None:
    client = TestClient(create_app(FakeBackend(), examples=["is tea wet"]))
    assert "is tea wet" in client.get("/").text
