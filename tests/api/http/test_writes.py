"""Writes are checked, durable, and in force at once; what is wrong is named and nothing written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.backend.writer import ArticleWriter
from api.http.writes import MAX_OPERATIONS
from api.security import KeyRing, new_key
from api.security.options import AccessOptions
from corpus.models import Article
from corpus.storage.store import Store
from tests.api.fake_backend import FakeBackend


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "archive.sqlite") as store:
        store.put([Article("old", "Is it old?")])
        yield store


@pytest.fixture
def client(tmp_path: Path, store: Store) -> TestClient:
    ring = KeyRing(tmp_path)
    secret, key = new_key("cms", ["write"])
    ring.add(key)
    writer = ArticleWriter(tmp_path / "archive.sqlite", lambda: None)
    app = create_app(FakeBackend(), access=AccessOptions(keys=ring), writer=writer)
    return TestClient(app, headers={"Authorization": f"Bearer {secret}"})


def test_an_article_is_added_replaced_and_left_as_it_is(client: TestClient, store: Store) -> None:
    body = {"headline": "Do trams fly?", "checked_on": "April 9, 2026", "mood": "grim"}
    added = client.put("/v1/articles/a%2Fb", json=body)
    assert (added.status_code, added.json()["results"]) == (201, [{"id": "a/b", "result": "added"}])
    assert added.json()["sequence"] == store.sequence()
    assert client.put("/v1/articles/a%2Fb", json=body).json()["results"][0]["result"] == "unchanged"
    body["headline"] = "Do trams swim?"
    changed = client.put("/v1/articles/a%2Fb", json=body)
    assert (changed.status_code, changed.json()["results"][0]["result"]) == (200, "changed")
    found = store.article("a/b")
    assert (found.headline, str(found.checked_on)) == ("Do trams swim?", "2026-04-09")
    assert found.extra == (("mood", "grim"),)


def test_what_belongs_to_an_article_is_no_article(client: TestClient, store: Store) -> None:
    for path in ("a/questions", "a/related", "old/questions"):
        written = client.put(f"/v1/articles/{path}", json={"headline": "A?"})
        assert written.status_code == 405
        assert client.delete(f"/v1/articles/{path}").status_code == 405
    assert list(store.ids()) == ["old"]


def test_an_article_is_deleted_or_kept_unpublished(client: TestClient, store: Store) -> None:
    assert client.delete("/v1/articles/old?keep=true").json()["results"][0]["result"] == (
        "unpublished"
    )
    assert not store.article("old").published
    assert client.delete("/v1/articles/old").json()["results"][0]["result"] == "deleted"
    assert client.delete("/v1/articles/old").status_code == 404


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "headline is missing"),
        ({"headline": 7}, "headline must be text"),
        ({"headline": "A?", "id": "other"}, "differs from the id"),
        ({"headline": "A?", "checked_on": "soon"}, "checked_on 'soon'"),
        ({"headline": "A?", "url": "javascript:1"}, "url must begin"),
        ([], "valid dictionary"),
    ],
)
def test_a_wrong_article_is_named_and_not_written(
    client: TestClient, store: Store, body: object, message: str
) -> None:
    refused = client.put("/v1/articles/a", json=body)
    assert refused.status_code == 422
    assert message in refused.json()["error"]["message"]
    assert len(store) == 1


def test_a_batch_is_written_whole_or_not_at_all(client: TestClient, store: Store) -> None:
    good = [{"id": f"a{n}", "headline": "A?"} for n in range(3)]
    refused = client.post("/v1/articles:batch", json={"put": [*good, {"id": "b"}, {"id": "a0"}]})
    assert refused.status_code == 422
    assert "put[3]" in refused.json()["error"]["message"]
    assert "put[4]" in refused.json()["error"]["message"]
    twice = client.post("/v1/articles:batch", json={"put": [good[0], good[0]]})
    assert "'a0' is there twice" in twice.json()["error"]["message"]
    assert len(store) == 1
    done = client.post("/v1/articles:batch", json={"put": good, "delete": ["old", "none"]})
    assert {r["id"]: r["result"] for r in done.json()["results"]} == {
        "a0": "added",
        "a1": "added",
        "a2": "added",
        "old": "deleted",
        "none": "unknown",
    }
    too_many = {"delete": ["x"] * (MAX_OPERATIONS + 1)}
    assert client.post("/v1/articles:batch", json=too_many).status_code == 422


def test_a_server_without_an_archive_only_reads() -> None:
    ring_less = TestClient(create_app(FakeBackend()))
    assert ring_less.put("/v1/articles/a", json={}).status_code == 401
