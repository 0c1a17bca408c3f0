"""Google's own client searches here unchanged, and is told of its errors in Google's form."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from api.app import create_app
from api.standards.claims_search import claim_of_article
from tests.api.fake_backend import COFFEE, TEA, FakeBackend


@pytest.fixture
def client() -> TestClient:
    return TestClient(create_app(FakeBackend()))


def test_a_check_is_a_claim_with_its_review() -> None:
    assert claim_of_article(TEA) == {
        "text": TEA.claim,
        "claimant": TEA.claimant,
        "claimReview": [
            {
                "publisher": {"name": "The Checkers", "site": "checkers.example"},
                "url": TEA.url,
                "title": TEA.headline,
                "reviewDate": "2024-03-09T00:00:00Z",
                "textualRating": "False",
                "languageCode": "en",
            }
        ],
    }
    assert claim_of_article(COFFEE)["text"] == COFFEE.headline


def test_pages_go_on_to_the_end(client: TestClient) -> None:
    titles: list[str] = []
    token = ""
    while True:
        body = client.get(
            "/v1alpha1/claims:search", params={"query": "tea", "pageSize": 1, "pageToken": token}
        ).json()
        titles += [c["claimReview"][0]["title"] for c in body.get("claims", [])]
        token = body.get("nextPageToken", "")
        if not token:
            break
    every = client.get("/v1alpha1/claims:search?query=tea&pageSize=100").json()["claims"]
    assert titles == [c["claimReview"][0]["title"] for c in every]
    assert len(set(titles)) == len(titles) > 1


def test_a_site_is_searched_alone(client: TestClient) -> None:
    for site in ("checkers.example", "www.checkers.example", "https://checkers.example/"):
        body = client.get(
            "/v1alpha1/claims:search", params={"reviewPublisherSiteFilter": site}
        ).json()
        sites = {c["claimReview"][0]["publisher"]["site"] for c in body["claims"]}
        assert sites == {"checkers.example"}
    assert client.get("/v1alpha1/claims:search?reviewPublisherSiteFilter=no.example").json() == {}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "query=tea&pageSize=x",
        "query=tea&pageSize=101",
        "query=tea&maxAgeDays=-1",
        "query=tea&offset=99999",
        "query=tea&pageToken=x",
        "query=tea&pageToken=eyJvIjoxLCJxIjoieCJ9",
        "query=tea&fly=1",
    ],
)
def test_errors_are_in_googles_form(client: TestClient, query: str) -> None:
    found = client.get(f"/v1alpha1/claims:search?{query}")
    error = found.json()["error"]
    assert (found.status_code, error["code"]) == (400, 400)
    assert error["status"] == "INVALID_ARGUMENT"
    assert error["message"]


@pytest.fixture
def server() -> Iterator[str]:
    config = uvicorn.Config(create_app(FakeBackend()), port=0, log_level="error")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run)
    thread.start()
    while not running.started:
        pass
    yield f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}"
    running.should_exit = True
    thread.join()


@pytest.mark.filterwarnings("ignore")
def test_the_official_client_works_unchanged(server: str, tmp_path: Path) -> None:
    discovery = pytest.importorskip("googleapiclient.discovery")
    service: Any = discovery.build(
        "factchecktools",
        "v1alpha1",
        developerKey="any",
        static_discovery=True,
        client_options={"api_endpoint": server},
    )
    claims = service.claims()
    request = claims.search(query="tea", pageSize=1, languageCode="en")
    titles: list[str] = []
    while request is not None:
        answer = request.execute()
        titles += [c["claimReview"][0]["title"] for c in answer.get("claims", [])]
        request = claims.search_next(request, answer)
    assert TEA.headline in titles
    assert len(titles) > 1
    errors = pytest.importorskip("googleapiclient.errors")
    with pytest.raises(errors.HttpError, match="pageSize"):
        claims.search(query="tea", pageSize=101).execute()
    service.close()
