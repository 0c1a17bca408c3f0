"""Whatever is sent is data: to SQL, to paths, to headers, to pages and to spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.backend.open import open_backend
from api.backend.writer import ArticleWriter
from api.pipeline.build import build_generation
from api.settings import Settings
from corpus.export import export_articles
from corpus.models import Article, Section
from corpus.storage.archive import Archive
from corpus.storage.store import Store

SQL = ("x'; DROP TABLE articles; --", '" OR 1=1 --', "x' UNION SELECT * FROM sqlite_master --", "%")
PATHS = ("../../etc/passwd", "..%2f..%2fetc%2fpasswd", "....//etc/passwd", "/etc/passwd", "a\x00")
HEADERS = ("a\r\nSet-Cookie: x=1", "a\nLocation: https://evil.example", "a%0d%0aX-Evil: 1")
SCRIPTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{7*7}}${7*7}#{7*7}",
    "</title><svg onload=alert(1)>",
)
PAYLOADS = (*SQL, *PATHS, *HEADERS, *SCRIPTS)
ADDRESSES = (
    "/?q={}",
    "/?topic={}",
    "/articles/{}",
    "/v1/search?q={}",
    "/v1/search?q=trams&publisher={}",
    "/v1/search?q=trams&sort={}",
    "/v1/suggest?q={}",
    "/v1/articles/{}",
    "/v1/articles/{}/questions",
    "/v1/next?id={}",
    "/v1/next?url={}",
    "/v1/fragment/{}",
    "/oembed?url={}",
    "/v1/changes?since={}",
    "/v1alpha1/claims:search?query={}",
    "/{}",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    place = Archive(tmp_path_factory.mktemp("injection"))
    with Store.open(place.store_path) as store:
        store.put(
            Article(
                f"trams-{n}",
                f"Do trams {payload} fly?",
                summary=payload,
                sections=(Section(payload, f"{payload} They do not."),),
                claim=payload,
                claimant=payload,
                verdict=payload[:40],
                topic=payload[:40],
                publisher=payload[:40],
                url=f"https://desk.example/{n}",
            )
            for n, payload in enumerate(PAYLOADS)
        )
    build_generation(place, "none", lambda *_: None, lambda _: None, 0)
    return place


@pytest.fixture(scope="module")
def client(place: Archive) -> Iterator[TestClient]:
    settings = Settings.read(archive=place.folder, encoder="none")
    backend = open_backend(place, settings, lambda *_: None, lambda _: None)
    store = Store.open(place.store_path, read_only=True)
    app = create_app(backend, store=store, writer=ArticleWriter(place.store_path, backend.refresh))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client
    store.close()


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_asked_is_data(client: TestClient, address: str, payload: str) -> None:
    answer = client.get(address.format(quote(payload, safe="")), follow_redirects=False)
    assert answer.status_code < 500, answer.text[:300]
    assert "set-cookie" not in answer.headers
    assert "x-evil" not in answer.headers
    assert "evil.example" not in answer.headers.get("location", "")
    assert "root:" not in answer.text
    assert "CREATE TABLE" not in answer.text
    if answer.headers["content-type"].startswith("text/html"):
        assert "<script>alert(1)" not in answer.text
        assert "<img src=x" not in answer.text
        assert "<svg onload" not in answer.text
        assert 'href="javascript:' not in answer.text
        assert "49$49" not in answer.text  # nothing is a template


def test_nothing_was_done_to_the_archive(client: TestClient, place: Archive) -> None:
    assert client.get("/v1/search?q=trams").json()["total"] == len(PAYLOADS)
    with Store.open(place.store_path, read_only=True) as store:
        assert list(store.problems()) == []


@pytest.mark.parametrize("n", range(len(PAYLOADS)))
def test_what_is_stored_is_data_on_every_page(client: TestClient, n: int) -> None:
    for address in (f"/articles/trams-{n}", f"/v1/fragment/trams-{n}", f"/?q=trams+{n}"):
        text = client.get(address).text
        for script in ("<script>alert(1)", "<img src=x", "<svg onload"):
            assert script not in text, address
    linked = client.get(f"/articles/trams-{n}").text.partition("application/ld+json")[2]
    assert "</title><svg" not in linked.partition("</script>")[0]


def test_no_cell_of_an_export_is_a_formula() -> None:
    formulas = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")
    articles = [
        Article(f"a{n}", text, claim=text, verdict=text, tags=(text,), authors=(text,))
        for n, text in enumerate(formulas)
    ]
    stream = io.BytesIO()
    export_articles(articles, "csv", stream)
    rows = list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))
    assert len(rows) == len(formulas) + 1
    for row in rows[1:]:
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_body_of_hostile_names_writes_nothing_outside(client: TestClient, place: Archive) -> None:
    before = sorted(path.name for path in place.folder.parent.iterdir())
    for payload in PATHS:
        client.put(
            f"/v1/articles/{quote(payload, safe='')}", content=json.dumps({"headline": payload})
        )
    assert sorted(path.name for path in place.folder.parent.iterdir()) == before
    assert not Path("/etc/passwd.jsonl").exists()
