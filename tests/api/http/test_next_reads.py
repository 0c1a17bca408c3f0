"""One answer holds all that an embedding page needs, and is made anew when anything changes."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.fake_backend import COFFEE, TEA, FakeBackend


class Changing(FakeBackend):
    """A backend that counts its answers, and whose version can be raised."""

    number = 1
    asked = 0

    def version(self) -> str:
        return str(self.number)

    def suggestions(self, article_id, request):  # type: ignore[no-untyped-def]
        self.asked += 1
        return super().suggestions(article_id, request)


@pytest.fixture
def backend() -> Changing:
    return Changing()


@pytest.fixture
def client(backend: Changing) -> TestClient:
    return TestClient(create_app(backend))


def test_a_page_is_asked_for_by_id_and_by_address_alike(client: TestClient) -> None:
    by_id = client.get(f"/v1/next?id={TEA.id}")
    by_address = client.get("/v1/next", params={"url": TEA.url})
    assert by_id.json() == by_address.json()
    body = by_id.json()
    assert (body["article_id"], body["language"]) == (TEA.id, "en")
    question = next(q for q in body["questions"] if q["answer"])
    answer = question["answer"]
    assert answer["headline"] == COFFEE.headline
    assert answer["passage"] == "Four cups changed nothing measurable."
    assert answer["page"] == f"/articles/{COFFEE.id}#section-1"
    assert (answer["verdict"], answer["publisher"]) == (COFFEE.verdict, COFFEE.publisher)
    assert {"url", "image", "claim", "claimant", "date", "heading"} <= answer.keys()
    unanswered = [q for q in body["questions"] if not q["answer"]]
    assert all(q["search"].startswith("/?q=") for q in unanswered)
    assert all(r["id"] != "hidden" for r in body["related"])


def test_limits_hold(client: TestClient) -> None:
    body = client.get(f"/v1/next?id={TEA.id}&questions=1&related=0").json()
    assert len(body["questions"]) == 1
    assert body["related"] == []
    assert client.get(f"/v1/next?id={TEA.id}&questions=99").status_code == 422


def test_many_pages_are_one_answer_and_unknown_ones_are_named(client: TestClient) -> None:
    body = client.get(f"/v1/next?ids={TEA.id}&ids=nothing&ids={COFFEE.id}&ids=hidden").json()
    assert [page["article_id"] for page in body["pages"]] == [TEA.id, COFFEE.id]
    assert body["unknown"] == ["nothing", "hidden"]
    assert client.get("/v1/next?" + "&".join(f"ids={n}" for n in range(51))).status_code == 422


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 422),
        ("id=a&url=https://b.example", 422),
        ("id=nothing", 404),
        ("id=hidden", 404),
        ("url=https://nowhere.example/x", 404),
        ("url=javascript:alert(1)", 422),
        ("url=", 422),
    ],
)
def test_what_cannot_be_answered_is_said(client: TestClient, query: str, status: int) -> None:
    found = client.get(f"/v1/next?{query}")
    assert found.status_code == status
    assert found.json()["error"]["remedy"]


def test_an_answer_is_kept_until_something_changes(client: TestClient, backend: Changing) -> None:
    first = client.get(f"/v1/next?id={TEA.id}")
    again = client.get(f"/v1/next?id={TEA.id}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert backend.asked == 1
    assert "stale-while-revalidate" in first.headers["cache-control"]
    backend.number = 2
    assert client.get(f"/v1/next?id={TEA.id}").json() == first.json()
    assert backend.asked == 2
