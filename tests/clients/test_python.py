"""The Python client against a real server: every call, every error, and what is sent again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests.clients.conftest import Server

divedeeper_client = pytest.importorskip("divedeeper_client")
DiveDeeper, DiveDeeperError = divedeeper_client.DiveDeeper, divedeeper_client.DiveDeeperError
TRAMS = {"headline": "Do trams fly over the river?", "claim": "Trams fly.", "verdict": "False"}
TRAMS |= {"url": "https://desk.example/trams"}


@contextmanager
def answering(*answers: tuple[int, dict[str, str], bytes]) -> Iterator[tuple[str, list[str]]]:
    """Serve these answers in turn, the last one for ever; yield the address and what was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = answers[min(len(asked), len(answers) - 1)]
            asked.append(f"{self.command} {self.path} {self.headers.get('X-API-Key')}")
            self.send_response(status)
            for name, value in (headers | {"Content-Length": str(len(body))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_PUT = do_POST = do_DELETE = do_GET

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}", asked
        httpd.shutdown()
        thread.join()


@pytest.mark.slow
def test_pages_searches_and_articles_are_read(server: Server) -> None:
    with DiveDeeper(server.address) as client:
        assert client.ready()["ready"]
        page = client.next(id="are-bats-blind", questions=2, related=1)
        assert page["article_id"] == "are-bats-blind"
        assert (len(page["questions"]), len(page["related"])) == (2, 1)
        pages = client.next_of(["are-bats-blind", "no such id"])
        assert [p["article_id"] for p in pages["pages"]] == ["are-bats-blind"]
        assert pages["unknown"] == ["no such id"]
        assert client.article("are-bats-blind")["sections"][0]["text"]
        assert "<section" in client.fragment(id="are-bats-blind")
        assert client.questions("are-bats-blind", limit=3)["questions"][2]["text"]
        assert len(client.related("are-bats-blind", limit=1)) == 1
        assert client.suggest("bat", limit=3)[0]["text"]
        found = client.search("are bats blind", limit=1)
        assert found["hits"][0]["id"] == "are-bats-blind"


@pytest.mark.slow
def test_a_long_text_is_searched_and_filters_hold(server: Server) -> None:
    with DiveDeeper(server.address) as client:
        text = "They say that bats are blind and steer by luck alone. " * 100
        assert client.search(text, limit=1)["hits"][0]["id"] == "are-bats-blind"
        topics = [v["value"] for v in client.search()["facets"]["topic"][:2]]
        for q in ("", text):
            found = client.search(q, topic=topics, highlight=False)
            assert {hit["topic"] for hit in found["hits"]} <= set(topics)
            assert found["hits"][0]["snippet"] is None


@pytest.mark.slow
def test_all_hits_come_once_page_after_page(server: Server) -> None:
    with DiveDeeper(server.address) as client:
        ids = [hit["id"] for hit in client.hits(limit=7)]
        assert len(ids) == len(set(ids)) == client.search(limit=1)["total"] > 14
        assert [hit["id"] for hit in client.hits(limit=7, offset=5)] == ids[5:]


@pytest.mark.slow
def test_what_is_written_is_read_and_told(server: Server) -> None:
    with DiveDeeper(server.address, api_key=server.write_key) as client:
        before = client.changes()["sequence"]
        odd = "2026/träms & more/questions"
        assert client.put(odd, TRAMS)["results"] == [{"id": odd, "result": "added"}]
        assert client.put(odd, TRAMS)["results"][0]["result"] == "unchanged"
        assert client.article(odd)["headline"] == TRAMS["headline"]
        page = client.next(url="http://www.desk.example/trams/?utm_source=feed")
        assert page["article_id"] == odd
        assert client.unpublish(odd)["results"][0]["result"] == "unpublished"
        with pytest.raises(DiveDeeperError) as none:
            client.article(odd)
        assert (none.value.status, none.value.code) == (404, "not_found")
        written = client.batch(put=[{**TRAMS, "id": "trams"}], delete=[odd], unpublish=["nothing"])
        results = {r["id"]: r["result"] for r in written["results"]}
        assert results == {"trams": "added", odd: "deleted", "nothing": "unknown"}
        told = client.changes(before)
        assert {(c["id"], c["kind"]) for c in told["changes"]} == {(odd, "gone"), ("trams", "put")}
        assert client.delete("trams")["results"][0]["result"] == "deleted"


@pytest.mark.slow
def test_a_key_of_one_scope_opens_nothing_of_another(server: Server) -> None:
    draft: dict[str, Any] = {"headline": "Do bats see at night?", "claim": "Bats are blind."}
    with DiveDeeper(server.address, api_key=server.preview_key) as client:
        assert client.preview(**draft, limit=2)["headline"] == draft["headline"]
        with pytest.raises(DiveDeeperError) as refused:
            client.put("x", TRAMS)
        assert refused.value.status == 403
    with DiveDeeper(server.address) as client, pytest.raises(DiveDeeperError) as closed:
        client.preview(**draft)
    assert closed.value.status == 401
    assert closed.value.remedy in str(closed.value)


@pytest.mark.slow
def test_an_error_says_what_and_how_to_mend_it(server: Server) -> None:
    with DiveDeeper(server.address) as client, pytest.raises(DiveDeeperError) as error:
        client.search("x", limit=1_000)
    assert error.value.status == 422
    assert "limit" in error.value.message
    assert error.value.remedy


BUSY = (503, {"Retry-After": "0"}, b'{"error": {"code": "a", "message": "b", "remedy": "c"}}')


def test_a_busy_server_is_asked_again_and_told_of_at_last() -> None:
    with answering(BUSY, BUSY, (200, {}, b'{"sequence": 1}')) as (address, asked):
        assert DiveDeeper(address).put("a/b", TRAMS) == {"sequence": 1}
        assert asked == ["PUT /v1/articles/a%2Fb None"] * 3
    with answering(BUSY) as (address, asked):
        with pytest.raises(DiveDeeperError) as error:
            DiveDeeper(address, retries=1).article("x")
        assert (error.value.status, error.value.code, error.value.retry_after) == (503, "a", 0)
        assert len(asked) == 2


def test_a_key_goes_to_its_own_server_alone() -> None:
    with answering((200, {}, b"{}")) as (other, asked_there):
        moved = (302, {"Location": f"{other}/v1/articles/x"}, b"moved")
        with answering(moved) as (address, asked):
            with pytest.raises(DiveDeeperError) as error:
                DiveDeeper(address, api_key="secret").article("x")
            assert (error.value.status, error.value.code) == (302, "unknown")
            assert asked == ["GET /v1/articles/x secret"]
        assert asked_there == []


def test_no_server_no_json_and_no_address_are_told() -> None:
    with pytest.raises(DiveDeeperError, match="cannot be reached") as error:
        DiveDeeper("http://127.0.0.1:9", retries=0).ready()
    assert (error.value.status, error.value.code) == (0, "unreachable")
    with answering((502, {}, b"<html>")) as (address, _), pytest.raises(DiveDeeperError) as proxy:
        DiveDeeper(address, retries=0).ready()
    assert proxy.value.code == "unknown"
    with answering((200, {}, b"<html>")) as (address, _), pytest.raises(DiveDeeperError) as odd:
        DiveDeeper(address).ready()
    assert odd.value.code == "unknown"
    for base in ("desk.example", "ftp://desk.example", "http://"):
        with pytest.raises(ValueError, match="no address"):
            DiveDeeper(base)


def test_the_signature_of_the_webhook_is_checked() -> None:
    from api.backend.webhook import Webhook

    hook = Webhook.__new__(Webhook)
    hook._secret = "sixteen letters!"
    body = '{"changes": ["ä"]}'.encode()
    header = hook._headers(body)["X-Divedeeper-Signature"]
    verify = divedeeper_client.verify_signature
    assert verify("sixteen letters!", header, body)
    assert not verify("sixteen letters?", header, body)
    assert not verify("sixteen letters!", header, body + b" ")
    assert not verify("sixteen letters!", header, body, now=0)
    for wrong in (None, "", "t=1,v1=", header + " ", header.upper(), "t=²,v1=" + "0" * 64):
        assert not verify("sixteen letters!", wrong, body)
