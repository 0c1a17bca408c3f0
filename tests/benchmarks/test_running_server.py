"""A server of a benchmark is ready when it is handed over, and ended when it is given back."""

from __future__ import annotations

import http.client
import socket
from contextlib import closing
from pathlib import Path

import pytest

from api.pipeline.build import build_generation
from benchmarks import running_server as module
from benchmarks.running_server import running_server, wait_for_server
from corpus.models import Article
from corpus.storage.archive import Archive
from corpus.storage.store import Store


def free_port() -> int:
    with closing(socket.socket()) as own:
        own.bind(("127.0.0.1", 0))
        port: int = own.getsockname()[1]
        return port


def test_it_answers_while_it_runs_and_is_gone_after(tmp_path: Path) -> None:
    place = Archive(tmp_path / "archive")
    with Store.open(place.store_path) as store:
        store.put([Article("tram", "Does the tram fly?", language="en")])
    build_generation(place, "none", lambda *_: None, lambda _: None, 0)
    port = free_port()
    with running_server(place.folder, port) as server:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
            line.request("GET", "/v1/search?q=tram")
            assert b"Does the tram fly?" in line.getresponse().read()
        assert server.poll() is None
    assert server.poll() is not None


def test_a_server_that_never_starts_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.3)
    with pytest.raises(RuntimeError, match="did not start"):
        wait_for_server(free_port())
