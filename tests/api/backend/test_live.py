"""What is written is served within a moment, and what is withdrawn is named nowhere at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.backend.archive_backend import ArchiveBackend
from api.backend.open import open_backend
from api.pipeline.build import build_generation
from api.pipeline.ingest import SAMPLE, load_articles
from api.settings import Settings
from corpus.models import Article, Section
from corpus.storage.archive import Archive
from corpus.storage.store import Store

TRAM = Article(
    "tram-driver",
    "Did the tram driver cause the crash at the bridge?",
    sections=(Section("", "The tram driver braked in time; the crash had another cause."),),
    followups=("How fast may trams cross the bridge?",),
    topic="traffic",
    publisher="Divedeeper Sample Desk",
    verdict="False",
)
ASKING = Article(
    "tram-crash",
    "Was the tram crash at the bridge staged?",
    sections=(Section("", "The tram crash at the bridge was filmed by three cameras."),),
    followups=("Did the tram driver cause the crash at the bridge?",),
    topic="traffic",
    publisher="Divedeeper Sample Desk",
    verdict="False",
)


def quiet(*_: object) -> None: ...


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    with Store.open(archive.store_path) as store:
        load_articles(store, SAMPLE, quiet, quiet)
        store.put([TRAM, ASKING])
    build_generation(archive, "none", quiet, quiet, workers=0)
    return archive.folder


@pytest.fixture
def archive(built: Path, tmp_path: Path) -> Archive:
    return Archive(Path(shutil.copytree(built, tmp_path / "archive")))


@pytest.fixture
def store(archive: Archive) -> Iterator[Store]:
    with Store.open(archive.store_path) as store:
        yield store


@pytest.fixture
def backend(archive: Archive) -> ArchiveBackend:
    settings = Settings.read(archive=archive.folder, encoder="none")
    return open_backend(archive, settings, quiet, quiet)


@pytest.fixture
def client(backend: ArchiveBackend) -> TestClient:
    return TestClient(create_app(backend))


ADDRESSES = (
    "/v1/search?q=tram+driver",
    "/v1/search?q=tram+driver&explain=true",
    "/v1/search?q=",
    "/v1/search?q=%22tram+driver+cause%22",
    "/v1/suggest?q=did+the+tram+driver",
    "/v1/suggest?q=how+fast+may+trams",
    "/v1/articles/tram-crash/questions?explain=true",
    "/v1/articles/tram-crash/related?explain=true",
    "/v1/articles/tram-crash/questions?limit=50",
    "/articles/tram-crash",
    "/?q=tram+driver",
)


@pytest.mark.parametrize("how", ["deleted", "unpublished"])
@pytest.mark.parametrize("is_taken_up", [False, True])
def test_a_withdrawn_article_is_named_nowhere(
    store: Store, backend: ArchiveBackend, client: TestClient, how: str, is_taken_up: bool
) -> None:
    assert "tram-driver" in client.get(ADDRESSES[0]).text
    assert client.get("/v1/suggest?q=how+fast+may+trams").json()["suggestions"]
    if how == "deleted":
        store.delete(["tram-driver"])
    else:
        store.put([replace(TRAM, published=False)])
    if is_taken_up:
        assert backend.refresh()
    for address in ADDRESSES:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "/articles/tram-driver" not in answer.text, address
        assert '"tram-driver"' not in answer.text, address
        assert TRAM.followups[0] not in answer.text, address
    found = client.get("/v1/search?q=tram+driver&limit=1").json()
    assert found["hits"]
    assert found["total"] == len(client.get("/v1/search?q=tram+driver&limit=50").json()["hits"])
    assert sum(v["count"] for v in found["facets"]["topic"]) <= found["total"]
    assert client.get("/v1/articles/tram-driver").status_code == 404


def test_a_page_is_full_while_the_total_says_more(
    store: Store, backend: ArchiveBackend, client: TestClient
) -> None:
    every = [hit["id"] for hit in client.get("/v1/search?q=is+the&limit=50").json()["hits"]]
    store.delete(every[:3])
    for _ in range(2):
        pages: list[str] = []
        for offset in range(0, 40, 10):
            page = client.get(f"/v1/search?q=is+the&limit=10&offset={offset}").json()
            assert len(page["hits"]) == min(10, max(page["total"] - offset, 0))
            pages += [hit["id"] for hit in page["hits"]]
        assert len(set(pages)) == len(pages)
        assert not set(pages) & set(every[:3])
        backend.refresh()


def test_a_new_article_is_found_completed_recommended_and_has_a_page(
    store: Store, backend: ArchiveBackend, client: TestClient
) -> None:
    fresh = replace(
        TRAM,
        id="tram-brakes",
        headline="Were the tram brakes at the bridge cut?",
        sections=(Section("", "The brakes of the tram that crashed at the bridge were whole."),),
        followups=("Who checks the brakes of trams?",),
    )
    store.put([fresh])
    assert backend.refresh()
    assert not backend.refresh()
    hits = client.get("/v1/search?q=tram+brakes").json()["hits"]
    assert hits[0]["id"] == "tram-brakes"
    assert "<mark>" in hits[0]["snippet"] or hits[0]["snippet"]
    assert client.get("/v1/suggest?q=were+the+tram").json()["suggestions"][0]["article_id"] == (
        "tram-brakes"
    )
    related = client.get("/v1/articles/tram-crash/related").json()["related"]
    assert "tram-brakes" in [r["id"] for r in related]
    own = client.get("/v1/articles/tram-brakes/related").json()["related"]
    assert {r["id"] for r in own} & {"tram-crash", "tram-driver"}
    questions = client.get("/v1/articles/tram-brakes/questions").json()["questions"]
    assert questions[0]["text"] == fresh.followups[0]
    assert client.get("/articles/tram-brakes").status_code == 200
    n = client.get("/readyz").json()["articles"]
    store.delete(["tram-brakes"])
    backend.refresh()
    assert client.get("/readyz").json()["articles"] == n - 1


def test_a_corrected_article_is_what_it_says_now(
    store: Store, backend: ArchiveBackend, client: TestClient
) -> None:
    store.put([replace(TRAM, headline="Did a fox cause the crash at the bridge?", verdict="True")])
    assert backend.refresh()
    assert client.get("/v1/search?q=fox+crash").json()["hits"][0]["id"] == "tram-driver"
    for address in ADDRESSES:
        if "suggest?q=did" in address:
            continue  # another article asks the question that its headline was
        assert "also checked: “Did the tram driver" not in client.get(address).text
    suggested = client.get("/v1/suggest?q=did+a+fox").json()["suggestions"]
    assert suggested[0]["article_id"] == "tram-driver"


def test_a_bulk_load_is_taken_up_in_the_background_only(
    store: Store, backend: ArchiveBackend, client: TestClient
) -> None:
    store.put(Article(f"bulk{n}", f"Is number {n} lucky?") for n in range(40))
    assert not backend.refresh(max_changes=10)
    assert backend.is_behind
    assert backend.refresh()
    assert not backend.is_behind
    assert client.get("/v1/search?q=lucky+number&limit=1").json()["total"] >= 40
