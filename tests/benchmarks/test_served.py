"""Served searches are timed by real clients of a real connection."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.served import at_rate_ms, client_ms, three_words


class Handler(BaseHTTPRequestHandler):
    """Answers every search but one for "bad"."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(500 if "bad" in self.path else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def test_each_query_is_asked_once_and_an_error_ends_the_measurement(port: int) -> None:
    assert len(client_ms(port, ["do trams fly", "raw milk"], 0)) == 2
    with pytest.raises(RuntimeError, match="'bad': 500"):
        client_ms(port, ["bad"], 0)


def test_three_words_are_taken_after_the_first() -> None:
    assert three_words("@a Do trams really fly") == "Do trams really"


def test_searches_come_at_their_rate_and_wait_counts(port: int) -> None:
    times = at_rate_ms(port, ["do trams fly", "raw milk"], 200, 0.5)
    assert len(times) == 100
    assert all(ms > 0 for ms in times)
