"""Look-ups that JSON API and pages share."""

from __future__ import annotations

import pytest

from api.backend.protocol import DRAFT_ID, NotReady
from api.http.errors import ApiError
from api.http.lookups import draft_of, find_article, find_hits
from api.http.request_models import DraftForm, SearchForm
from tests.api.fake_backend import TEA, FakeBackend


def test_a_search_gives_hits_and_an_empty_archive_a_message() -> None:
    form = SearchForm.model_validate({"q": "tea"})
    assert find_hits(FakeBackend(), form).hits[0].headline
    for backend in (FakeBackend(()), FakeBackend((), index=False)):
        found = find_hits(backend, form)
        assert found.hits == ()
        assert "divedeeper ingest" in found.message
    with pytest.raises(NotReady):
        find_hits(FakeBackend(index=False), form)


def test_only_a_published_article_is_found() -> None:
    assert find_article(FakeBackend(), TEA.id) == TEA
    for id in ("unknown", "hidden"):
        with pytest.raises(ApiError, match="No published article") as caught:
            find_article(FakeBackend(), id)
        assert caught.value.status_code == 404


def test_a_draft_is_read_from_text_or_from_fields_and_never_published() -> None:
    text = DraftForm.model_validate({"text": "Fact check: Is tea wet?\n\nYes. Tea is wet.\n"})
    assert draft_of(text).headline.endswith("Is tea wet?")
    fields = DraftForm.model_validate({"headline": "Is tea wet?"})
    for draft in (draft_of(text), draft_of(fields)):
        assert draft.id == DRAFT_ID
        assert not draft.published
    changed = DraftForm.model_validate({"text": "Fact check: Is tea wet?\n\nYes.\n", "id": "tea"})
    assert draft_of(changed).id == "tea"
    with pytest.raises(ApiError, match="cannot be read as a page"):
        draft_of(DraftForm.model_validate({"text": "<html><p>x</p>"}))
