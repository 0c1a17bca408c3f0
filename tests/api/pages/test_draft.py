from __future__ import annotations

from typing import Any

import pytest

from api.pages.draft import draft_values
from tests.api.fake_backend import COFFEE, HOSTILE, FakeBackend, make_client

FULL = "Fact check: Is cocoa a drink?\r\n\r\nExecutive Summary\r\n\r\nIt is.\r\n"


def send(text: str, backend: FakeBackend | None = None) -> Any:
    return make_client(backend).post("/draft", data={"text": text}, headers={"accept": "text/html"})


def test_the_page_opens_empty_and_is_linked_from_every_page() -> None:
    page = make_client().get("/draft")
    assert page.status_code == 200
    assert "<h1>What belongs beside your draft?</h1>" in page.text
    assert 'href="/draft"' in make_client().get("/?q=tea").text


@pytest.mark.parametrize(
    ("text", "headline"),
    [("Is cocoa a drink?", "Is cocoa a drink?"), (FULL, "Is cocoa a drink?")],
    ids=["a headline alone", "a whole page"],
)
def test_a_draft_gets_its_suggestions_each_with_its_reasons_unfolded(
    text: str, headline: str
) -> None:
    backend = FakeBackend()
    page = send(text, backend)
    assert page.status_code == 200
    assert [draft.headline for draft in backend.drafts] == [headline]
    assert not backend.drafts[0].published
    assert f"/articles/{COFFEE.id}#section-1" in page.text
    assert '<details class="small why" open>' in page.text
    assert "asked by 2 other articles" in page.text
    assert page.headers["cache-control"] == "no-store"


def test_what_was_pasted_comes_back_as_text_and_never_as_markup() -> None:
    page = send(f"</textarea>{HOSTILE}\n\n{HOSTILE}")
    assert "</textarea>&lt;script&gt;" not in page.text
    assert "&lt;/textarea&gt;&lt;script&gt;" in page.text
    assert HOSTILE not in page.text


def test_a_text_that_is_no_draft_is_given_back_with_what_to_do() -> None:
    page = send("1.\n2.\n3.")
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert "text cannot be read as a page" in page.text
    assert "1.\n2.\n3.</textarea>" in page.text


def test_an_endless_line_is_no_headline() -> None:
    assert "too long for a headline" in str(draft_values(FakeBackend(), "x" * 2_001)["fault"])


def test_without_an_index_the_editor_is_asked_to_wait() -> None:
    page = send("Is cocoa a drink?", FakeBackend(index=False))
    assert page.status_code == 503
    assert "being built" in page.text


def test_a_body_without_the_field_is_the_empty_page_and_one_too_large_is_refused() -> None:
    client = make_client()
    assert client.post("/draft", content=b"\xff=%ff&").status_code == 200
    assert client.post("/draft", content=b"text=" + b"x" * 1_000_000).status_code == 413
