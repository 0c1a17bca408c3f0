"""Look-ups that JSON API and pages share."""

from __future__ import annotations

import pytest

from api.backend.protocol import DRAFT_ID, NotReady
from api.http.errors import ApiError
from api.http.lookups import look_up_article, look_up_draft, look_up_hits
from api.http.request_models import DraftForm, SearchForm
from tests.api.fake_backend import TEA, FakeBackend


def test_a_search_gives_hits_and_an_empty_archive_a_message() -> None:
    form = SearchForm.model_validate({"q": "tea"})
    assert look_up_hits(FakeBackend(), form).hits[0].headline
    for backend in (FakeBackend(()), FakeBackend((), index=False)):
        found = look_up_hits(backend, form)
        assert found.hits == ()
        assert "divedeeper ingest" in found.message
    with pytest.raises(NotReady):
        look_up_hits(FakeBackend(index=False), form)


def test_only_a_published_article_is_found() -> None:
    assert look_up_article(FakeBackend(), TEA.id) == TEA
    for id in ("unknown", "hidden"):
        with pytest.raises(ApiError, match="No published article") as caught:
            look_up_article(FakeBackend(), id)
        assert caught.value.status_code == 404


def test_a_draft_is_read_from_text_or_from_fields_and_never_published() -> None:
    text = DraftForm.model_validate({"text": "Fact check: Is tea wet?\n\nYes. Tea is wet.\n"})
    assert look_up_draft(text).headline.endswith("Is tea wet?")
    fields = DraftForm.model_validate({"headline": "Is tea wet?"})
    for draft in (look_up_draft(text), look_up_draft(fields)):
        assert draft.id == DRAFT_ID
        assert not draft.published
    changed = DraftForm.model_validate({"text": "Fact check: Is tea wet?\n\nYes.\n", "id": "tea"})
    assert look_up_draft(changed).id == "tea"
    with pytest.raises(ApiError, match="cannot be read as a page"):
        look_up_draft(DraftForm.model_validate({"text": "<html><p>x</p>"}))


def test_a_draft_has_the_language_of_its_text() -> None:
    german = (
        "Faktencheck: Trocknet Tee den Körper aus?\n\nZusammenfassung\n\nNein, Tee ist Wasser.\n"
    )
    for values, language in [
        ({"text": german}, "de"),
        ({"headline": "هل يجفف الشاي الجسم؟"}, "ar"),
        ({"headline": "Is tea wet?"}, "en"),
        ({"headline": "Is tea wet?", "language": "de"}, "de"),
        ({"headline": "Trocknet Tee den Körper wirklich aus, wie viele sagen?"}, "de"),
    ]:
        assert look_up_draft(DraftForm.model_validate(values)).language == language
