"""What changed is delivered once it was heard, signed, in order, and nowhere but where it may."""

from __future__ import annotations

import hmac
import json
import threading
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from api.backend import webhook
from api.backend.webhook import Webhook, WebhookError, refuse_private_address
from corpus.models import Article
from corpus.storage.store import Store

SECRET = "a secret of some length"
URL = "https://desk.example/hook"


class Receiver:
    """Takes deliveries, and answers with the statuses that it is given."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.bodies: list[dict[str, object]] = []

    def __call__(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        seconds, _, signed = headers["X-Divedeeper-Signature"].partition(",v1=")
        content = seconds.removeprefix("t=").encode() + b"." + body
        assert hmac.new(SECRET.encode(), content, sha256).hexdigest() == signed
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.bodies.append(json.loads(body))
        return status


def hook(path: Path, receiver: Receiver) -> Webhook:
    return Webhook(path, URL, SECRET, lambda line: None, allow_private=True, send=receiver)


def test_changes_are_delivered_once_and_only_from_now_on(tmp_path: Path) -> None:
    path, receiver = tmp_path / "archive.sqlite", Receiver()
    with Store.open(path) as store:
        store.put([Article("old", "A?")])
        assert hook(path, receiver).deliver() == 0
        store.put([Article("a", "A?"), Article("b", "B?", published=False)])
        assert hook(path, receiver).deliver() == 2
        assert hook(path, receiver).deliver() == 0
        store.delete(["a"])
        assert hook(path, receiver).deliver() == 1
    kinds = [[(c["id"], c["kind"]) for c in body["changes"]] for body in receiver.bodies]  # type: ignore[attr-defined]
    assert kinds == [[("a", "put"), ("b", "gone")], [("a", "gone")]]


def test_what_was_not_heard_is_delivered_again(tmp_path: Path) -> None:
    path, receiver = tmp_path / "archive.sqlite", Receiver(500, 302)
    with Store.open(path) as store:
        hook(path, receiver).deliver()
        store.put([Article("a", "A?")])
        for _ in range(2):
            with pytest.raises(WebhookError, match="answered"):
                hook(path, receiver).deliver()
        assert hook(path, receiver).deliver() == 1
    assert len(receiver.bodies) == 1


@pytest.mark.parametrize(
    ("url", "secret"), [("ftp://a.example", SECRET), ("https://", SECRET), (URL, "short")]
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, url: str, secret: str) -> None:
    with pytest.raises(WebhookError):
        Webhook(tmp_path / "a", url, secret, lambda line: None)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://[::1]/", "http://169.254.1.1/x"])
def test_private_addresses_are_refused_unless_allowed(url: str) -> None:
    with pytest.raises(WebhookError, match="private address"):
        refuse_private_address(url)


def test_a_real_server_hears_it_and_the_thread_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()
            if body["changes"][0]["id"] == "a":
                heard.set()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setattr(webhook, "LOOK_SECONDS", 0.02)
    path = tmp_path / "archive.sqlite"
    url = f"http://127.0.0.1:{server.server_address[1]}/"
    with Store.open(path) as store:
        store.put([Article("old", "A?")])
        running = Webhook(path, url, SECRET, lambda line: None, allow_private=True)
        running.deliver()
        running.start()
        store.put([Article("a", "A?")])
        assert heard.wait(5)
        running.stop()
    server.shutdown()
    thread.join()
    server.server_close()
