"""What changed is told in order, and what was withdrawn is named by its id alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient

from api.app import create_app
from api.http.changes import changes_since
from corpus.models import Article
from corpus.storage.store import Store
from tests.api.fake_backend import FakeBackend


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "archive.sqlite") as store:
        store.put([Article("a", "A?"), Article("b", "B?"), Article("c", "C?", published=False)])
        store.delete(["b"])
        yield store


def test_changes_come_in_order_and_can_be_gone_on_with(store: Store) -> None:
    client = TestClient(create_app(FakeBackend(), store=store))
    first = client.get("/v1/changes?limit=2").json()
    assert [(c["id"], c["kind"]) for c in first["changes"]] == [("a", "put"), ("c", "gone")]
    assert first["more"]
    rest = client.get(f"/v1/changes?since={first['sequence']}").json()
    assert [(c["id"], c["kind"]) for c in rest["changes"]] == [("b", "gone")]
    assert not rest["more"]
    assert set(rest["changes"][0]) == {"sequence", "id", "kind"}
    store.put([Article("d", "D?")])
    last = client.get(f"/v1/changes?since={rest['sequence']}").json()
    assert [c["id"] for c in last["changes"]] == ["d"]


def test_nothing_new_keeps_the_number(store: Store) -> None:
    found = changes_since(store, store.sequence(), 10, "g")
    assert (found.changes, found.more, found.sequence) == ((), False, store.sequence())
    assert changes_since(store, 10**9, 10, "g").sequence == 10**9


@pytest.mark.parametrize("since", [2**63, 10**40, -1])
def test_a_number_that_no_change_can_have_is_refused(store: Store, since: int) -> None:
    client = TestClient(create_app(FakeBackend(), store=store))
    for path in ("/v1/changes", "/v1/changes/stream"):
        assert client.get(f"{path}?since={since}").status_code == 422
    assert client.get(f"/v1/changes?since={2**63 - 1}").json()["changes"] == []


def test_a_server_without_a_store_says_so() -> None:
    assert TestClient(create_app(FakeBackend())).get("/v1/changes").status_code == 503


def test_a_stream_sends_what_was_there_and_what_comes(store: Store) -> None:
    """By a real server: a test client waits for the end of an answer, and a stream has none."""
    import http.client

    app = create_app(FakeBackend(), store=store)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            pass
        port = server.servers[0].sockets[0].getsockname()[1]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/v1/changes/stream", headers={"Last-Event-ID": "1"})
        response = connection.getresponse()
        assert response.headers["content-type"].startswith("text/event-stream")
        found: list[tuple[str, str]] = []
        while len(found) < 3:
            line = response.fp.readline().decode()
            if line.startswith("data: "):
                event = json.loads(line[6:])
                found.append((event["id"], event["kind"]))
                if len(found) == 2:
                    store.put([Article("d", "D?")])
        assert found == [("c", "gone"), ("b", "gone"), ("d", "put")]
        response.close()
        connection.close()
    finally:
        server.should_exit = True
        thread.join()
