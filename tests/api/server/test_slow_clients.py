"""A connection that does not finish its headers is closed; one that works is not disturbed."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from api.app import create_app
from api.server import slow_clients
from api.server.slow_clients import BoundedProtocol
from tests.api.fake_backend import FakeBackend


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(slow_clients, "HEADER_SECONDS", 0.3)
    monkeypatch.setattr(slow_clients, "MAX_CONNECTIONS", 20)
    monkeypatch.setattr("api.server.middleware.BODY_SECONDS", 0.3)
    config = uvicorn.Config(
        create_app(FakeBackend()), port=0, http=BoundedProtocol, log_level="critical"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def is_closed(connection: socket.socket, seconds: float = 3.0) -> bool:
    connection.settimeout(seconds)
    try:
        return connection.recv(1000) == b""
    except (ConnectionResetError, BrokenPipeError):
        return True
    except TimeoutError:
        return False


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", b"G"])
def test_half_a_header_is_closed(port: int, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(sent)
        assert is_closed(connection)


def test_half_a_header_after_a_request_is_closed_too(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200" in connection.recv(10_000)
        connection.sendall(b"GET /hea")
        while not is_closed(connection):
            pass


def test_a_body_that_does_not_come_is_told_so(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(
            b"POST /v1/search HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b'Content-Length: 100\r\n\r\n{"q":'
        )
        connection.settimeout(3)
        assert b" 408 " in connection.recv(10_000)


def test_too_many_connections_are_refused_and_the_others_answered(port: int) -> None:
    kept = [socket.create_connection(("127.0.0.1", port)) for _ in range(40)]
    time.sleep(1.0)  # the half-open ones have gone
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    connection.request("GET", "/healthz")
    assert connection.getresponse().status == 200
    connection.close()
    for one in kept:
        one.close()


def test_a_connection_in_use_stays(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    for _ in range(3):
        connection.request("GET", "/healthz")
        assert connection.getresponse().read()
        time.sleep(0.2)
    connection.close()
