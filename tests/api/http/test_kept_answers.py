"""What is kept is sent as the application would send it, and only to whom it would."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.http.kept_answers import KeptAnswers
from api.security import AccessPolicy
from api.security.options import AccessOptions
from tests.api.fake_backend import TEA, FakeBackend

PATH = f"/v1/next?id={TEA.id}"


@pytest.mark.parametrize("encoding", ["br", "gzip", "gzip, deflate, br", "identity"])
@pytest.mark.parametrize("known", ["", "tag", "*", '"other"'])
def test_a_kept_answer_is_the_one_of_the_application(encoding: str, known: str) -> None:
    client = TestClient(create_app(FakeBackend()))
    headers = {"Accept-Encoding": encoding}
    first = client.get(PATH, headers=headers)
    if known:
        headers["If-None-Match"] = first.headers["etag"] if known == "tag" else known
    kept = client.get(PATH, headers=headers)
    anew = TestClient(create_app(FakeBackend())).get(PATH, headers=headers)
    assert kept.status_code == anew.status_code == (304 if known in ("tag", "*") else 200)
    assert kept.content == anew.content
    assert "Accept-Encoding" in kept.headers["vary"]
    for name in ("etag", "cache-control", "content-security-policy", "content-encoding"):
        assert kept.headers.get(name) == anew.headers.get(name), name


def test_who_may_not_ask_gets_nothing_that_is_kept() -> None:
    app = create_app(FakeBackend(), access=AccessOptions(allowed_hosts=("a.example",)))
    client = TestClient(app, raise_server_exceptions=False)
    assert client.get(PATH, headers={"Host": "a.example"}).status_code == 200
    assert client.get(PATH, headers={"Host": "evil.example"}).status_code == 421
    keyed = TestClient(
        create_app(FakeBackend(), access=AccessOptions(AccessPolicy("keyed", "keyed"))),
        raise_server_exceptions=False,
    )
    assert [keyed.get(PATH).status_code for _ in range(2)] == [401, 401]


@pytest.mark.parametrize("origins", [("*",), ("https://desk.example",), ()])
def test_pages_of_other_sites_read_what_they_may(origins: tuple[str, ...]) -> None:
    client = TestClient(create_app(FakeBackend(), access=AccessOptions(cors_origins=origins)))
    for _ in range(2):
        found = client.get(PATH, headers={"Origin": "https://desk.example"})
        allowed = found.headers.get("access-control-allow-origin")
        assert allowed == (origins[0] if origins else None)


def test_kept_answers_are_bounded_and_of_one_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.http.kept_answers.MAX_KEPT", 2)
    kept = KeptAnswers({"Cache-Control": "no-cache"})
    for key in (b"a", b"b", b"c"):
        kept.keep(key, "1", key)
    assert kept.get(b"a", "1") is None
    assert kept.get(b"c", "2") is None
    found = kept.get(b"c", "1")
    assert found is not None
    assert (found.body, len(found.forms)) == (b"c", 1)
    assert (b"cache-control", b"no-cache") in found.forms[0].headers
